package telegram

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWindowConfirmsNothingAtFirst(t *testing.T) {
	var w window
	require.Zero(t, w.offset(), "offset 0 confirms nothing")
	open, room := w.state()
	require.Zero(t, open)
	require.Equal(t, batch, room)
}

func TestWindowWaitsForTheFirstUnfinished(t *testing.T) {
	var w window
	for _, id := range []int64{10, 11, 15} {
		require.True(t, w.add(id))
	}
	w.finish(11)
	require.EqualValues(t, 10, w.offset())
	w.finish(10)
	require.True(t, w.known(10), "an answer on its way may still hold it")
	require.False(t, w.add(10))
	require.EqualValues(t, 15, w.offset(), "a gap in the ids is none in the updates")
	require.False(t, w.known(10))
	w.finish(15)
	require.EqualValues(t, 16, w.offset())
}

func TestWindowFollowsIDsThatStartAgainLower(t *testing.T) {
	// After a week without updates Telegram chooses the next id at random.
	var w window
	w.add(900)
	w.finish(900)
	require.EqualValues(t, 901, w.offset())
	require.True(t, w.add(5))
	require.EqualValues(t, 5, w.offset())
	w.finish(5)
	require.EqualValues(t, 6, w.offset())
}

// TestWindowProperty drives a window beside a server that forgets what is confirmed, and checks that nothing unfinished is ever
// forgotten, nothing is started twice, and everything is confirmed in the end.
func TestWindowProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w window
		var server, inHand, finished []int64
		started := map[int64]int{}
		next := int64(rapid.IntRange(1, 1000).Draw(t, "first"))
		poll := func() {
			offset := w.offset()
			if n := len(finished); n > 0 && len(inHand) == 0 {
				require.Equal(t, slices.Max(finished)+1, offset, "all that is finished is confirmed")
			}
			for _, id := range inHand {
				require.LessOrEqual(t, offset, id, "an unfinished update is confirmed")
			}
			server = slices.DeleteFunc(server, func(id int64) bool { return id < offset })
			answer := slices.Clone(server[:min(len(server), batch)])
			if len(inHand) > 0 && rapid.Bool().Draw(t, "ends meanwhile") {
				w.finish(inHand[0])
				finished, inHand = append(finished, inHand[0]), inHand[1:]
			}
			for _, id := range answer {
				if w.add(id) {
					started[id]++
					inHand = append(inHand, id)
				}
			}
			open, room := w.state()
			require.Equal(t, len(inHand), open)
			require.GreaterOrEqual(t, room, 0)
		}
		t.Repeat(map[string]func(*rapid.T){
			"arrive": func(t *rapid.T) {
				for range rapid.IntRange(1, 40).Draw(t, "n") {
					server = append(server, next)
					next += int64(rapid.IntRange(1, 3).Draw(t, "gap"))
				}
			},
			"finish": func(t *rapid.T) {
				if len(inHand) == 0 {
					t.Skip()
				}
				i := rapid.IntRange(0, len(inHand)-1).Draw(t, "which")
				w.finish(inHand[i])
				finished, inHand = append(finished, inHand[i]), slices.Delete(inHand, i, i+1)
			},
			"poll": func(*rapid.T) { poll() },
		})
		for len(server) > 0 {
			for _, id := range inHand {
				w.finish(id)
				finished = append(finished, id)
			}
			inHand = nil
			poll()
		}
		for id, n := range started {
			require.Equal(t, 1, n, "update %d", id)
		}
	})
}
