package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

// noon is some moment of the bot's clock, which has nothing to do with the store's.
var noon = time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)

var alarms = map[string]func(*testing.T, Open){
	"an alarm is set, moved and taken away": func(t *testing.T, open Open) {
		s, other := in(t, open(long)), in(t, open(long))
		expect := func(at time.Time) {
			t.Helper()
			for _, s := range []fixture{s, other} {
				next, set, err := s.NextAlarm(t.Context())
				require.NoError(t, err)
				require.Equal(t, !at.IsZero(), set)
				if !set {
					require.Empty(t, s.ringing(noon.AddDate(100, 0, 0), 10))
					continue
				}
				require.True(t, at.Equal(next), "%s", next)
				require.Empty(t, s.ringing(at.Add(-time.Millisecond), 10))
				require.Equal(t, []int64{chat}, s.ringing(at, 10))
				require.Equal(t, []int64{chat}, s.ringing(at, 10), "it claims nothing")
			}
		}
		expect(time.Time{})
		for _, at := range []time.Time{noon, noon, noon.Add(time.Hour), noon.Add(-time.Hour), {}, noon, {}} {
			s.commit(bot.Commit{Chat: chat, Owner: "a", Alarm: at})
			expect(at)
		}
	},

	"an alarm does not ring early": func(t *testing.T, open Open) {
		s := in(t, open(long))
		s.commit(bot.Commit{Chat: chat, Owner: "a", Alarm: noon.Add(time.Nanosecond)})
		require.Empty(t, s.ringing(noon, 10))
		require.Equal(t, []int64{chat}, s.ringing(noon.Add(time.Millisecond), 10))
	},

	"an alarm may be long past": func(t *testing.T, open Open) {
		s := in(t, open(long))
		s.commit(bot.Commit{Chat: chat, Owner: "a", Data: []byte("x"), Alarm: time.Unix(-5, 0)})
		require.Equal(t, []int64{chat}, s.ringing(noon, 10))
		s.commit(bot.Commit{Chat: chat, Owner: "a", Data: []byte("y")})
		require.Equal(t, []byte("y"), s.load(chat).Data)
		require.Empty(t, s.ringing(noon, 10))
	},

	"the earliest ring first": func(t *testing.T, open Open) {
		s := in(t, open(long))
		const chats = 40
		for i := range int64(chats) {
			at := noon.Add(time.Duration((i*17)%chats) * time.Minute)
			s.commit(bot.Commit{Chat: i + 1, Owner: "a", Alarm: at})
		}
		for _, limit := range []int{0, 1, 5, chats, chats + 5} {
			ringing := s.ringing(noon.Add(time.Hour), limit)
			require.Len(t, ringing, min(limit, chats))
			for place, id := range ringing {
				require.Equal(t, int64(place), ((id-1)*17)%chats)
			}
		}
		require.Len(t, s.ringing(noon.Add(9*time.Minute), 100), 10)
		next, _, err := s.NextAlarm(t.Context())
		require.NoError(t, err)
		require.True(t, noon.Equal(next))
	},
}
