package dialog

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/day"
	"respite/policy/ledger"
	"respite/policy/money"
	"respite/policy/schedule"
)

// course is a running plan under a simulated clock.
type course struct {
	t    require.TestingT
	m    *Machine
	c    Conversation
	now  time.Time
	chat int64
	said []string // "2026-12-03 13:00 remind.week" for every reminder
	out  []Effect // of the last step
	id   int64
}

// What takes a moment to make and is never changed.
var (
	shipped   = sync.OnceValues(policy.Default)
	newReader = sync.OnceValues(understand.New)
)

// begins starts a plan of n instalments of 100.00 in a zone on 23 November 2026 at ten, the first due on the given day.
func begins(t testing.TB, zone string, first day.Date, n int) *course {
	t.Helper()
	book, err := shipped()
	require.NoError(t, err)
	reader, err := newReader()
	require.NoError(t, err)
	where, err := time.LoadLocation(zone)
	require.NoError(t, err)
	m := New(Settings{Operator: "o", Zone: where, Quiet: Quiet{21 * 60, 8 * 60}, Languages: []string{"en"}, Agents: true}, oneBook{book}, reader, func(Text) []string { return nil })
	c := &course{t: t, m: m, now: day.Of(2026, 11, 23).In(where, 10, 0)}
	c.c = Conversation{Shape: Shape, State: Running, Language: "en", Turn: 1, Consent: 1, Plan: &Plan{Programme: "deferral", Agreed: c.now.Unix(), Spoken: day.Of(2026, 11, 23),
		Terms: schedule.Terms{Start: day.Of(2026, 11, 23), Owed: schedule.Parts{Principal: money.Fen(n) * 10000}, Method: schedule.EqualPayment, Count: n, First: first}}}
	c.press(unmute, "") // sets the first alarm
	c.said = nil
	return c
}

// step takes an event in, and notes reminders.
func (c *course) step(e Event) {
	c.id++
	e.ID, e.At, e.Chat, e.Message = c.id, c.now, c.chat, int(c.id)
	next, effects := c.m.Step(c.c, e)
	c.out = effects
	data, err := Encode(next)
	require.NoError(c.t, err)
	c.c, err = Decode(data)
	require.NoError(c.t, err)
	for _, f := range effects {
		if f.Do == Say && f.Urgency == Reminder {
			c.said = append(c.said, c.now.Format("2006-01-02 15:04 ")+f.Body[0].Key)
		}
	}
}

func (c *course) press(v Verb, arg string) {
	c.step(Event{Kind: Pressed, Press: "." + string(v) + "." + arg, Query: "q"})
}

// until lets time pass, ringing each alarm at its moment.
func (c *course) until(y int, m time.Month, d, hour int) {
	end := time.Date(y, m, d, hour, 0, 0, 0, c.now.Location())
	for rings := 0; ; rings++ {
		require.Less(c.t, rings, 500, "alarms go round in circles")
		at := c.c.Next()
		if at.IsZero() || at.After(end) {
			break
		}
		if at.After(c.now) {
			c.now = at.In(c.now.Location())
		}
		c.step(Event{Kind: Rang})
	}
	c.now = end
}

// sleeps lets time pass with the bot switched off.
func (c *course) sleeps(y int, m time.Month, d, hour int) {
	c.now = time.Date(y, m, d, hour, 0, 0, 0, c.now.Location())
}

func (c *course) heard(want ...string) {
	require.Equal(c.t, strings.Join(want, "\n"), strings.Join(c.said, "\n"))
	c.said = nil
}

const china = "Asia/Shanghai"

var tenth = day.Of(2026, 12, 10)

func TestTheCalendarOfAnInstalment(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.until(2027, 2, 1, 0)
	c.heard(
		"2026-12-03 13:00 remind.week",
		"2026-12-07 13:00 remind.soon",
		"2026-12-09 13:00 remind.tomorrow",
		"2026-12-10 09:00 remind.today",
		"2026-12-14 09:00 remind.late_second", // three within seven days were said: the first after the day waits for the fourth day
		"2026-12-17 09:00 remind.late_last",
		"2026-12-25 09:00 remind.notice",
		"2027-01-01 09:00 remind.broken",
	)
	require.Zero(t, c.c.Next(), "nothing is left to be said")
}

func TestPaidMeanwhileMeansNoReminder(t *testing.T) {
	c := begins(t, china, tenth, 2)
	c.until(2026, 12, 8, 12)
	c.said = nil
	c.press(paid, "1")
	c.until(2026, 12, 31, 23)
	c.heard()
	require.Equal(t, day.Of(2027, 1, 3).In(c.now.Location(), 13, 0).Unix(), c.c.Next().Unix(), "a week before the second")
	require.Len(t, c.c.Alarms, 1)
}

func TestAnAlarmThatIsLeftOverSaysNothing(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.until(2026, 12, 8, 12)
	c.said = nil
	alarms := c.c.Alarms
	c.c.Plan.Arrive(ledgerPayment("l1", 10000))
	c.c.Alarms = alarms
	c.until(2027, 1, 31, 0)
	c.heard()
	require.Empty(t, c.c.Alarms)
}

func TestSettingsOfReminders(t *testing.T) {
	for name, x := range map[string]struct {
		do   func(*course)
		want []string
	}{
		"hour":  {func(c *course) { c.press(remind, "h18") }, []string{"2026-12-03 18:00 remind.week", "2026-12-07 18:00 remind.soon", "2026-12-09 18:00 remind.tomorrow", "2026-12-10 18:00 remind.today"}},
		"fewer": {func(c *course) { c.press(remind, "fewer") }, []string{"2026-12-09 13:00 remind.tomorrow"}},
		"more": {func(c *course) { c.press(remind, "more") }, []string{"2026-12-03 13:00 remind.week", "2026-12-05 13:00 remind.week", "2026-12-07 13:00 remind.soon",
			"2026-12-10 09:00 remind.today"}}, // the days before the tenth have had their three
		"pause": {func(c *course) { c.press(remind, "pause") }, []string{"2026-12-07 13:00 remind.soon", "2026-12-09 13:00 remind.tomorrow", "2026-12-10 09:00 remind.today"}},
		"none":  {func(c *course) { c.press(mute, "") }, nil},
		"night": {func(c *course) { c.m.Quiet = Quiet{8 * 60, 20 * 60}; c.press(remind, "h9") }, []string{"2026-12-03 20:00 remind.week", "2026-12-07 20:00 remind.soon",
			"2026-12-09 20:00 remind.tomorrow", "2026-12-10 20:00 remind.today"}},
		"no such wish": {func(c *course) { c.press(remind, "h3"); c.press(remind, "xyz") }, []string{"2026-12-03 13:00 remind.week", "2026-12-07 13:00 remind.soon",
			"2026-12-09 13:00 remind.tomorrow", "2026-12-10 09:00 remind.today"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := begins(t, china, tenth, 1)
			x.do(c)
			c.until(2026, 12, 10, 23)
			c.heard(x.want...)
		})
	}
}

func TestOptingOutLeavesWhatTheAgreementObligesTo(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.press(mute, "")
	c.until(2027, 2, 1, 0)
	c.heard("2026-12-25 09:00 remind.notice", "2027-01-01 09:00 remind.broken")
}

func TestNobodyIsRemindedWhile(t *testing.T) {
	for name, do := range map[string]func(*course){
		"on hold":      func(c *course) { c.press(dispute, "") },
		"in a crisis":  func(c *course) { c.step(Event{Kind: Typed, Text: "不想活了"}) },
		"blocked":      func(c *course) { c.step(Event{Kind: Blocked}) },
		"an agent has": func(c *course) { c.c.Case = &Case{Talking: true, Since: 1} },
	} {
		t.Run(name, func(t *testing.T) {
			c := begins(t, china, tenth, 1)
			do(c)
			c.until(2026, 12, 30, 0)
			c.heard()
		})
	}
}

func TestAHoldThatEndsGoesOnFromThere(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.until(2026, 12, 8, 0)
	c.said = nil
	c.press(dispute, "")
	c.until(2026, 12, 28, 12)
	c.heard()
	c.c.Case.Talking = false
	c.step(Event{Kind: AgentPress, Press: "letgo.", Agent: "a", Decides: true})
	c.until(2027, 2, 1, 0)
	c.heard( // the eighteen days on hold since the due date do not count
		"2026-12-29 09:00 remind.late_first",
		"2026-12-31 09:00 remind.late_second",
		"2027-01-04 09:00 remind.late_last",
		"2027-01-12 09:00 remind.notice",
		"2027-01-19 09:00 remind.broken",
	)
}

func TestAnOutageIsFoldedIntoOneMessage(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.until(2026, 12, 6, 20)
	c.said = nil
	c.sleeps(2026, 12, 9, 20) // three days: the reminders of the 7th and the 9th are missed
	c.until(2026, 12, 10, 23)
	c.heard("2026-12-09 20:00 remind.tomorrow", "2026-12-10 09:00 remind.today")
	c.sleeps(2027, 3, 1, 3) // and up again in the quiet hours, long after
	c.until(2027, 3, 1, 23)
	c.heard("2027-03-01 09:00 remind.notice")
}

func TestSeveralInstalmentsBecomeOneMessage(t *testing.T) {
	c := begins(t, china, tenth, 3)
	c.c.Plan.Changes = append(c.c.Plan.Changes, move(2, tenth), move(3, tenth+1))
	c.press(unmute, "")
	var bodies []int
	for c.now = time.Unix(c.c.Next().Unix(), 0).In(c.now.Location()); day.At(c.now) <= tenth; c.now = c.c.Next().In(c.now.Location()) {
		_, effects := c.m.Step(c.c, Event{Kind: Rang, At: c.now})
		for _, f := range effects {
			if f.Do == Say {
				bodies = append(bodies, len(f.Body))
			}
		}
		c.step(Event{Kind: Rang})
	}
	require.Equal(t, []int{3, 4, 4, 4}, bodies, "one message a day with a line for each other instalment that is near, and three before the day")
}

func TestReliefEndsWithAWordInTime(t *testing.T) {
	c := begins(t, china, day.Of(2027, 2, 23), 2)
	c.until(2027, 2, 23, 12)
	c.heard("2027-02-09 13:00 remind.relief", "2027-02-16 13:00 remind.week", "2027-02-20 13:00 remind.relief", "2027-02-22 13:00 remind.tomorrow", "2027-02-23 09:00 remind.today")
}

func TestDatesThatBite(t *testing.T) {
	for name, x := range map[string]struct {
		zone  string
		first day.Date
		want  string
	}{
		"summer time begins":   {"America/New_York", day.Of(2027, 3, 14), "2027-03-14 09:00 remind.today"},
		"summer time ends":     {"Europe/Berlin", day.Of(2027, 10, 31), "2027-10-31 09:00 remind.today"},
		"the end of a month":   {china, day.Of(2027, 1, 31), "2027-01-31 09:00 remind.today"},
		"a leap day":           {china, day.Of(2028, 2, 29), "2028-02-29 09:00 remind.today"},
		"the turn of the year": {china, day.Of(2026, 12, 31), "2026-12-31 09:00 remind.today"},
	} {
		t.Run(name, func(t *testing.T) {
			c := begins(t, x.zone, x.first, 1)
			y, m, d := x.first.Date()
			c.until(y, m, d, 23)
			require.Equal(t, x.want, c.said[len(c.said)-1])
		})
	}
}

func TestHolidaysMoveTheReminderWithTheDueDate(t *testing.T) {
	c := begins(t, china, day.Of(2026, 10, 1), 1)
	c.c.Plan.Terms.Start, c.c.Plan.Terms.First, c.c.Plan.Terms.Working = day.Of(2026, 8, 30), day.Of(2027, 1, 1), true
	c.press(unmute, "")
	c.until(2027, 1, 4, 23)
	require.Equal(t, "2027-01-04 09:00 remind.today", c.said[len(c.said)-1], "the first working day after New Year's Friday")
}

func TestMonthEndsStayMonthEnds(t *testing.T) {
	c := begins(t, china, day.Of(2026, 12, 31), 3)
	c.c.Plan.Terms.PayDay = 31
	var days []string
	l := (&turn{m: c.m, c: &c.c, today: day.At(c.now)}).ledger()
	for _, line := range l.Lines {
		days = append(days, line.Due.String())
	}
	require.Equal(t, []string{"2026-12-31", "2027-01-31", "2027-02-28"}, days)
}

func TestChatsAreSpreadOverTheHours(t *testing.T) {
	c := begins(t, china, tenth, 1)
	quarters := map[int]int{}
	for chat := range int64(4000) {
		c.chat = 7_000_000_000 + chat
		c.press(unmute, "")
		at := c.c.Next().In(c.now.Location())
		require.Equal(t, day.Of(2026, 12, 3), day.At(at))
		m := at.Hour()*60 + at.Minute() - 13*60
		require.True(t, m >= 0 && m < 7*60+30, at)
		quarters[m/15]++
	}
	require.Len(t, quarters, 30)
	for q, n := range quarters {
		require.InDelta(t, 4000/30, n, 60, "quarter of an hour %d", q)
	}
}

// TestNoCourseBreaksTheRules takes random plans through random days and holds every reminder to what is always true.
func TestNoCourseBreaksTheRules(t *testing.T) {
	base := begins(t, china, tenth, 1)
	rapid.Check(t, func(rt *rapid.T) {
		c := *base
		c.t, c.c = rt, base.c.clone()
		c.chat = rapid.Int64Range(1, 1<<40).Draw(rt, "chat")
		c.c.Plan.Terms.Count, c.c.Plan.Terms.Owed.Principal = 4, 40000
		c.c.Plan.Terms.First = day.Of(2026, 12, 1) + day.Date(rapid.IntRange(0, 60).Draw(rt, "first"))
		c.press(unmute, "")
		c.said = nil
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch v := rapid.SampledFrom([]Verb{"", "", remind, paid, cannot, mute, unmute, diary}).Draw(rt, "verb"); v {
			case "":
				d := day.At(c.now) + day.Date(rapid.IntRange(0, 25).Draw(rt, "days"))
				y, m, dd := d.Date()
				if rapid.Bool().Draw(rt, "off") {
					c.sleeps(y, m, dd, 23)
				} else {
					c.until(y, m, dd, 23)
				}
			default:
				c.press(v, rapid.SampledFrom([]string{"", "1", "2", "h9", "h20", "more", "fewer", "pause", "resume"}).Draw(rt, "arg"))
			}
			require.LessOrEqual(rt, len(c.c.Alarms), 3)
		}
		days := map[string]int{}
		for _, s := range c.said {
			require.True(rt, s[11:16] >= "08:00" && s[11:16] < "21:00", s)
			days[s[:10]]++
			require.Equal(rt, 1, days[s[:10]], "%v", c.said)
		}
		for i, s := range c.said {
			end, err := day.Parse(s[:10])
			require.NoError(rt, err)
			n := 0
			for _, other := range c.said[:i+1] {
				if d, _ := day.Parse(other[:10]); d > end-7 && !strings.HasSuffix(other, "notice") && !strings.HasSuffix(other, "broken") {
					n++
				}
			}
			require.LessOrEqual(rt, n, 3, fmt.Sprint(c.said))
		}
	})
}

func ledgerPayment(id string, amount money.Fen) ledger.Payment {
	return ledger.Payment{ID: id, Amount: amount, On: tenth}
}

func move(n int, to day.Date) ledger.Change {
	return ledger.Change{Kind: ledger.Move, N: n, To: to, On: day.Of(2026, 11, 23)}
}

func TestAfterAnOutageWhatIsUrgentGoesFirst(t *testing.T) {
	base := begins(t, china, tenth, 1)
	base.until(2026, 12, 2, 12)
	rungAt := func(chat int64, y int, m time.Month, d, hour int) string {
		c := *base
		c.c, c.chat, c.said = base.c.clone(), chat, nil
		c.press(unmute, "")
		c.sleeps(y, m, d, hour)
		c.until(y, m, d, 23)
		require.Len(t, c.said, 1, "one message")
		return c.said[0]
	}
	hours := map[string]int{}
	for chat := range int64(300) {
		late := rungAt(1000+chat, 2026, 12, 5, 15)
		require.True(t, late >= "2026-12-05 15:00" && late < "2026-12-05 20:30", late)
		hours[late[11:13]]++
		require.Equal(t, "2026-12-10 15:00 remind.today", rungAt(1000+chat, 2026, 12, 10, 15), "what is due today does not wait")
		require.True(t, strings.HasPrefix(rungAt(1000+chat, 2026, 12, 5, 20), "2026-12-05 20:"), "near the end of its hours nothing is put off to the next day")
	}
	require.Len(t, hours, 6, "what is to come is spread over what is left of its hours")
	for hour, n := range hours {
		require.Greater(t, n, 10, hour)
	}
}
