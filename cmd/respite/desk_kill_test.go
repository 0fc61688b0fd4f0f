package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

// fault is something that happens to the desk, and what is said meanwhile. The bot dies in one of the calls that it leads to and is started
// again; then everything has to be where it belongs.
type fault struct {
	group  int64 // 0: a supergroup
	plain  bool  // without topics
	breaks func(b *bureau, thread int)
	mends  func(b *bureau) // before the bot is started again
	deaths []death
	holds  func(t *testing.T, b *bureau) // besides the words
}

// twice are the deaths before and after Telegram has carried a call out.
func twice(method string, nth ...int) (all []death) {
	for _, n := range nth {
		all = append(all, death{method, n, false}, death{method, n, true})
	}
	return all
}

var faults = map[string]fault{
	"topic deleted": {
		breaks: func(b *bureau, thread int) { b.group.DeleteTopic(thread) },
		deaths: append(twice("createForumTopic", 1), death{"sendMessage", 3, true}),
		holds: func(t *testing.T, b *bureau) {
			b.reads(t, "With Kim")
			require.Contains(t, b.reads(t, "This topic was deleted").Text, "before the fault")
		},
	},
	"topic deleted, unnoticed": {
		breaks: func(b *bureau, thread int) { b.group.DeleteTopicUnnoticed(thread) },
		deaths: []death{{"createForumTopic", 1, true}},
	},
	"topic closed": {
		breaks: func(b *bureau, thread int) { b.group.CloseTopic(thread, kim) },
		deaths: append(twice("reopenForumTopic", 1), death{"sendMessage", 2, true}),
		holds: func(t *testing.T, b *bureau) {
			b.waits(t, func() bool { return !b.group.Topics()[1].Closed })
		},
	},
	"became a supergroup": {
		group: -4007, plain: true,
		breaks: func(b *bureau, _ int) { b.group.Upgrade(kim, bureauGroup) },
		deaths: twice("sendMessage", 1),
		holds:  func(t *testing.T, b *bureau) { require.EqualValues(t, bureauGroup, b.app.desk.Group()) },
	},
	"bot removed and added again": {
		breaks: func(b *bureau, _ int) { b.group.RemoveBot(kim) },
		mends:  func(b *bureau) { b.group.AddBot(kim); b.group.PromoteBot(kim, phone.AllRights) },
		deaths: []death{{"sendMessage", 1, true}},
	},
	"bot demoted": {
		breaks: func(b *bureau, thread int) { b.group.DemoteBot(kim); b.group.CloseTopic(thread, kim) },
		mends:  func(b *bureau) { b.group.PromoteBot(kim, phone.AllRights) },
		deaths: []death{{"sendMessage", 1, false}, {"reopenForumTopic", 1, true}},
	},
	"no topics": {
		plain:  true,
		breaks: func(*bureau, int) {},
		deaths: []death{{"sendMessage", 1, true}, {}},
		holds: func(t *testing.T, b *bureau) {
			require.NotZero(t, b.reads(t, "said first").ReplyTo, "an answer to the card")
		},
	},
}

// TestKilledInTheMiddleOfAFault kills the bot in each call that a fault leads to, before and after Telegram carries it out.
func TestKilledInTheMiddleOfAFault(t *testing.T) {
	for name, f := range faults {
		for _, d := range f.deaths {
			t.Run(fmt.Sprintf("%s, in %s %d %v", name, d.method, d.nth, d.carried), func(t *testing.T) {
				t.Parallel()
				f.die(t, d)
			})
		}
	}
}

func (f fault) die(t *testing.T, d death) {
	group := f.group
	if group == 0 {
		group = bureauGroup
	}
	b := newBureauIn(t, group, !f.plain)
	thread := b.case1(t)
	b.claim(t, thread)
	b.alex.Say("before the fault")
	b.reads(t, "before the fault")
	b.settled(t)
	f.breaks(b, thread)
	b.life.diesIn(d)
	b.alex.Say("said first")
	b.alex.Say("said second")
	b.dies(t)
	b.alex.Say("said to the dead")
	if f.mends != nil {
		f.mends(b)
	}
	b.rises(t)
	b.reads(t, "said to the dead")
	for _, words := range []string{"said first", "said second", "said to the dead"} {
		n := b.count(words)
		require.GreaterOrEqual(t, n, 1, words)
		require.LessOrEqual(t, n, 2, "%s: once more at most, if Telegram's answer was lost", words)
	}
	require.True(t, b.ordered("said first", "said second", "said to the dead"))
	if f.holds != nil {
		f.holds(t, b)
	}
	b.agentSays(t, b.thread(f.plain), "and this is for Alex")
	b.says(t, "and this is for Alex")
	b.wholeTranscript(t, b.thread(f.plain), "Borrower  before the fault", "Borrower  said first", "Borrower  said second", "Borrower  said to the dead", "Kim  and this is for Alex")
}

// claim lets Kim take the case, in a topic or by an answer to the card.
func (b *bureau) claim(t *testing.T, thread int) {
	t.Helper()
	b.agentSays(t, thread, "/claim")
	b.reads(t, "Kim has the case")
}

// agentSays has Kim write in the case.
func (b *bureau) agentSays(t *testing.T, thread int, text string) {
	t.Helper()
	if thread != 0 {
		b.group.SayIn(thread, kim, text)
		return
	}
	b.settled(t) // only then can every message of the case be answered
	for _, m := range slices.Backward(b.group.Messages(0)) {
		if m.Bot && (strings.HasPrefix(m.Text, "#1 · ") || strings.Contains(m.Text, "said")) {
			b.group.ReplyTo(m.ID, kim, text)
			return
		}
	}
	require.Fail(t, "there is no card")
}

func (b *bureau) thread(plain bool) int {
	topics := b.group.Topics()
	if plain || len(topics) < 2 {
		return 0
	}
	for i := len(topics) - 1; i > 0; i-- {
		for _, m := range b.group.Messages(topics[i].ID) {
			if strings.Contains(m.Text, "said to the dead") {
				return topics[i].ID
			}
		}
	}
	return topics[len(topics)-1].ID
}

// settled waits until nothing is on its way any more.
func (b *bureau) settled(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool {
		r, err := b.app.store.Load(t.Context(), alex)
		return err == nil && len(r.Outbox) == 0
	}, 20*time.Second, 5*time.Millisecond)
}

// ordered says whether the first sight of each text comes before that of the next.
func (b *bureau) ordered(texts ...string) bool {
	var all strings.Builder
	for _, m := range b.group.Messages(0) {
		if m.Bot && !strings.Contains(m.Text, "This topic was deleted") {
			all.WriteString(m.Text)
		}
	}
	last := -1
	for _, text := range texts {
		at := strings.Index(all.String(), text)
		if at <= last {
			return false
		}
		last = at
	}
	return true
}

// wholeTranscript holds the lines of people in the exported transcript against what was said.
func (b *bureau) wholeTranscript(t *testing.T, thread int, lines ...string) {
	t.Helper()
	b.agentSays(t, thread, "/export")
	var file phone.Message
	b.waits(t, func() bool {
		for _, m := range b.group.Messages(0) {
			if m.Bot && m.File != nil && m.File.Name == "transcript.txt" {
				file = m
			}
		}
		return file.File != nil
	})
	var said []string
	for line := range strings.Lines(string(file.File.Bytes)) {
		_, said_, _ := strings.Cut(strings.TrimSpace(line), " ")
		_, said_, _ = strings.Cut(said_, " ")
		if strings.HasPrefix(said_, "Borrower") || strings.HasPrefix(said_, "Kim") {
			said = append(said, said_)
		}
	}
	require.Equal(t, lines, said)
}

// killed runs a test once for each death, on a desk whose first case Kim may have claimed.
func killed(t *testing.T, deaths []death, do func(t *testing.T, b *bureau, thread int, d death)) {
	for _, d := range deaths {
		t.Run(fmt.Sprintf("in %s %d %v", d.method, d.nth, d.carried), func(t *testing.T) {
			t.Parallel()
			b := newBureau(t, true)
			do(t, b, b.case1(t), d)
		})
	}
}

func TestKilledWhileTwoAgentsPressAtOnce(t *testing.T) {
	killed(t, []death{{"answerCallbackQuery", 1, false}, {"answerCallbackQuery", 2, true}, {"sendMessage", 1, true}}, func(t *testing.T, b *bureau, _ int, d death) {
		card := b.reads(t, "#1 · ")
		b.settled(t)
		b.life.diesIn(d)
		queries := make([]string, 2)
		var both sync.WaitGroup
		for i, who := range []int64{kim, zhou} {
			both.Go(func() { queries[i] = b.group.PressOn(card.ID, who, "Claim") })
		}
		both.Wait()
		b.dies(t)
		b.rises(t)
		for _, q := range queries {
			_, err := b.phone.Answer(t.Context(), q)
			require.NoError(t, err)
		}
		b.reads(t, "has the case. What")
		b.settled(t)
		kims, zhous := b.count("Kim has the case. What"), b.count("Zhou has the case. What")
		require.True(t, kims == 0 || zhous == 0, "one of them has it")
		require.LessOrEqual(t, kims+zhous, 2)
		holder := "With Kim"
		if zhous > 0 {
			holder = "With Zhou"
		}
		require.Equal(t, 1, b.count(holder))
	})
}

func TestKilledInTheMiddleOfAnAgentsEdit(t *testing.T) {
	killed(t, twice("editMessageText", 1), func(t *testing.T, b *bureau, thread int, d death) {
		b.claim(t, thread)
		answer := b.group.SayIn(thread, kim, "Call me tomorrow")
		got := b.says(t, "Call me tomorrow")
		b.settled(t)
		b.life.diesIn(d)
		b.group.Edit(answer, kim, "Call me on Friday")
		b.dies(t)
		b.rises(t)
		require.Equal(t, got.ID, b.says(t, "Call me on Friday").ID, "changed in place")
	})
}

func TestKilledWhileAnAgentTakesAFileBack(t *testing.T) {
	killed(t, []death{{"copyMessage", 1, false}, {}}, func(t *testing.T, b *bureau, thread int, d death) {
		b.claim(t, thread)
		b.settled(t)
		b.life.diesIn(d)
		file := b.group.SendIn(thread, kim, phone.File{Name: "wrong.pdf", Bytes: []byte("x")})
		b.dies(t)
		b.group.Delete(file, kim)
		b.group.SayIn(thread, kim, "what comes after it arrives")
		b.rises(t)
		b.says(t, "what comes after it arrives")
	})
}

func TestKilledWhileABorrowerBlocksTheBot(t *testing.T) {
	killed(t, []death{{"sendMessage", 1, true}, {}}, func(t *testing.T, b *bureau, thread int, d death) {
		b.claim(t, thread)
		b.settled(t)
		b.life.diesIn(d)
		b.alex.Block()
		b.dies(t)
		b.rises(t)
		b.reads(t, "Nothing can be delivered")
		b.settled(t)
		require.LessOrEqual(t, b.count("Nothing can be delivered"), 2)
		b.alex.Unblock()
		b.reads(t, "can be reached again")
		b.group.SayIn(thread, kim, "welcome back")
		b.says(t, "welcome back")
	})
}
