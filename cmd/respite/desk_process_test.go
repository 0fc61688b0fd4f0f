package main

import (
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

// TestTheProcessIsKilledWhileATopicIsMadeAgain kills a real process over a real Redis just after Telegram has made the topic anew, and before
// anybody learns of it.
func TestTheProcessIsKilledWhileATopicIsMadeAgain(t *testing.T) {
	w := newWorld(t)
	env := slices.Concat(w.env, []string{"AGENT_CHAT_ID=" + strconv.FormatInt(bureauGroup, 10), "AGENT_LANGUAGE=en", "DESK_HOURS=always"})
	w.Person(kim, "Kim", "en")
	ann := w.Person(1, "Ann", "en")
	g := w.Group(bureauGroup, "agents", true)
	g.Promote(kim)
	bot := start(t, []string{"serve"}, env...)
	ann.Start()
	until(t, ann, "may I keep your answers")
	ann.Press("I agree")
	until(t, ann, "How much is overdue")
	ann.Say("a person please")
	until(t, ann, "A person will answer you here")
	_, err := g.WaitFor(patience(t), 0, "wants to talk to a person")
	require.NoError(t, err)
	thread := g.Topics()[1].ID
	g.SayIn(thread, kim, "/claim")
	_, err = g.WaitFor(patience(t), thread, "Kim has the case")
	require.NoError(t, err)
	w.quiet(t)

	g.DeleteTopic(thread)
	made := w.Fail(phone.Fault{Method: "createForumTopic", Kind: phone.Stall})
	ann.Say("first words")
	ann.Say("second words")
	require.NoError(t, w.Wait(patience(t), func() bool { return made.Hits() == 1 }))
	bot.end(t, syscall.SIGKILL)
	made.Remove()
	bot = start(t, []string{"serve"}, env...)
	second, err := g.WaitFor(patience(t), 0, "second words")
	require.NoError(t, err)
	_, err = g.WaitFor(patience(t), second.Thread, "With Kim")
	require.NoError(t, err)
	w.quiet(t)
	var all strings.Builder
	for _, m := range g.Messages(second.Thread) {
		if m.Bot && !strings.Contains(m.Text, "This topic was deleted") {
			all.WriteString(m.Text + "\n")
		}
	}
	require.Equal(t, 1, strings.Count(all.String(), "first words"))
	require.Equal(t, 1, strings.Count(all.String(), "second words"))
	require.Less(t, strings.Index(all.String(), "first words"), strings.Index(all.String(), "second words"))
	g.SayIn(second.Thread, kim, "still here")
	until(t, ann, "still here")
	require.Zero(t, bot.end(t, syscall.SIGTERM))
}
