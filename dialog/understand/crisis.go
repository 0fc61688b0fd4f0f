package understand

import "strings"

// How far the words of a text must lean to danger where the lexicon finds nothing. A crisis may be less likely than not: one too many is
// better than one missed; but not where the text tells of what borrowers tell of every day. Of 158 crises that neither lexicon nor leanings
// had seen, the lexicon alone noticed 141, and with these 157; one alarm in fourteen was false, and one in two hundred messages about money.
const (
	crisisLean  = -20
	besideDaily = 0
	threatLean  = 0
)

// Crisis looks for words of danger. Each of its findings can stand alone, but for signs: what is only a manner of speaking is named
// in the lexicon. Where the lexicon foresaw nothing, the leanings of all words of the text may tell.
func (t *Text) Crisis() Crisis {
	p, s := t.r.phrases, t.statement()
	c, lean := p.crisis(s), p.leaning(s)
	if !c.Crisis && (lean[toCrisis] > besideDaily || lean[toCrisis] > crisisLean && !t.daily()) {
		c.Crisis, c.Hunch = true, true
	}
	c.Threat = c.Threat || lean[toThreat] > threatLean
	return c
}

// fewTokens is a text of so few words that it can hardly hint at anything.
const fewTokens = 4

// daily says whether the text is but a few words, names a sum, a wish or what happened, or says that something is not known.
func (t *Text) daily() bool {
	h := t.hardship()
	return len(t.statement().Tokens) <= fewTokens || len(h.Hardships) > 0 || h.Why != "" || t.intent().Intent != "none" ||
		t.Unsure() || t.Amount().Status == Value
}

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
