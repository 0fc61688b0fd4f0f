package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"respite/policy/money"
	"respite/policy/rule"
)

// Parse reads a fact's value as operators write it: yuan, a whole number, true or false, a choice, or any number of choices,
// which may also be separated by commas; "skipped" for any kind. The message says what is wrong, and is empty if nothing is.
func (b *Book) Parse(id FactID, texts ...string) (v Value, message string) {
	d, ok := b.Fact(id)
	switch {
	case !ok:
		return Value{}, fmt.Sprintf("%q is not a fact%s", id, b.suggest(id))
	case b.facts[b.places[id]].derive != "":
		return Value{}, fmt.Sprintf("%s is worked out of other facts", id)
	}
	if len(texts) == 1 && texts[0] == string(Skipped) {
		return Value{Kind: Skipped}, ""
	}
	v.Kind = d.Kind
	if d.Kind == Set {
		return parseSet(d, texts)
	}
	if len(texts) != 1 {
		return Value{}, fmt.Sprintf("%s is one %s", id, d.Kind)
	}
	switch text := texts[0]; d.Kind {
	case Money:
		n, err := money.Parse(text)
		if err != nil {
			return Value{}, fmt.Sprintf("%s: %q is not an amount in yuan such as 1234.50", id, text)
		}
		v.N = int64(n)
	case Count:
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return Value{}, fmt.Sprintf("%s: %q is not a whole number", id, text)
		}
		v.N = n
	case YesNo:
		n := slices.Index([]string{"false", "true"}, text)
		if n < 0 {
			return Value{}, fmt.Sprintf("%s: %q is neither true nor false", id, text)
		}
		v.N = int64(n)
		return v, ""
	case Choice:
		v.Names = texts
		return v, noChoice(d, text)
	default:
		return Value{}, fmt.Sprintf("%s is asked for by its members, %s", id, factList(d.Members))
	}
	if v.N < d.Min || v.N > d.Max {
		return Value{}, fmt.Sprintf("%s: %q is outside the range that is declared, %s to %s", id, texts[0], figure(d, d.Min), figure(d, d.Max))
	}
	return v, ""
}

// suggest names the fact that may have been meant.
func (b *Book) suggest(id FactID) string {
	if best := rule.Nearest(string(id), b.names); best != "" {
		return fmt.Sprintf(", did you mean %q?", best)
	}
	return ""
}

// parseSet reads any number of choices into the order in which they are declared.
func parseSet(d Declaration, texts []string) (Value, string) {
	var names []string
	for _, text := range texts {
		for one := range strings.SplitSeq(text, ",") {
			if one = strings.TrimSpace(one); one == "" {
				continue
			}
			if message := noChoice(d, one); message != "" {
				return Value{}, message
			}
			names = append(names, one)
		}
	}
	slices.SortFunc(names, func(x, y string) int { return slices.Index(d.Choices, x) - slices.Index(d.Choices, y) })
	return Value{Kind: Set, Names: slices.Compact(names)}, ""
}

func noChoice(d Declaration, name string) string {
	if slices.Contains(d.Choices, name) {
		return ""
	}
	return fmt.Sprintf("%s has no choice %q: %s", d.ID, name, strings.Join(d.Choices, ", "))
}

// figure writes a figure of a fact as operators write it.
func figure(d Declaration, n int64) string {
	if d.Kind == Money {
		return money.Fen(n).String()
	}
	return strconv.FormatInt(n, 10)
}

func factList(ids []FactID) string {
	var names []string
	for _, id := range ids {
		names = append(names, string(id))
	}
	return strings.Join(names, ", ")
}
