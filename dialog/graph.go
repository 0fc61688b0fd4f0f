package dialog

import (
	"fmt"
	"slices"
	"strings"
)

// Graph draws the states and the ways between them as a Mermaid diagram. What works from every state (help, a person, going back
// to an earlier answer, another language, stopping) is left out: it leads back to where it was used.
func Graph() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    [*] --> consent: /start\n    state onward <<choice>>\n    state earlier <<choice>>\n")
	for _, r := range table() {
		ways := map[State][]string{}
		var order []State
		add := func(to State, by string) {
			if to == r.state {
				return
			}
			if ways[to] == nil {
				order = append(order, to)
			}
			if !slices.Contains(ways[to], by) {
				ways[to] = append(ways[to], by)
			}
		}
		for _, to := range r.leads {
			add(to, r.says)
		}
		for _, e := range r.press {
			for _, to := range e.to {
				add(to, string(e.verb))
			}
		}
		for _, to := range order {
			fmt.Fprintf(&b, "    %s --> %s: %s\n", r.state, to, strings.Join(ways[to], ", "))
		}
	}
	for _, f := range forks() {
		fmt.Fprintf(&b, "    onward --> %s: %s\n", f.to, f.when)
	}
	for _, again := range []State{AskOwed, AskLate, AskWhy, AskMore} {
		fmt.Fprintf(&b, "    earlier --> %s\n", again)
	}
	b.WriteString("    review --> running: approved by an agent\n    review --> offers: declined by an agent\n")
	b.WriteString("    running --> settled: every payment confirmed\n    closed --> onward: resume\n    settled --> [*]\n")
	return b.String()
}
