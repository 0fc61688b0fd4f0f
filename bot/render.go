package bot

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"respite/dialog"
	"respite/locales"
	"respite/policy/day"
	"respite/policy/money"
)

// Renderer turns the dialog's effects into calls to Telegram, in the borrower's language or the agents'.
type Renderer struct {
	Words  func() *locales.Bundle // the words as they are now: a new policy book brings its own
	Zone   *time.Location
	Agents string // tag of the language of the agents' group

	labels labels
}

// longestText is Telegram's limit for a message, in UTF-16 units.
const longestText = 4096

// voice is a renderer for one reader at one moment.
type voice struct {
	*locales.Speaker
	zone *time.Location
	now  time.Time
}

func (r *Renderer) voice(tag string, now time.Time) voice {
	return voice{r.Words().In(tag), r.Zone, now.In(r.Zone)}
}

// text says one Text.
func (v voice) text(t dialog.Text) (string, error) {
	if t.Key == "" {
		return v.gaps(t)
	}
	if strings.HasPrefix(t.Key, "programme.") && !v.Has(t.Key) {
		return v.Say("programme_gone", nil) // of a book that was replaced while nobody was running
	}
	if len(t.Args) == 0 {
		return v.Say(t.Key, nil)
	}
	args := make(map[string]any, len(t.Args))
	for _, arg := range t.Args {
		said, err := v.arg(t.Key, arg.Value)
		if err != nil {
			return "", err
		}
		args[arg.Name] = said
	}
	return v.Say(t.Key, args)
}

// gaps fills the gaps of an agent's own words, such as {owed}. One that nothing is known for stays as it is.
func (v voice) gaps(t dialog.Text) (string, error) {
	words := t.Plain
	for _, arg := range t.Args {
		said, err := v.arg("", arg.Value)
		if err != nil {
			return "", err
		}
		words = strings.ReplaceAll(words, "{"+arg.Name+"}", fmt.Sprint(said))
	}
	return words, nil
}

// arg says what goes into a gap of a message. Schedules and agreements show amounts to the fen, and agreements days with their year.
func (v voice) arg(key string, arg any) (any, error) {
	switch a := arg.(type) {
	case money.Fen:
		if exact(key) {
			return v.MoneyExact(int64(a)), nil
		}
		return v.Money(int64(a)), nil
	case day.Date:
		if agreed(key) {
			return v.Date(a.In(v.zone, 0, 0)), nil
		}
		return v.Day(a.In(v.zone, 0, 0), v.now), nil
	case time.Time:
		return v.Moment(a.In(v.zone), v.now), nil
	case dialog.Text:
		return v.text(a)
	case []dialog.Text:
		items := make([]string, len(a))
		for i, t := range a {
			said, err := v.text(t)
			if err != nil {
				return nil, err
			}
			items[i] = said
		}
		return v.List(items), nil
	case string, int:
		return a, nil
	}
	return nil, fmt.Errorf("text %q has an argument of type %T", key, arg)
}

// agreed says whether a message is part of what is agreed to.
func agreed(key string) bool {
	return strings.HasPrefix(key, "disclosure.") || strings.HasPrefix(key, "sign.")
}

// exact says whether a message shows amounts with two decimals always.
func exact(key string) bool {
	for _, prefix := range []string{"schedule.", "total.", "disclosure.", "plan.line.", "sign.", "chart.", "diary."} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// body joins paragraphs. A heading and what belongs to it stand on lines of their own; a text of several lines stands apart.
func (v voice) body(texts []dialog.Text) (string, error) {
	var b strings.Builder
	var before string
	for _, t := range texts {
		said, err := v.text(t)
		if err != nil {
			return "", err
		}
		if said == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
			if !lined(t.Key) || !lined(before) && !heading(before) {
				b.WriteString("\n")
			}
		}
		b.WriteString(said)
		before = t.Key
	}
	return b.String(), nil
}

// lined says whether a message is a line of a list, to stand close to the lines around it.
func lined(key string) bool {
	for _, prefix := range []string{"schedule.", "plan.line.", "result.item", "correct.line", "card.", "total.", "status.document", "explain.eligible", "explain.undecided", "explain.ineligible", "explain.source", "remind.line"} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// heading says whether a message stands over the lines that follow it.
func heading(key string) bool {
	switch key {
	case "explain.sources", "result.eligible", "result.undecided", "result.ineligible", "status.documents", "remind.also", "offers.once", "offers.once_waived":
		return true
	}
	return false
}

// keyboard renders the rows of buttons.
func (v voice) keyboard(rows [][]dialog.Key) ([][]Button, error) {
	var out [][]Button
	for _, row := range rows {
		var line []Button
		for _, k := range row {
			l, err := v.text(k.Label)
			if err != nil {
				return nil, err
			}
			line = append(line, Button{Label: l, Data: k.Data})
		}
		if line != nil {
			out = append(out, line)
		}
	}
	return out, nil
}

// split cuts a text into parts that Telegram takes, at line ends where there are any.
func split(s string, most int) []string {
	var parts []string
	for units(s) > most {
		cut := fitting(s, most)
		if at := strings.LastIndexByte(s[:cut], '\n'); at > 0 {
			cut = at
		}
		parts = append(parts, s[:cut])
		s = strings.TrimLeft(s[cut:], "\n")
	}
	return append(parts, s)
}

// units counts a text as Telegram does.
func units(s string) int {
	if len(s) <= longestText/4 {
		return len(s) // never more units than bytes, and short enough anyway
	}
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// fitting returns how many bytes of s make at most n units.
func fitting(s string, n int) int {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return i
		}
	}
	return len(s)
}
