package dialog

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// reachable lists where one input can lead from a state, by the table.
func reachable(from State) map[State]bool {
	to := map[State]bool{from: true}
	open := func(s State) {
		switch s {
		case Onward:
			for _, f := range forks() {
				to[f.to] = true
			}
		case Earlier:
			for _, s := range []State{AskOwed, AskLate, AskWhy, AskMore} {
				to[s] = true
			}
		default:
			to[s] = true
		}
	}
	for _, r := range table() {
		if r.state != from {
			continue
		}
		for _, s := range r.leads {
			open(s)
		}
		for _, e := range r.press {
			for _, s := range e.to {
				open(s)
			}
		}
	}
	return to
}

func TestEveryStateCanBeReachedAndLeft(t *testing.T) {
	seen := map[State]bool{Consenting: true}
	for queue := []State{Consenting}; len(queue) > 0; queue = queue[1:] {
		for to := range reachable(queue[0]) {
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	for _, r := range table() {
		if r.state == Correcting || r.state == Settled {
			continue // reached by words and by the agents, from anywhere
		}
		require.True(t, seen[r.state], "no way leads to %q", r.state)
		require.NotNil(t, r.enter, "%q asks nothing", r.state)
	}
}

func TestVerbsAndStatesFitIntoAButton(t *testing.T) {
	word := regexp.MustCompile(`^[a-z_]{1,12}$`)
	verbs := map[Verb]bool{}
	for _, r := range table() {
		require.Regexp(t, word, string(r.state))
		for _, e := range r.press {
			verbs[e.verb] = true
		}
	}
	for v := range anywhere() {
		verbs[v] = true
	}
	for v := range verbs {
		require.Regexp(t, word, string(v))
	}
}

func TestGraphShowsEveryState(t *testing.T) {
	graph := Graph()
	for _, r := range table() {
		require.Contains(t, graph, string(r.state))
	}
	require.False(t, strings.Contains(graph, "--> \n"))
}

func TestParse(t *testing.T) {
	for data, want := range map[string][3]string{
		"1a.pick.500000": {"1a", "pick", "500000"}, ".help.cost": {"", "help", "cost"}, "": {"", "", ""}, "x": {"x", "", ""}, "3.take.a.b": {"3", "take", "a.b"},
	} {
		turn, verb, arg := parse(data)
		require.Equal(t, want, [3]string{turn, string(verb), arg}, data)
	}
}
