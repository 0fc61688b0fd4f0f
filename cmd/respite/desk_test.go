package main

import (
	"context"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"respite/bot/phone"
	"respite/bot/store"
	"respite/bot/telegram"
)

const (
	bureauGroup = -1001000000007
	kim         = 901
	zhou        = 902
	alex        = 7
)

// shared is the library of all bureaus: nothing of it changes.
var shared = sync.OnceValues(func() (*library, error) { return openLibrary("", zerolog.Nop()) })

// bureau is the whole bot on the stand-in, with agents in a group.
type bureau struct {
	phone *phone.Server
	group *phone.Group
	alex  *phone.Person
	redis *miniredis.Miniredis
	app   *app
	ahead atomic.Int64
	url   string
	id    int64 // of the group, as it is configured
	stop  func()

	life    *life
	abandon func()       // leaves a life behind that is dead
	rests   atomic.Int64 // how far the clock of Redis is ahead
	ticks   sync.Once
	frozen  *phone.Faulted
}

func newBureau(t *testing.T, topics bool) *bureau {
	t.Helper()
	return newBureauIn(t, bureauGroup, topics)
}

func newBureauIn(t *testing.T, group int64, topics bool) *bureau {
	t.Helper()
	b := &bureau{redis: miniredis.RunT(t), id: group}
	b.phone = phone.New(phone.Options{Now: b.now})
	server := httptest.NewServer(b.phone)
	b.url = server.URL
	t.Cleanup(func() { b.phone.Close(); server.Close() })
	b.phone.Person(kim, "Kim", "en")
	b.phone.Person(zhou, "Zhou", "en")
	b.alex = b.phone.Person(alex, "Alex", "en")
	b.group = b.phone.Group(group, "agents", topics)
	b.group.Promote(kim)
	b.group.Join(zhou)
	b.start(t)
	t.Cleanup(func() { b.stop(); b.life.end() })
	return b
}

func (b *bureau) now() time.Time {
	return time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("CST", 8*3600)).Add(time.Duration(b.ahead.Load()))
}

// start runs the bot; stop ends it, as a restart does.
func (b *bureau) start(t *testing.T) {
	t.Helper()
	b.life = born(t, b.redis.Addr())
	kept, err := store.Open(t.Context(), "redis://"+b.life.redis.Addr().String(), store.Options{})
	require.NoError(t, err)
	client, err := telegram.New(telegram.Options{Token: phone.DefaultToken, URL: b.url, Transport: b.life})
	require.NoError(t, err)
	s := serving{Timezone: "Asia/Shanghai", QuietHours: "21:00-08:00", Operator: "Example Lender", AgentLanguage: "en", DeskHours: "always", Deciders: "admins",
		AnswerWithin: 24 * time.Hour, ClaimLease: 2 * time.Hour, LogLevel: "error", LogFormat: "json"}
	ready, err := s.check()
	require.NoError(t, err)
	read, err := shared()
	require.NoError(t, err)
	b.app, err = wire(parts{library: read, serving: s, checked: ready, store: kept, telegram: client, group: b.id, owner: "one", clock: b.now, log: zerolog.Nop()})
	require.NoError(t, err)
	require.NoError(t, b.app.desk.Open(t.Context()))
	require.NoError(t, b.app.engine.Reclaim(t.Context()))
	running, leave := context.WithCancel(context.WithoutCancel(t.Context()))
	stopLoops := b.app.loops(running)
	poller := telegram.NewPoller(client, b.app.router.Handle, time.Second)
	ended, gone := make(chan error, 1), make(chan struct{})
	go func() { ended <- poller.Run(running); close(gone) }()
	b.abandon = func() {
		leave()
		go func() { // the handlers find out that Redis is gone in their own time
			<-gone
			_ = kept.Close()
		}()
		b.stop = func() {}
	}
	b.stop = func() {
		within, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = poller.Stop(within)
		require.NoError(t, <-ended)
		stopLoops()
		leave()
		_ = kept.Close()
		b.stop = func() {}
	}
}

// forward moves the clock and wakes the alarms.
func (b *bureau) forward(by time.Duration) {
	b.ahead.Add(int64(by))
	b.app.kick <- struct{}{}
}

// asks lets Alex begin, and ask for a person.
func (b *bureau) asks(t *testing.T) {
	t.Helper()
	b.alex.Start()
	b.says(t, "may I keep your answers")
	b.alex.Press("I agree")
	b.says(t, "How much is overdue")
	b.alex.Say("/human")
	b.says(t, "A person will answer you here")
}

// case1 lets Alex ask for a person, and gives the topic of the case.
func (b *bureau) case1(t *testing.T) int {
	t.Helper()
	b.asks(t)
	b.reads(t, "wants to talk to a person")
	return b.topic(t)
}

func (b *bureau) topic(t *testing.T) int {
	t.Helper()
	topics := b.group.Topics()
	if len(topics) < 2 {
		return 0
	}
	return topics[len(topics)-1].ID
}

// says waits until the borrower's newest message of the bot contains part.
func (b *bureau) says(t *testing.T, part string) phone.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	m, err := b.alex.WaitFor(ctx, part)
	require.NoError(t, err)
	return m
}

// reads waits until the bot has written something that contains part into the group.
func (b *bureau) reads(t *testing.T, part string) phone.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	m, err := b.group.WaitFor(ctx, 0, part)
	require.NoError(t, err)
	return m
}

// count is how often a text stands in the group.
func (b *bureau) count(part string) (n int) {
	for _, m := range b.group.Messages(0) {
		if m.Bot && strings.Contains(m.Text, part) {
			n++
		}
	}
	return n
}

func TestOnlyTheHolderSpeaksToTheBorrowerAndOneOfTwoAgentsWins(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	card := b.reads(t, "#1 · ")
	note := b.group.SayIn(thread, zhou, "nobody has it yet")
	b.reads(t, "stays here as a note")
	first := b.group.PressOn(card.ID, kim, "Claim")
	b.reads(t, "Kim has the case")
	late := b.group.SayIn(thread, zhou, "/claim")
	b.reads(t, "Kim has this case.")
	require.NotZero(t, late)
	require.NotEmpty(t, first)
	b.group.SayIn(thread, zhou, "another note")
	b.group.SayIn(thread, kim, "// and one of Kim's")
	b.group.SayIn(thread, kim, "Good day, this is Kim.")
	b.says(t, "Good day, this is Kim.")
	for _, m := range b.alex.Messages() {
		require.NotContains(t, m.Text, "note")
		require.NotContains(t, m.Text, "one of Kim's")
	}
	marked := 0
	for _, m := range b.group.Messages(thread) {
		if m.Reaction != "" {
			marked++
			require.EqualValues(t, zhou, m.From)
		}
		if m.ID == note {
			require.Equal(t, "✍", m.Reaction)
		}
	}
	require.Equal(t, 2, marked)
}

func TestRepliesAndEditsGoBothWays(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, kim, "/claim")
	b.reads(t, "Kim has the case")
	asked := b.alex.Say("what shall I do?")
	words := b.reads(t, "what shall I do?")
	b.settled(t) // then it is known which message stands for which
	answer := b.group.ReplyTo(words.ID, kim, "Call me tomorrow")
	got := b.says(t, "Call me tomorrow")
	require.Equal(t, asked, got.ReplyTo)

	b.group.Edit(answer, kim, "Call me on Friday")
	_, err := b.alex.Wait(t.Context(), func(all []phone.Message) bool {
		for _, m := range all {
			if m.ID == got.ID && strings.Contains(m.Text, "on Friday") {
				return true
			}
		}
		return false
	})
	require.NoError(t, err)

	b.alex.Reply(got.ID, "Friday is fine")
	require.Equal(t, answer, b.reads(t, "Friday is fine").ReplyTo)
	b.alex.Edit(asked, "what can I do?")
	b.reads(t, "what can I do?")
}

func TestAnAlbumAndAVoiceMessageArriveInOrderAndOnce(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, kim, "/claim")
	b.reads(t, "Kim has the case")
	b.alex.Album(phone.File{Name: "1.pdf", Bytes: []byte("1")}, phone.File{Name: "2.pdf", Bytes: []byte("2")}, phone.File{Name: "3.pdf", Bytes: []byte("3")})
	b.alex.Voice()
	b.alex.Say("that is all")
	b.reads(t, "that is all")
	var names []string
	for _, m := range b.group.Messages(thread) {
		if m.Bot && m.File != nil {
			names = append(names, m.File.Kind+" "+m.File.Name)
		}
	}
	require.Equal(t, []string{"document 1.pdf", "document 2.pdf", "document 3.pdf", "voice "}, names)

	b.group.AlbumIn(thread, kim, phone.File{Name: "a.pdf", Bytes: []byte("a")}, phone.File{Name: "b.pdf", Bytes: []byte("b")})
	b.group.SayIn(thread, kim, "please sign both")
	b.says(t, "please sign both")
	names = nil
	for _, m := range b.alex.Messages() {
		if m.Bot && m.File != nil {
			names = append(names, m.File.Name)
		}
	}
	require.Equal(t, []string{"a.pdf", "b.pdf"}, names)
}

func TestADeletedTopicComesBackWithItsCardAndTheLastMessages(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, kim, "/claim")
	b.reads(t, "Kim has the case")
	b.alex.Say("the first thing I said")
	b.reads(t, "the first thing I said")
	b.group.DeleteTopic(thread)
	b.alex.Say("the last thing I said")
	b.reads(t, "the last thing I said")
	again := b.topic(t)
	require.NotEqual(t, thread, again)
	b.reads(t, "This topic was deleted")
	b.reads(t, "With Kim")
	require.Contains(t, b.reads(t, "the first thing I said").Text, "This topic was deleted")
	b.group.SayIn(again, kim, "still here")
	b.says(t, "still here")
}

func TestARestartLosesNeitherClaimNorWords(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, kim, "/claim")
	b.reads(t, "Kim has the case")
	b.stop()
	b.alex.Say("said while the bot was down")
	b.group.SayIn(thread, kim, "answered while the bot was down")
	b.start(t)
	b.reads(t, "said while the bot was down")
	b.says(t, "answered while the bot was down")
	require.Equal(t, 1, b.count("said while the bot was down"))
}

func TestAnAgentWhoLeavesLosesTheCaseAndMayDoNothing(t *testing.T) {
	for name, told := range map[string]bool{"Telegram says so": true, "Telegram says nothing": false} {
		t.Run(name, func(t *testing.T) {
			b := newBureau(t, true)
			thread := b.case1(t)
			b.group.SayIn(thread, zhou, "/claim")
			card := b.reads(t, "Zhou has the case")
			if !told {
				b.group.DemoteBot(kim)
				defer b.group.PromoteBot(kim, phone.AllRights)
			}
			b.group.Leave(zhou)
			b.forward(31 * time.Second)
			b.refresh(t)
			b.reads(t, "Zhou is not here any more")
			require.NotZero(t, card)
		})
	}
}

func TestWrongCommandsAreAnsweredWithHelp(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(thread, zhou, "/change 500 a month")
	b.reads(t, "You may not decide here")
	b.group.SayIn(thread, zhou, "/nonsense")
	b.reads(t, "/claim /release /transfer")
}

func TestCommandsOfTheDesk(t *testing.T) {
	b := newBureau(t, true)
	thread := b.case1(t)
	b.group.SayIn(0, kim, "/find 1")
	b.reads(t, "https://t.me/c/1000000007/")
	b.group.SayIn(0, kim, "/find 99")
	b.reads(t, "There is no case #99")
	b.group.SayIn(0, kim, "/claim")
	b.reads(t, "belongs into a case")
	b.group.SayIn(0, kim, "/hours 10:00-16:00 daily")
	b.reads(t, "Agents are here: 10:00-16:00 daily")
	b.group.SayIn(0, kim, "/hours soon")
	b.reads(t, "Write them like this")
	b.group.SayIn(thread, kim, "/claim")
	b.reads(t, "Kim has the case")
	b.group.SayIn(thread, kim, "/r add hello en Good day, I am {agent} of {operator}.")
	b.reads(t, "Kept: hello")
	b.group.SayIn(thread, kim, "/r hello")
	b.says(t, "Good day, I am Kim of Example Lender.")
	b.group.SayIn(thread, kim, "/r add pay en You owe {owed}.")
	b.reads(t, "Kept: pay")
	b.forward(time.Minute)
	b.group.SayIn(thread, kim, "/r pay")
	b.reads(t, "nothing is known for the gap owed")
	b.group.SayIn(thread, kim, "/export")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	all, err := b.group.Wait(ctx, thread, func(all []phone.Message) bool {
		for _, m := range all {
			if m.File != nil {
				return true
			}
		}
		return false
	})
	require.NoError(t, err)
	for _, m := range all {
		if m.File != nil {
			require.Equal(t, "transcript.txt", m.File.Name)
			require.Contains(t, string(m.File.Bytes), "Kim  Good day, I am")
		}
	}
	b.group.SayIn(0, kim, "/away")
	b.reads(t, "Kim is not here any more")
}
