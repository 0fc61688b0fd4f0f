package understand

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"path"
	"strings"

	"respite/policy/day"
)

// thirdParty is a line of the labelled third-party examples, as their README describes them.
type thirdParty struct {
	Text      string          `json:"text"`
	Span      string          `json:"span"`
	Expect    json.RawMessage `json:"expect"`
	ExpectMax string          `json:"expect_max"`
	Currency  string          `json:"currency"`
	Ref       string          `json:"ref"`
	Approx    any             `json:"approx"`
	Exotic    bool            `json:"exotic"`
	Future    bool            `json:"future"`
	Lunar     bool            `json:"lunar"`
	Doubtful  bool            `json:"doubtful"`
	Ambiguous bool            `json:"ambiguous_order"`
	Config    string          `json:"config"`
}

// saidOn is the day on which lines without a day are taken to be said.
const saidOn = "2026-11-22"

// scoreThird scores the entity's own text where a line gives it. Rows out of the domain are passed over: what is exotic, doubtful or
// lunar, and dates that lie ahead or are ambiguous in their order.
func (r *Reader) scoreThird(s *Score, name string, line []byte) error {
	var t thirdParty
	if err := json.Unmarshal(line, &t); err != nil {
		return err
	}
	if t.Span == "" {
		t.Span = t.Text
	}
	kind, _, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".jsonl"), "_")
	switch {
	case t.Exotic, t.Doubtful, t.Lunar, kind == "date" && (t.Future || t.Ambiguous || t.Ref == ""):
		return nil
	}
	var m Miss
	var ok bool
	var err error
	switch kind {
	case "money":
		ok, m, err = r.scoreMoney(t)
	case "number":
		ok, m, err = r.scoreNumber(t)
	case "duration":
		ok, m, err = r.scoreDuration(t)
	case "date":
		ok, m, err = r.scoreDate(t)
	case "t2s":
		m.Want, m.Got = r.normal.apply(expected(t)), r.normal.apply(t.Text)
		ok = m.Want == m.Got
	default:
		err = errKind
	}
	m.Text = t.Span
	if err == nil {
		s.count(ok, m)
	}
	return err
}

// expected returns the expected value as text.
func expected(t thirdParty) string { return strings.Trim(string(t.Expect), `"`) }

// scoreMoney wants the upper end of a range, and the currency if it is not the yuan.
func (r *Reader) scoreMoney(t thirdParty) (bool, Miss, error) {
	want := expected(t)
	if t.ExpectMax != "" {
		want = t.ExpectMax
	}
	f, ok := new(big.Rat).SetString(want)
	if !ok {
		return false, Miss{}, fmt.Errorf("%q is not an amount", want)
	}
	f.Mul(f, big.NewRat(100, 1))
	a := r.Amount(t.Span)
	exact := f.FloatString(0) == fmt.Sprint(int64(a.Fen)) && a.Status != Unknown
	lower, _ := new(big.Rat).SetString(expected(t))
	if t.ExpectMax != "" && lower != nil && a.Status == Confirm { // 几十万 has no upper end that anybody means
		exact = exact || lower.Mul(lower, big.NewRat(100, 1)).FloatString(0) == fmt.Sprint(int64(a.Fen)) && a.Why != "range"
	}
	return exact, Miss{Want: want, Got: fmt.Sprintf("%s %v %s %s", a.Status, a.Fen, a.Currency, a.Why), Certain: a.Status == Value}, nil
}

func (r *Reader) scoreNumber(t thirdParty) (bool, Miss, error) {
	want, ok := new(big.Float).SetString(expected(t))
	if !ok {
		return false, Miss{}, fmt.Errorf("%s is not a number", t.Expect)
	}
	got := "none"
	tokens := r.figures.numbers(r.normal.runes(t.Span), forMoney).tokens()
	for i := range tokens {
		if tokens[i].kind == figureToken {
			got = tokens[i].number.value.String()
			if before := near(tokens, i, -1); before.is(isNegative) || before.minus(&tokens[i]) {
				got = "-" + got
			}
			break
		}
	}
	m := Miss{Want: expected(t), Got: got}
	g, ok := new(big.Float).SetString(got)
	return ok && g.Text('g', 14) == want.Text('g', 14), m, nil
}

// scoreDuration allows for months of the calendar where a month was taken to be thirty days.
func (r *Reader) scoreDuration(t thirdParty) (bool, Miss, error) {
	var want float64
	if err := json.Unmarshal(t.Expect, &want); err != nil {
		return false, Miss{}, err
	}
	today, err := day.Parse(saidOn)
	if err != nil {
		return false, Miss{}, err
	}
	a := r.Lateness(t.Span, today)
	allowed := 0.99
	if approximate, _ := t.Approx.(bool); approximate {
		allowed = max(2, want/50)
	}
	ok := a.Status != Unknown && math.Abs(float64(a.Days)-want) <= allowed
	return ok, Miss{Want: fmt.Sprint(want), Got: fmt.Sprintf("%s %d %s", a.Status, a.Days, a.Why), Certain: a.Status == Value}, nil
}

func (r *Reader) scoreDate(t thirdParty) (bool, Miss, error) {
	today, err := day.Parse(t.Ref)
	if err != nil {
		return false, Miss{}, err
	}
	want, err := day.Parse(expected(t))
	if err != nil {
		return false, Miss{}, err
	}
	a := r.Lateness(t.Span, today)
	m := Miss{Want: fmt.Sprintf("%d (%s as of %s)", today-want, want, today), Got: fmt.Sprintf("%s %d %s", a.Status, a.Days, a.Why), Certain: a.Status == Value}
	return a.Status != Unknown && a.Days == int(today-want), m, nil
}
