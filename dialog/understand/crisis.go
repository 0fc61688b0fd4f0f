package understand

// Crisis looks for words of danger. Each of its findings can stand alone: what is only a manner of speaking is named in the lexicon.
func (t *Text) Crisis() Crisis { return t.r.phrases.crisis(t.statement()) }

func (p *phrases) crisis(s *statement) Crisis {
	var c Crisis
	for _, f := range s.Found("crisis") {
		switch p.senses[f.Sense].Name {
		case "crisis":
			c.Crisis = true
		case "threat":
			c.Threat = true
		}
	}
	return c
}
