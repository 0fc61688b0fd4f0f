package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/dialog"
	"respite/policy/day"
)

// doorman is a budget that gives reminders their turn after a while.
type doorman struct {
	*telegram
	wait time.Duration
}

var _ bot.Budget = (*doorman)(nil)

func (d *doorman) Expect(ctx context.Context, _ int64, _ bot.Class, _ int) context.Context {
	return ctx
}
func (d *doorman) Turn(context.Context, int64) time.Duration { return d.wait }

// crowd is a lab whose budget gives a turn after 90 seconds, and a plan whose reminder is due.
func crowd(t *testing.T) *lab {
	t.Helper()
	l := newLab(t)
	d := &doorman{l.telegram, 90*time.Second + 700*time.Millisecond}
	l.Machine, l.Courier.Send = speaker(t, time.UTC, l.Render), d
	c := running(l.now, day.Of(2026, 12, 10), 1)
	l.now = day.Of(2026, 12, 10).In(time.UTC, 13, 0)
	c.Alarms = append(c.Alarms, alarm(l.now))
	l.run(t, 5, c)
	return l
}

func (l *lab) nextAlarm(t *testing.T) time.Time {
	t.Helper()
	at, _, err := l.store.NextAlarm(t.Context())
	require.NoError(t, err)
	return at
}

func TestAReminderWaitsForItsTurnAsAnAlarm(t *testing.T) {
	l := crowd(t)
	l.rings(t, l.Engine)
	require.Empty(t, l.telegram.texts())
	require.Equal(t, l.now.Add(90*time.Second), l.nextAlarm(t), "in the second of its turn")
	require.Zero(t, len(l.plan(t, 5).Sent), "nothing counts as said")
	l.now = l.nextAlarm(t)
	l.rings(t, l.Engine)
	require.Len(t, l.telegram.texts(), 1, "it waits for one turn and no more")
	require.Contains(t, l.telegram.texts()[0], "Today is the day")
}

func TestWhoPaysWhileAReminderWaitsIsNotReminded(t *testing.T) {
	l := crowd(t)
	l.rings(t, l.Engine)
	require.NoError(t, l.Arrived(t.Context(), 5, "T1", 10000))
	l.now = l.now.AddDate(0, 1, 0)
	l.rings(t, l.Engine)
	for _, said := range l.telegram.texts() {
		require.NotContains(t, said, "Today is the day")
	}
	require.True(t, l.nextAlarm(t).IsZero(), "nothing is left behind")
}

func TestWhatAgentsLearnDoesNotWaitForATurn(t *testing.T) {
	l := crowd(t)
	c := running(l.now, day.Of(2026, 12, 10), 1)
	c.Case = &dialog.Case{Since: l.now.Unix(), Talking: true, Wait: &dialog.Wait{Since: l.now.Unix() - 3600, By: l.now.Unix() - 1}}
	c.Alarms = append(c.Alarms, dialog.Alarm{Kind: dialog.AnswerAlarm, At: l.now.Unix()})
	l.run(t, 6, c)
	l.rings(t, l.Engine)
	require.Len(t, l.telegram.texts(), 1, "the borrower who waits for a person is told that it takes longer")
	require.True(t, strings.Contains(l.telegram.texts()[0], "sorry"), l.telegram.texts()[0])
}
