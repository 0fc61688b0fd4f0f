package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"respite/policy"
	"respite/policy/money"
)

// Value is a fact's value as the record keeps it: one short word, such as "m400000" for money in fen.
type Value policy.Value

// Facts is what the borrower said, as the record keeps it.
type Facts map[policy.FactID]Value

// marks are the first letters under which the kinds of value are kept. They never change.
var marks = map[policy.Kind]byte{
	policy.Money: 'm', policy.Count: 'n', policy.YesNo: 'y', policy.Choice: 'c', policy.Set: 's', policy.Skipped: '-',
}

// MarshalText writes the kind's letter and the value.
func (v Value) MarshalText() ([]byte, error) {
	mark, ok := marks[v.Kind]
	if !ok {
		return nil, fmt.Errorf("value of unknown kind %q", v.Kind)
	}
	switch v.Kind {
	case policy.Skipped:
		return []byte{mark}, nil
	case policy.Choice, policy.Set:
		return []byte(string(mark) + strings.Join(v.Names, ",")), nil
	default:
		return strconv.AppendInt([]byte{mark}, v.N, 10), nil
	}
}

// UnmarshalText reads what MarshalText wrote.
func (v *Value) UnmarshalText(b []byte) error {
	for kind, mark := range marks {
		if len(b) == 0 || b[0] != mark {
			continue
		}
		*v = Value{Kind: kind}
		rest := string(b[1:])
		switch kind {
		case policy.Skipped:
			return nil
		case policy.Choice, policy.Set:
			if rest != "" {
				v.Names = strings.Split(rest, ",")
			}
			return nil
		default:
			n, err := strconv.ParseInt(rest, 10, 64)
			v.N = n
			return err
		}
	}
	return fmt.Errorf("no kind of value begins with %q", b)
}

// same says whether two values are equal.
func (v Value) same(other Value) bool {
	return v.Kind == other.Kind && v.N == other.N && slices.Equal(v.Names, other.Names)
}

// known gives the facts in the policy's own type.
func (f Facts) known() policy.Facts {
	known := make(policy.Facts, len(f))
	for id, v := range f {
		known[id] = policy.Value(v)
	}
	return known
}

// has says whether the fact was answered or skipped.
func (f Facts) has(id policy.FactID) bool {
	_, ok := f[id]
	return ok
}

// shown gives a fact's value in words.
func shown(id policy.FactID, v Value) Text {
	switch v.Kind {
	case policy.Money:
		return T("value.money", "Amount", money.Fen(v.N))
	case policy.Count:
		if id == policy.DaysLate {
			return T("value.days", "Count", int(v.N))
		}
		if id == "dependants" {
			return T("value.people", "Count", int(v.N))
		}
		return T("value.count", "Count", int(v.N))
	case policy.YesNo:
		if v.N == 1 {
			return label(yes)
		}
		return label(no)
	case policy.Choice, policy.Set:
		var names []Text
		for _, n := range v.Names {
			names = append(names, T("choice."+string(id)+"."+n))
		}
		if names == nil {
			names = []Text{T("choice." + string(id) + ".none")}
		}
		return T("value.list", "Items", names)
	}
	return T("value.skipped")
}
