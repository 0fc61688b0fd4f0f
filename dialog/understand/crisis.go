package understand

import "strings"

// Crisis looks for words of danger. Each of its findings can stand alone, but for signs: what is only a manner of speaking is named
// in the lexicon.
func (t *Text) Crisis() Crisis { return t.r.phrases.crisis(t.statement()) }

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
