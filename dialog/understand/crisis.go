package understand

import (
	"slices"
	"strings"
)

// How far all words of a text, and what the lexicon finds in it, must lean to danger; less far where a phrase of the lexicon says it outright,
// which is only overruled by words that speak of something else. A danger may be less likely than not: one too many is better than one missed.
// With these, and leanings learned without the exams (batches 32 to 36 of the corpus), 1,162 of the 1,165 crises in the exams were noticed, and
// 347 of 351 threats; 8 and 5 of a hundred alarms were false there, where every other line is close to danger, and 25 of 1,100 messages of
// ordinary talk raised one. The thresholds were chosen on all but the last of those exams; of its 320 crises 317 were noticed.
const (
	crisisLean = -17
	threatLean = -22
	saidLean   = -35
)

// slightLean and dailyLean are how far must lean to a crisis, where no phrase says it, what can hardly hint at anything, and what says for
// sure what is wanted or how much is owed.
const (
	slightLean = 5
	dailyLean  = -10
)

// Crisis looks for danger. What the lexicon finds and all other words of the text are weighed together.
func (t *Text) Crisis() Crisis {
	p, s := t.r.phrases, t.statement()
	said, lean := p.crisis(s), p.leaning(s)
	c := Crisis{
		Crisis: said.Crisis && !s.overrules(lean[toCrisis]),
		Threat: said.Threat && !s.overrules(lean[toThreat]) || lean[toThreat] > threatLean,
	}
	if !said.Crisis {
		c.Hunch = lean[toCrisis] > crisisLean && lean[toCrisis] > t.usualLean()
		c.Crisis = c.Hunch
	}
	return c
}

// usualLean is how far a text may lean to a crisis without being one, for what else it is and how little it says.
func (t *Text) usualLean() int {
	switch {
	case t.slight():
		return slightLean
	case t.intent().Intent != "none" || slices.ContainsFunc(t.runes, t.r.figures.may) && t.Amount().Status == Value:
		return dailyLean
	}
	lacking := max(0, enoughTokens-len(t.statement().Tokens))
	return crisisLean + (slightLean-crisisLean)*lacking/(enoughTokens-fewTokens)
}

// fewTokens is a text of so few words that it can hardly hint at anything, enoughTokens one of so many that chance makes little of what they
// lean to; between the two a text may lean the further, the less it says.
const (
	fewTokens    = 4
	enoughTokens = 12
)

// slight says whether the text is but a few words, or says no more than that something is not known.
func (t *Text) slight() bool { return len(t.statement().Tokens) <= fewTokens || t.Unsure() }

// overrules says whether the words of a statement, by how far they lean to a danger, speak against a phrase that says it: they do where all
// of them were weighed.
func (s *statement) overrules(lean int) bool { return lean <= saidLean && len(s.Tokens) <= mostWeighed }

// crisis is what the lexicon says of danger. Each of its findings can stand alone, but for signs: what is only a manner of speaking is named
// in the lexicon.
func (p *phrases) crisis(s *statement) Crisis {
	var c Crisis
	var seen signs
	for _, f := range s.Found("crisis") {
		switch sense := p.senses[f.Sense]; sense.Name {
		case "crisis":
			c.Crisis = true
		case "threat":
			c.Threat = true
		case "plan":
			seen.plan = true
		default:
			seen.add(sense.Name, sense.Weak)
			seen.telling = seen.telling || strings.HasPrefix(sense.Name, "telling ")
		}
	}
	c.Crisis = c.Crisis || seen.grave()
	return c
}

// signs are what may be harmless alone, such as a cat given away or a night on a bridge.
type signs struct {
	kind    string // of the last one
	several bool   // they are of more than one kind
	telling bool   // one of them is enough where no ordinary reason is given
	plain   bool   // one of them says more than that somebody is tired or calm
	plan    bool   // an ordinary reason for them was given, or a plan for the time to come
}

func (s *signs) add(kind string, weak bool) {
	s.plain = s.plain || !weak
	s.several = s.several || s.kind != "" && s.kind != kind
	s.kind = kind
}

// grave says whether signs of different kinds came together, or a telling one, and nothing ordinary explains them.
func (s *signs) grave() bool { return !s.plan && (s.telling || s.plain && s.several) }
