package explain

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"respite/policy"
	"respite/policy/money"
)

// figure writes a value into a sentence, in a form that no language objects to.
func figure(v policy.Value) string {
	switch v.Kind {
	case policy.Money:
		return yuan(money.Fen(v.N))
	case policy.Count, policy.YesNo:
		return strconv.FormatInt(v.N, 10)
	}
	return strings.Join(v.Names, ", ")
}

// yuan writes "¥4,000.00".
func yuan(f money.Fen) string {
	sign, digits := "", f.String()
	if f < 0 {
		sign, digits = "-", digits[1:]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return sign + "¥" + whole + "." + fraction
}

// marks stand before what holds, does not, or is not known.
var marks = map[policy.Verdict]string{policy.Eligible: "+", policy.Ineligible: "-", policy.Undecided: "?"}

// Write writes the explanation for a terminal.
func (e Explanation) Write(w io.Writer) error {
	var b strings.Builder
	for _, p := range e.Programmes {
		fmt.Fprintf(&b, "%s %s  %s", marks[p.Verdict], p.ID, p.Verdict)
		if len(p.Needs) > 0 {
			fmt.Fprintf(&b, ", needs %s", ids(p.Needs))
		}
		fmt.Fprintf(&b, "\n    %s\n", p.Name)
		if p.Human != "" {
			fmt.Fprintf(&b, "    %s\n", p.Human)
		}
		for _, r := range p.Reasons {
			r.write(&b)
		}
		for _, o := range p.Offers {
			o.write(&b)
		}
	}
	e.writeSources(&b)
	if e.Left != nil {
		fmt.Fprintf(&b, "left over each month: %s\n", yuan(money.Fen(*e.Left)))
	}
	if e.Unfit {
		b.WriteString("no plan keeps within what is left over: a person has to look at it\n")
	}
	if e.Next != "" {
		fmt.Fprintf(&b, "next question: %s\n", e.Next)
	}
	fmt.Fprintf(&b, "book %s, as of %v\n", e.Book, e.Today)
	_, err := io.WriteString(w, b.String())
	return err
}

// writeSources writes the title of each source once, in the order in which they come up.
func (e Explanation) writeSources(b *strings.Builder) {
	seen := map[string]bool{}
	for _, p := range e.Programmes {
		for _, r := range p.Reasons {
			for i, id := range strings.Split(r.Source, ", ") {
				if i < len(r.Sources) && !seen[id] {
					seen[id] = true
					fmt.Fprintf(b, "%s: %s\n", id, r.Sources[i])
				}
			}
		}
	}
}

func (r Reason) write(b *strings.Builder) {
	fmt.Fprintf(b, "    %s %s: %s\n", marks[r.Verdict], r.ID, r.Text)
	if r.If != "" {
		fmt.Fprintf(b, "        %s  (%s)\n", r.If, r.Source)
	}
}

func (o Offer) write(b *strings.Builder) {
	fmt.Fprintf(b, "    = %s: %s by %v", o.ID, yuan(money.Fen(o.Total)), o.Last)
	if o.Waived != 0 {
		fmt.Fprintf(b, ", waived %s", yuan(money.Fen(o.Waived)))
	}
	if o.Running != 0 {
		fmt.Fprintf(b, ", interest %s (%s%% a year)", yuan(money.Fen(o.Running)), o.Annual)
	}
	fmt.Fprintf(b, "; with nothing paid %s", yuan(money.Fen(o.Idle)))
	if o.Short != 0 {
		fmt.Fprintf(b, "; %s more than is left over", yuan(money.Fen(o.Short)))
	}
	if o.Agent {
		b.WriteString("; needs approval")
	}
	if o.Estimate {
		fmt.Fprintf(b, "; estimate, exact with %s", ids(o.Wants))
	}
	b.WriteByte('\n')
	for i := 0; i < len(o.Payments); {
		n := i + 1
		for n < len(o.Payments) && o.Payments[n].Amount == o.Payments[i].Amount {
			n++
		}
		fmt.Fprintf(b, "        %v%14s", o.Payments[i].Due, yuan(money.Fen(o.Payments[i].Amount)))
		if n > i+1 {
			fmt.Fprintf(b, "  %d times until %v", n-i, o.Payments[n-1].Due)
		}
		b.WriteByte('\n')
		i = n
	}
}

func ids(facts []policy.FactID) string {
	names := make([]string, len(facts))
	for i, f := range facts {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}
