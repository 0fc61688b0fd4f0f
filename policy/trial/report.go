package trial

import (
	"fmt"
	"io"
	"strings"

	"respite/policy"
)

// Write writes a report as go test does: a block for each case that failed, a line for each programme, and at the end the
// conditions of which the cases show only one side. With verbose, cases that passed have a line too.
func (r Report) Write(w io.Writer, verbose bool) error {
	var b strings.Builder
	for i := 0; i < len(r.Results); {
		n, bad := i, 0
		for ; n < len(r.Results) && r.Results[n].Case.Programme == r.Results[i].Case.Programme; n++ {
			if len(r.Results[n].Faults) > 0 {
				bad++
			}
			r.Results[n].write(&b, verbose)
		}
		if bad > 0 {
			fmt.Fprintf(&b, "FAIL  %-28s %d of %s failed\n", r.Results[i].Case.Programme, bad, cases(n-i))
		} else {
			fmt.Fprintf(&b, "ok    %-28s %s\n", r.Results[i].Case.Programme, cases(n-i))
		}
		i = n
	}
	for i, c := range r.Blind {
		if i == 0 {
			b.WriteString("conditions that no case shows both ways:\n")
		}
		fmt.Fprintf(&b, "      %s: %s never comes out %s\n", c.Programme, c.Condition, sides(c.Never))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Result) write(b *strings.Builder, verbose bool) {
	switch {
	case len(r.Faults) > 0:
		fmt.Fprintf(b, "--- FAIL: %s: %s (%s:%d)\n", r.Case.Programme, r.Case.Name, r.Case.File, r.Case.Line)
		for _, f := range r.Faults {
			fmt.Fprintf(b, "    %s\n", strings.TrimRight(f, "\n"))
		}
	case verbose:
		fmt.Fprintf(b, "--- PASS: %s: %s\n", r.Case.Programme, r.Case.Name)
	}
}

func cases(n int) string {
	if n == 1 {
		return "1 case"
	}
	return fmt.Sprintf("%d cases", n)
}

// sides says what a condition never came out as.
func sides(never []policy.Verdict) string {
	if len(never) > 1 {
		return "yes or no"
	}
	if never[0] == policy.Eligible {
		return "yes"
	}
	return "no"
}
