package main

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

func TestOfTwoAgentsWhoPressAtOnceOneWinsAndTheOtherIsTold(t *testing.T) {
	b := newBureau(t, true)
	b.case1(t)
	card := b.reads(t, "#1 · ")
	queries := make([]string, 2)
	var both sync.WaitGroup
	for i, who := range []int64{kim, zhou} {
		both.Go(func() { queries[i] = b.group.PressOn(card.ID, who, "Claim") })
	}
	both.Wait()
	var said []string
	for _, q := range queries {
		toast, err := b.phone.Answer(t.Context(), q)
		require.NoError(t, err)
		said = append(said, toast.Text)
	}
	b.reads(t, "has the case. What")
	if said[0] == "" {
		require.Equal(t, []string{"", "Kim has this case."}, said)
	} else {
		require.Equal(t, []string{"Zhou has this case.", ""}, said)
	}
	require.Equal(t, 1, b.count("has the case. What"))
}

func TestAClosedTopicIsOpenedForTheBorrowersWords(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.CloseTopic(thread, kim)
	b.alex.Say("into the closed topic")
	b.reads(t, "into the closed topic")
	require.False(t, b.group.Topics()[1].Closed)
}

func TestACloseByCommandClosesTheTopicAndANewCallOpensIt(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, kim, "/close")
	b.says(t, "How much is overdue")
	b.waits(t, func() bool { return b.group.Topics()[1].Closed && b.group.Topics()[1].Name == "#1 · closed" })
	b.alex.Say("/human")
	b.says(t, "A person will answer you here")
	b.waits(t, func() bool {
		return !b.group.Topics()[1].Closed && b.group.Topics()[1].Name == "#1 · waiting for an agent"
	})
}

// waits polls the stand-in, whose every change wakes the wait.
func (b *bureau) waits(t *testing.T, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	require.NoError(t, b.phone.Wait(ctx, ok))
}

func TestAGroupWithoutTopicsWorksByReplies(t *testing.T) {
	b := newBureau(t, false)
	b.case1(t)
	card := b.reads(t, "#1 · ")
	b.settled(t) // a message can be answered once it is struck off
	b.group.ReplyTo(card.ID, kim, "/claim")
	b.reads(t, "Kim has the case")
	b.alex.Say("do you see this?")
	words := b.reads(t, "do you see this?")
	require.Equal(t, card.ID, words.ReplyTo)
	b.settled(t)
	b.group.ReplyTo(words.ID, kim, "yes, I do")
	b.says(t, "yes, I do")
	b.group.SayIn(0, kim, "this is about no case")
	b.group.ReplyTo(card.ID, kim, "goodbye")
	b.says(t, "goodbye")
	for _, m := range b.alex.Messages() {
		require.NotContains(t, m.Text, "about no case")
	}
}

func TestABotThatWasRemovedKeepsTheCasesAndDeliversWhenItIsBack(t *testing.T) {
	for name, fault := range map[string]struct{ break_, mend func(*bureau) }{
		"removed": {func(b *bureau) { b.group.RemoveBot(kim) }, func(b *bureau) { b.group.AddBot(kim); b.group.PromoteBot(kim, phone.AllRights) }},
		"group frozen": {func(b *bureau) {
			b.frozen = b.phone.Fail(phone.Fault{Method: "sendMessage", Chat: bureauGroup, Kind: phone.Refused, Code: 400, Description: "Bad Request: not enough rights to send text messages to the chat", Times: -1})
		}, func(b *bureau) { b.frozen.Remove() }},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBureau(t, true)
			b.case1(t)
			fault.break_(b)
			b.alex.Say("one")
			b.alex.Say("two")
			b.alex.Say("/status")
			b.says(t, "cannot reach the agents")
			fault.mend(b)
			b.wake(t)
			b.reads(t, "two")
			b.reads(t, "one")
			require.Equal(t, 1, b.count("two"))
		})
	}
}

// wake lets pauses of outboxes end, as time does, by the clock of Redis.
func (b *bureau) wake(t *testing.T) {
	t.Helper()
	b.stop()
	b.rises(t)
}

func TestABorrowerWhoBlockedTheBotIsToldOfToTheAgents(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, kim, "/claim")
	b.reads(t, "Kim has the case")
	b.alex.Block()
	b.reads(t, "Nothing can be delivered")
	b.group.SayIn(thread, kim, "are you there?")
	b.waits(t, func() bool { return b.count("Nothing can be delivered") >= 2 })
	b.alex.Unblock()
	b.reads(t, "can be reached again")
	b.group.SayIn(thread, kim, "welcome back")
	b.says(t, "welcome back")
}

func TestAnAgentsDeletedMessageAndNoteNeverReachTheBorrower(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	note := b.group.SayIn(thread, kim, "// a note that goes")
	b.group.Delete(note, kim)
	mine := b.group.SayIn(thread, zhou, "nobody will mark this")
	b.group.Delete(mine, zhou)
	b.group.SayIn(thread, kim, "/claim")
	b.reads(t, "Kim has the case")
	b.group.SayIn(thread, kim, "hello")
	b.says(t, "hello")
}

func TestAClaimLapsesAndALateAnswerIsSaid(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(0, kim, "good morning") // a bot knows those who have written
	b.group.SayIn(thread, zhou, "/claim")
	b.reads(t, "Zhou has the case")
	b.forward(2*time.Hour + time.Minute)
	lapsed := b.reads(t, "Zhou no longer has the case")
	require.Len(t, lapsed.Entities, 1)
	require.Equal(t, "text_mention", lapsed.Entities[0].Type)
	b.forward(16 * time.Hour)
	b.reads(t, "The borrower still waits")
	b.forward(7 * time.Hour)
	require.Equal(t, []string{"Kim", "Zhou"}, mentions(b.reads(t, "The answer was due by")), "nobody has it: all are called")
	b.says(t, "That did not work out")
}

func TestTheBoardShowsWhoWaitsAndWhoHasWhat(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.refresh(t)
	board := b.reads(t, "Waiting: 1 · held: 0 · overdue: 0")
	require.Equal(t, 1, board.Thread, "in General")
	require.NotContains(t, board.Text, "Alex")
	b.group.SayIn(thread, kim, "/claim")
	b.reads(t, "Kim has the case")
	b.waits(t, func() bool { return b.group.Topics()[1].Name == "#1 · with a person" })
	b.redis.FastForward(time.Minute)
	b.refresh(t)
	held := b.reads(t, "Waiting: 0 · held: 1 · overdue: 0")
	require.Equal(t, board.ID, held.ID, "changed in place")
	require.Contains(t, held.Text, "with Kim")
}

// refresh is one pass over the board, which otherwise comes every few seconds.
func (b *bureau) refresh(t *testing.T) {
	t.Helper()
	require.NoError(t, b.app.desk.Refresh(t.Context(), b.app.router.Dismissed))
}

func TestAPlainGroupThatBecomesASupergroupIsFollowed(t *testing.T) {
	b := newBureauIn(t, -4007, false)
	b.case1(t)
	b.group.Upgrade(kim, bureauGroup)
	b.alex.Say("after the move")
	b.reads(t, "after the move")
	require.EqualValues(t, bureauGroup, b.app.desk.Group())
}
