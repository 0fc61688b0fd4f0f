package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

// mentions are whom a message calls.
func mentions(m phone.Message) (names []string) {
	for _, e := range m.Entities {
		if e.Type == "text_mention" {
			names = append(names, m.Text[e.Offset:e.Offset+e.Length])
		}
	}
	return names
}

func TestAMutedBorrowerReachesNobodyUntilTheCaseIsOpenedAgain(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, kim, "/mute")
	b.reads(t, "Muted by Kim")
	b.waits(t, func() bool { return b.group.Topics()[1].Name == "#1 · muted" && b.group.Topics()[1].Closed })
	b.alex.Say("/human")
	b.says(t, "Nobody can be reached")
	b.alex.Voice()
	b.alex.Say("spam")
	b.says(t, "I did not")
	b.settled(t)
	require.Zero(t, b.count("spam"))
	b.group.SayIn(thread, kim, "/reopen")
	b.reads(t, "Opened again by Kim")
	b.alex.Say("/human")
	b.says(t, "A person will answer you here")
	b.alex.Say("not spam")
	b.reads(t, "not spam")
}

func TestACaseIsHandedOverToAColleagueWhoIsCalled(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, zhou, "good morning") // a bot knows those who have written
	b.reads(t, "stays here as a note")
	b.claim(t, thread)
	b.group.SayIn(thread, kim, "/transfer Nobody")
	b.reads(t, "I do not know who is meant")
	b.group.SayIn(thread, kim, "/transfer zh")
	require.Equal(t, []string{"Zhou"}, mentions(b.reads(t, "Kim has handed the case to Zhou")))
	b.group.SayIn(thread, kim, "/release")
	b.reads(t, "Zhou has this case.")
	b.group.SayIn(thread, kim, "too late for Kim")
	b.group.SayIn(thread, zhou, "Zhou speaks now")
	b.says(t, "Zhou speaks now")
	for _, m := range b.alex.Messages() {
		require.NotContains(t, m.Text, "too late")
	}
	card := b.reads(t, "With Zhou")
	b.group.PressOn(card.ID, zhou, "Hand over…")
	b.waits(t, func() bool { return b.button("Kim") })
	b.group.Press(zhou, "Kim")
	b.reads(t, "Zhou has handed the case to Kim")
}

// button says whether a button of that label stands in the group.
func (b *bureau) button(label string) bool {
	for _, m := range b.group.Messages(0) {
		for _, row := range m.Buttons {
			for _, k := range row {
				if k.Label == label {
					return true
				}
			}
		}
	}
	return false
}

func TestWhoWatchesIsCalledUntilTheyHaveEnough(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.claim(t, thread)
	b.group.SayIn(thread, zhou, "/watch")
	b.reads(t, "You are called when something happens here")
	b.alex.Say("is anybody watching")
	require.Equal(t, []string{"Zhou"}, mentions(b.reads(t, "is anybody watching")))
	b.group.SayIn(thread, zhou, "/watch")
	b.reads(t, "You are no longer called")
	b.alex.Say("and now?")
	require.Empty(t, mentions(b.reads(t, "and now?")))
}

func TestAnAgentWhoGoesAwayGivesTheCasesBackAndComesBackByAClaim(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.claim(t, thread)
	b.board(t, "held: 1")
	b.group.SayIn(0, kim, "/away")
	b.reads(t, "Kim is away. 1 case went back to the queue.")
	b.reads(t, "Kim is not here any more")
	require.Contains(t, b.board(t, "Waiting: 1").Text, "Away: Kim")
	b.group.SayIn(thread, kim, "/claim")
	b.waits(t, func() bool { return b.count("Kim has the case. What") == 2 })
	require.NotContains(t, b.board(t, "held: 1").Text, "Away")
}

// board gives the board's message once it contains part.
func (b *bureau) board(t *testing.T, part string) (board phone.Message) {
	t.Helper()
	require.Eventually(t, func() bool {
		b.redis.FastForward(time.Minute) // somebody's turn to bring it up to date is over
		if err := b.app.desk.Refresh(t.Context(), b.app.router.Dismissed); err != nil {
			return false
		}
		for _, m := range b.group.Messages(1) {
			if m.Bot && strings.Contains(m.Text, part) {
				board = m
				return true
			}
		}
		return false
	}, 20*time.Second, 5*time.Millisecond)
	return board
}

func TestHoursThatAgentsSetAreWhatBorrowersAreTold(t *testing.T) {
	b := newBureau(t, true)
	b.group.SayIn(0, kim, "/hours 10:00-16:00")
	b.reads(t, "Agents are here: 10:00-16:00")
	b.case1(t)
	b.says(t, "Agents are here on working days from 10:00 to 16:00.\n\nSomebody answers by Tue 24 Nov, 10:00 at the latest.")
	b.ahead.Store(int64(7 * time.Hour))
	b.alex.Say("/status")
	b.says(t, "agents are here from 10:00 to 16:00, next on Tue 24 Nov, 10:00")
}

func TestRepliesFromTheStoreAreKeptAndTakenOut(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.claim(t, thread)
	b.group.SayIn(0, kim, "/r")
	b.reads(t, "Replies from the store: /r shows them")
	b.group.SayIn(0, kim, "/r add soon en We look at it today.")
	b.group.SayIn(0, kim, "/r add soon zh-Hans 我们今天就看。")
	b.waits(t, func() bool { return b.count("Kept: soon") == 2 })
	b.group.SayIn(0, kim, "/r add soon fr Aujourd'hui")
	b.waits(t, func() bool { return b.count("Replies from the store: /r shows them") == 2 })
	b.group.SayIn(0, kim, "/r")
	b.reads(t, "Replies from the store: soon")
	b.alex.Say("/language")
	b.says(t, "Which language")
	b.alex.Press("简体中文")
	b.says(t, "接下来用简体中文")
	b.group.SayIn(thread, kim, "/r soon")
	b.says(t, "我们今天就看。")
	b.group.SayIn(0, kim, "/r drop soon")
	b.reads(t, "Taken out: soon")
	b.group.SayIn(thread, kim, "/r soon")
	b.reads(t, "There is no reply of that name")
}

func TestTermsOutsideTheBoundsNeedFourEyesAndTheTrailSaysSo(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.alex.Press("Back to the bot")
	b.says(t, "How much is overdue")
	b.alex.Say("3500")
	b.says(t, "Since when")
	b.alex.Say("20 days")
	b.says(t, "What happened")
	b.alex.Say("I lost my job")
	b.says(t, "may I keep them")
	b.claim(t, thread)
	b.group.SayIn(thread, kim, "/change 50 a month")
	b.reads(t, "outside the bounds")
	b.group.Press(kim, "As I wrote it…")
	proposal := b.reads(t, "A second agent has to approve them")
	for who, says := range map[int64]string{kim: "A second agent has to approve this, not you.", zhou: "You may not decide here. Please ask an administrator."} {
		toast, err := b.phone.Answer(t.Context(), b.group.PressOn(proposal.ID, who, "Approve as second"))
		require.NoError(t, err)
		require.Equal(t, says, toast.Text)
	}
	b.group.Promote(zhou)
	b.forward(31 * time.Second) // what Telegram said of Zhou is believed for half a minute
	b.group.PressOn(proposal.ID, zhou, "Approve as second")
	b.reads(t, "Zhou approved as the second")
	b.says(t, "The agents offer you other terms")
	b.alex.Press("Yes, I agree to it")
	b.reads(t, "The borrower agreed to the terms")
	require.Contains(t, b.trail(t), "terms outside the bounds, proposed by Kim (901), approved by Zhou (902)")
}

// trail is the audit trail of all shards, as the command prints it.
func (b *bureau) trail(t *testing.T) string {
	t.Helper()
	var out, complaints strings.Builder
	status := run(t.Context(), []string{"audit", "--redis-url", "redis://" + b.redis.Addr()}, nil, &console{stdout: &out, stderr: &complaints})
	require.Equal(t, exitOK, status, complaints.String())
	return out.String()
}

func TestTheLossOfTheGroupIsAGauge(t *testing.T) {
	b := newBureau(t, true)
	b.case1(t)
	require.EqualValues(t, 1, b.reachable(t))
	b.group.RemoveBot(kim)
	b.waits(t, func() bool { return b.reachable(t) == 0 })
	b.group.AddBot(kim)
	b.group.PromoteBot(kim, phone.AllRights)
	require.Eventually(t, func() bool { return b.reachable(t) == 1 }, 20*time.Second, 5*time.Millisecond)
}

// reachable is the gauge of the agents' group.
func (b *bureau) reachable(t *testing.T) float64 {
	t.Helper()
	families, err := b.app.registry.Gather()
	require.NoError(t, err)
	for _, f := range families {
		if f.GetName() == "respite_agents_group_reachable" {
			return f.GetMetric()[0].GetGauge().GetValue()
		}
	}
	require.Fail(t, "there is no such gauge")
	return 0
}

func TestABoardThatWasDeletedIsMadeAgain(t *testing.T) {
	b := newBureau(t, true)
	b.case1(t)
	board := b.board(t, "Waiting: 1 · held: 0")
	b.group.Delete(board.ID, kim)
	b.claim(t, b.topic(t))
	again := b.board(t, "Waiting: 0 · held: 1")
	require.NotEqual(t, board.ID, again.ID)
	require.False(t, strings.Contains(again.Text, "Alex"))
}

func TestTopicsAreMadeOnceTheBotMayMakeThem(t *testing.T) {
	b := newBureau(t, true)
	b.group.PromoteBot(kim, phone.Rights{})
	b.alex.Start()
	b.says(t, "may I keep your answers")
	b.alex.Press("I agree")
	b.says(t, "How much is overdue")
	b.alex.Say("/human")
	b.reads(t, "wants to talk to a person")
	require.Len(t, b.group.Topics(), 1)
	b.group.PromoteBot(kim, phone.AllRights)
	b.alex.Say("words for the topic")
	b.waits(t, func() bool { return len(b.group.Topics()) == 2 })
	b.reads(t, "words for the topic")
	b.waits(t, func() bool {
		for _, m := range b.group.Messages(b.topic(t)) {
			if strings.HasPrefix(m.Text, "#1 · ") {
				return true
			}
		}
		return false
	})
}

func TestWhoDeletesEverythingLeavesOneCaseAndBeginsAnother(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.alex.Say("/forget")
	b.says(t, "cannot be undone")
	b.alex.Press("Yes, delete it all")
	b.says(t, "What you told me is deleted")
	require.Equal(t, thread, b.reads(t, "had everything deleted").Thread, "the agents read it where the case stands")
	require.Len(t, b.group.Topics(), 2, "no topic was made for it")

	b.asks(t)
	b.waits(t, func() bool { return len(b.group.Topics()) == 3 })
	b.group.SayIn(b.topic(t), kim, "/claim")
	b.reads(t, "Kim has the case")
	b.group.SayIn(thread, kim, "are you there?")
	b.group.SayIn(b.topic(t), kim, "good day again")
	b.says(t, "good day again")
	b.settled(t)
	for _, m := range b.alex.Messages() {
		require.NotContains(t, m.Text, "are you there?", "nothing leads from the old topic to the borrower")
	}
}
