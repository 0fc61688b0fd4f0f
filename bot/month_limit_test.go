package bot_test

import (
	"context"
	"sync"
	"time"

	"respite/bot"
	"respite/dialog"
	"respite/policy/day"
)

// limit gives reminders their turns on the simulated clock, as package budget does on Redis' own: one every so often.
type limit struct {
	*month
	every time.Duration

	mu    sync.Mutex
	given time.Time // all turns until then are given away
	turns map[int64]time.Time
}

// till is an instance's way to Telegram.
type till struct {
	*limit
	took *int
}

var _ bot.Budget = (*till)(nil)

// Expect asks for nothing: what Telegram takes in a second is counted afterwards.
func (t *till) Expect(ctx context.Context, _ int64, _ bot.Class, _ int) context.Context { return ctx }

// Turn gives a reminder its turn, and both instances the same.
func (t *till) Turn(_ context.Context, chat int64) time.Duration {
	const kept = 5 * time.Second
	t.mu.Lock()
	defer t.mu.Unlock()
	turn, ok := t.turns[chat]
	if !ok || t.now.Sub(turn) > kept {
		if t.given.Before(t.now) {
			t.given = t.now
		}
		turn = t.given
		t.given = turn.Add(t.every)
		t.turns[chat] = turn
	}
	wait := turn.Sub(t.now).Truncate(time.Second)
	if wait > 0 { // a second's turns are one moment here, and nothing waits for so short a while
		wait = max(wait, 2*time.Second)
	}
	return max(wait, 0)
}

// Do takes a message.
func (t *till) Do(_ context.Context, out bot.Outgoing) (bot.Sent, error) {
	if out.Class == bot.Reminder {
		t.post.reminder(out.Chat, t.took)
	}
	return bot.Sent{Message: 1}, nil
}

// kindOf says how urgent a reminder is.
type kindOf int

const (
	dueToday kindOf = iota
	pastDue
	toCome
	kindsOf
)

func (k kindOf) String() string { return [...]string{"due today", "past due", "to come"}[k] }

// post notes the reminders that reached Telegram.
type post struct {
	*month
	mu   sync.Mutex
	last []day.Date // of each plan: the day of its last reminder
	rang []int64    // of each plan: when its last alarm rang, without those that are put off, in unix seconds
	sent int
	days map[day.Date]*tally
}

// tally is what was sent on a day.
type tally struct {
	late   [kindsOf][]int32 // seconds that each waited for its turn
	ended  [kindsOf]time.Time
	second map[int64]int // how many in each second
}

// Step notes when an alarm rings for the first time, and lets the dialog decide.
func (p *post) Step(c dialog.Conversation, e dialog.Event) (dialog.Conversation, []dialog.Effect) {
	for _, a := range c.Alarms {
		if e.Kind == dialog.Rang && a.Turn == 0 && a.At <= e.At.Unix() {
			p.mu.Lock()
			p.rang[e.Chat-firstChat] = e.At.Unix()
			p.mu.Unlock()
		}
	}
	return p.machine.Step(c, e)
}

// reminder notes one, and holds it to the rules.
func (p *post) reminder(chat int64, took *int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i, today := int(chat-firstChat), day.At(p.now)
	if p.last[i] == today {
		p.tb.Errorf("plan %d was reminded twice on %s", i, today)
	}
	if h := p.now.Hour(); h < 8 || h >= 21 {
		p.tb.Errorf("plan %d was reminded at %s", i, p.now)
	}
	p.last[i] = today
	p.sent++
	*took++
	if p.days == nil {
		p.days = map[day.Date]*tally{}
	}
	t := p.days[today]
	if t == nil {
		t = &tally{second: map[int64]int{}}
		p.days[today] = t
	}
	kind := p.kind(i, today)
	late := int32(p.now.Unix() - p.rang[i])
	t.late[kind] = append(t.late[kind], late)
	t.ended[kind] = p.now
	t.second[p.now.Unix()]++
}

// kind says of what a reminder is on a day.
func (p *post) kind(plan int, today day.Date) kindOf {
	d, _ := p.calendar.NextWorking(due(plan))
	switch {
	case today == d:
		return dueToday
	case today > d && today < d+20:
		return pastDue
	}
	return toCome
}

func (p *post) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent
}
