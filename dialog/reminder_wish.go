package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"respite/policy/day"
)

// Wish is how a borrower wants to be reminded.
type Wish struct {
	Hour  int      `json:"h,omitempty"` // full hour of the day plus one; 0: as the policy spreads them
	Level Level    `json:"l,omitempty"`
	Until day.Date `json:"u,omitempty"` // no reminders before this day
}

// Level is how often a borrower wants to be reminded.
type Level string

// Levels. Their calendars are the policy's.
const (
	Normal Level = ""
	Fewer  Level = "fewer"
	More   Level = "more"
)

// setReminders shows how reminders can be set, after setting them as the button says.
func (t *turn) setReminders(arg string) {
	if t.c.Plan == nil {
		t.again(T("plan.none"))
		return
	}
	if arg != "" && !t.want(arg) {
		arg = ""
	}
	if arg != "" {
		t.note("reminders set")
		t.remindNext()
	}
	t.remindMenu()
}

// want takes the wish of a button; false: there is no such wish.
func (t *turn) want(arg string) bool {
	w, care := &t.c.Wish, t.book().Aftercare()
	hour, isHour := strings.CutPrefix(arg, "h")
	switch h, err := strconv.Atoi(hour); {
	case isHour && err == nil && slices.Contains(care.Hours, h):
		w.Hour = h + 1
	case arg == "anytime":
		w.Hour = 0
	case arg == string(Fewer) || arg == string(More):
		w.Level = Level(arg)
	case arg == "normal":
		w.Level = Normal
	case arg == "pause":
		w.Until = t.today + day.Date(care.PauseDays)
	case arg == "resume":
		w.Until = 0
	default:
		return false
	}
	t.c.Silent = false
	return true
}

// remindMenu says how reminders are set and offers the other ways.
func (t *turn) remindMenu() {
	w, care := t.c.Wish, t.book().Aftercare()
	body := []Text{T("remind.menu")}
	if w.Hour > 0 {
		body = append(body, T("remind.at_hour", "Hour", hourOf(w.Hour-1)))
	}
	if w.Level != Normal {
		body = append(body, T("remind.level."+string(w.Level)))
	}
	if w.Until > t.today {
		body = append(body, T("remind.until", "Until", w.Until))
	}
	var hours []Key
	for _, h := range care.Hours {
		hours = append(hours, lasting(T("button.hour", "Hour", hourOf(h)), remind, "h"+strconv.Itoa(h)))
	}
	rows := columns(4, hours...)
	var levels []Key
	for _, l := range []Level{Fewer, Normal, More} {
		name := string(l)
		if l == Normal {
			name = "normal"
		}
		if l != w.Level {
			levels = append(levels, lasting(T("button.remind_"+name), remind, name))
		}
	}
	pause := lasting(T("button.remind_pause", "Count", care.PauseDays), remind, "pause")
	if w.Until > t.today {
		pause = lasting(T("button.remind_resume"), remind, "resume")
	}
	last := []Key{pause, lasting(label(mute), mute, "")}
	if t.c.Silent {
		body, last = []Text{T("remind.off")}, []Key{lasting(label(unmute), unmute, "")}
	}
	t.edit(append(rows, levels, last, []Key{lasting(label(terms), terms, "")}), body...)
}

func hourOf(hour int) string { return fmt.Sprintf("%02d:00", hour) }
