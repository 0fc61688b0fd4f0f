package understand

import (
	"slices"

	"respite/dialog/understand/phrase"
)

// Intent reads what somebody wants of the bot, whatever is being asked.
func (t *Text) Intent() Intent { return t.r.phrases.intent(t.runes, t.statement()) }

// wishes are what the intent lexicon found in a text, by sense.
type wishes map[string][]phrase.Finding

func (w wishes) has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return len(w[name]) > 0 })
}

// urgent are the intents that count wherever they are found, the first one first.
var urgent = []string{"human", "stop_reminders", "language"}

func (p *phrases) intent(text []rune, s *statement) Intent {
	w, maybe := make(wishes), make(wishes)
	for _, f := range s.Found("intent") {
		switch sense := p.senses[f.Sense]; {
		case sense.Weak:
			maybe[sense.Name] = append(maybe[sense.Name], f)
		default:
			w[sense.Name] = append(w[sense.Name], f)
		}
	}
	for _, name := range urgent {
		if w.has(name) && (name != "stop_reminders" || !w.has("formal")) {
			return Intent{Intent: name}
		}
	}
	asks := w.asks(text, s)
	switch {
	case w.has("call") && s.Only(slices.Concat(w["call"], w["greeting"], w["whole"])...):
		return Intent{Intent: "human"}
	case w.has("greeting") && s.Only(slices.Concat(w["greeting"], w["whole"])...):
		return Intent{Intent: "greeting"}
	case w.has("paid_already") && !w.has("complaint"):
		return Intent{Intent: "paid"}
	case w.has("complaint"):
		return Intent{Intent: "complaint"}
	case w.has("correct"):
		return Intent{Intent: "correct", Field: p.field(s, w)}
	case w.apart("paid", "cannot_pay") && !w.has("partly", "unpaid") && !asks:
		return Intent{Intent: "paid"}
	case w.has("back"):
		return Intent{Intent: "back"}
	case w.has("cancel"):
		return Intent{Intent: "cancel"}
	case w.has("broke"), w.has("cannot_pay") && !asks:
		return Intent{Intent: "cannot_pay"}
	case asks:
		return Intent{Intent: "question"}
	case maybe.has("correct"):
		return Intent{Intent: "correct", Field: p.field(s, w)}
	}
	return Intent{Intent: "none"}
}

// asks says whether the text is a question. One that names nothing but a figure is an answer in doubt ("20天？").
func (w wishes) asks(text []rune, s *statement) bool {
	if w.has("question") {
		return w.outside("question", "unsure")
	}
	if !slices.Contains(text, '?') && !slices.Contains(text, '？') || len(s.Tokens) == 0 {
		return false
	}
	return !s.Only(slices.Concat(w["figure"], w["greeting"])...)
}

// outside says whether something of the first sense was found that does not start in something of the second one.
func (w wishes) outside(name, larger string) bool {
	others, reach := w[larger], 0
	for _, f := range w[name] {
		for len(others) > 0 && others[0].Start <= f.Start {
			reach = max(reach, others[0].End)
			others = others[1:]
		}
		if f.Start >= reach {
			return true
		}
	}
	return false
}

// apart says whether something of the first sense was found that overlaps with nothing of the second one.
func (w wishes) apart(name, other string) bool {
	return slices.ContainsFunc(w[name], func(f phrase.Finding) bool {
		return !slices.ContainsFunc(w[other], func(g phrase.Finding) bool { return g.Start < f.End && f.Start < g.End })
	})
}

// field says what a correction is about: what it names, or else what its figures count, or a hardship that it tells of.
func (p *phrases) field(s *statement, w wishes) string {
	var first phrase.Finding
	field := ""
	for _, name := range []string{"amount", "lateness", "reason"} {
		for _, f := range w[name] {
			if field == "" || f.Start < first.Start || f.Start == first.Start && f.End > first.End {
				first, field = f, name
			}
		}
	}
	switch {
	case field == "reason":
		return "hardship"
	case field != "":
		return field
	case len(s.Found("hardship")) > 0:
		return "hardship"
	case w.has("numeral"):
		return "amount"
	}
	return ""
}
