package understand

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"respite/policy/day"
)

// Kinds of question that a line can put.
const (
	KindAmount   = "amount"
	KindLateness = "lateness"
	KindHardship = "hardship"
	KindCrisis   = "crisis"
	KindIntent   = "intent"
	KindMessage  = "message"
)

// Query is one line for Answer: a text and what is asked of it.
type Query struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Today string `json:"today"` // YYYY-MM-DD; for lateness and message
}

// Answer is a reading as JSON: the fields that apply to the kind.
type Answer struct {
	Status    Status    `json:"status,omitempty"`
	Fen       *int64    `json:"fen,omitempty"`
	Currency  string    `json:"currency,omitempty"`
	Days      *int      `json:"days,omitempty"`
	Hardships *[]string `json:"hardships,omitempty"`
	Crisis    *bool     `json:"crisis,omitempty"`
	Threat    *bool     `json:"threat,omitempty"`
	Intent    string    `json:"intent,omitempty"`
	Field     string    `json:"field,omitempty"`
	Why       string    `json:"why,omitempty"`

	Amount   *Answer `json:"amount,omitempty"` // these three for a message
	Lateness *Answer `json:"lateness,omitempty"`
	Hardship *Answer `json:"hardship,omitempty"`
}

// Answer reads the text of a query.
func (r *Reader) Answer(q Query) (Answer, error) {
	var today day.Date
	if q.Kind == KindLateness || q.Kind == KindMessage {
		var err error
		if today, err = day.Parse(q.Today); err != nil {
			return Answer{}, fmt.Errorf("today: %w", err)
		}
	}
	switch q.Kind {
	case KindAmount:
		return r.Amount(q.Text).answer(), nil
	case KindLateness:
		return r.Lateness(q.Text, today).answer(), nil
	case KindHardship:
		return r.Hardship(q.Text).answer(), nil
	case KindCrisis:
		return r.Crisis(q.Text).answer(), nil
	case KindIntent:
		return r.Intent(q.Text).answer(), nil
	case KindMessage:
		return r.Message(q.Text, today).answer(), nil
	}
	return Answer{}, fmt.Errorf("there is no kind %q", q.Kind)
}

func (a Amount) answer() Answer {
	out := Answer{Status: a.Status, Currency: a.Currency, Why: a.Why}
	if a.Status != Unknown {
		fen := int64(a.Fen)
		out.Fen = &fen
	}
	return out
}

func (l Lateness) answer() Answer {
	out := Answer{Status: l.Status, Why: l.Why}
	if l.Status != Unknown {
		out.Days = &l.Days
	}
	return out
}

func (h Hardship) answer() Answer {
	list := h.Hardships
	if list == nil {
		list = []string{}
	}
	return Answer{Status: h.Status, Hardships: &list, Why: h.Why}
}

func (c Crisis) answer() Answer { return Answer{Crisis: &c.Crisis, Threat: &c.Threat} }

func (i Intent) answer() Answer { return Answer{Intent: i.Intent, Field: i.Field} }

func (m Message) answer() Answer {
	amount, lateness, hardship := m.Amount.answer(), m.Lateness.answer(), m.Hardship.answer()
	return Answer{Amount: &amount, Lateness: &lateness, Hardship: &hardship, Crisis: &m.Crisis.Crisis, Threat: &m.Crisis.Threat,
		Intent: m.Intent.Intent, Field: m.Intent.Field}
}

// Score is how well the lines of a corpus were read.
type Score struct {
	Cases, Exact int
	Certain      int // misses that were given as a Value
	Misses       []Miss
}

// Miss is a line that was not read as it should have been.
type Miss struct {
	Text, Want, Got string
	Certain         bool
}

// Score reads the JSON lines of a corpus: the house's own, which say what they want, or third-party ones, whose kind name says.
// The error names the line.
func (r *Reader) Score(name string, lines io.Reader) (Score, error) {
	var s Score
	scan := bufio.NewScanner(lines)
	scan.Buffer(nil, 1<<20)
	for n := 1; scan.Scan(); n++ {
		if strings.TrimSpace(scan.Text()) == "" {
			continue
		}
		if err := r.scoreLine(&s, name, scan.Bytes()); err != nil {
			return s, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return s, scan.Err()
}

func (r *Reader) scoreLine(s *Score, name string, line []byte) error {
	var own struct {
		Query
		Want map[string]json.RawMessage `json:"want"`
	}
	if err := json.Unmarshal(line, &own); err != nil {
		return err
	}
	if own.Want == nil {
		return r.scoreThird(s, name, line)
	}
	got, err := r.Answer(own.Query)
	if err != nil {
		return err
	}
	text, err := json.Marshal(got)
	if err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	want, err := json.Marshal(own.Want)
	if err != nil {
		return err
	}
	ok := true
	for name, value := range own.Want {
		ok = ok && same(value, fields[name])
	}
	s.count(ok, Miss{own.Text, string(want), string(text), got.Status == Value})
	return nil
}

// same says whether two JSON values are equal; lists are compared without their order, and of objects the fields that want has.
func same(want, got json.RawMessage) bool {
	var w, g any
	if json.Unmarshal(want, &w) != nil || len(got) > 0 && json.Unmarshal(got, &g) != nil {
		return false
	}
	return sameValue(w, g)
}

func sameValue(w, g any) bool {
	switch w := w.(type) {
	case []any:
		list, ok := g.([]any)
		return ok && len(list) == len(w) && !slices.ContainsFunc(w, func(v any) bool { return !slices.Contains(list, v) })
	case map[string]any:
		fields, ok := g.(map[string]any)
		for name, v := range w {
			ok = ok && sameValue(v, fields[name])
		}
		return ok
	}
	return w == g
}

func (s *Score) count(ok bool, m Miss) {
	s.Cases++
	if ok {
		s.Exact++
		return
	}
	s.Misses = append(s.Misses, m)
	if m.Certain {
		s.Certain++
	}
}

// errKind says that a third-party file's name does not say what is in it.
var errKind = errors.New("neither the line says what it wants, nor the name of the file (money, number, duration, date, t2s)")
