package understand

import (
	"embed"
	"fmt"

	"respite/dialog/understand/phrase"
)

//go:embed lexicon/words.*.yaml lexicon/grammar.*.yaml lexicon/hardship.*.yaml lexicon/crisis.*.yaml lexicon/intent.*.yaml
var phraseFiles embed.FS

// phraseTopics are the lexicons that are read phrase by phrase, each in a file for every language.
var phraseTopics = []string{"words", "grammar", "hardship", "crisis", "intent"}

// phrases reads what is said in phrases rather than in figures.
type phrases struct {
	lexicon *phrase.Lexicon
	senses  []phrase.Sense
	grammar []grammarSense // by sense
}

// grammarSense is a sense of the grammar lexicon, which says what its words do to a statement.
type grammarSense uint8

const (
	noGrammar  grammarSense = iota
	denies                  // what follows is not so
	deniesNext              // so too, but only of what follows at once
	turns                   // something else is said from here
	supposes                // what follows is so only perhaps
	joins                   // what is denied of one is denied of the other
	isSelf                  // the speaker
	isKin                   // one of the speaker's family
	isThey                  // somebody named before
	isOther                 // somebody else
	grammarSenses
)

var grammarNames = map[string]grammarSense{
	"no": denies, "no near": deniesNext, "turn": turns, "perhaps": supposes, "or": joins, "self": isSelf, "kin": isKin, "they": isThey, "others": isOther,
}

func loadPhrases(n *normaliser) (*phrases, error) {
	var files []string
	for _, topic := range phraseTopics {
		for _, lang := range []string{"zh", "en"} {
			files = append(files, fmt.Sprintf("lexicon/%s.%s.yaml", topic, lang))
		}
	}
	lexicon, err := phrase.Compile(phraseFiles, files, n.characters)
	if err != nil {
		return nil, err
	}
	p := &phrases{lexicon: lexicon, senses: lexicon.Senses()}
	p.grammar = make([]grammarSense, len(p.senses))
	for id, s := range p.senses {
		if s.Topic != "grammar" {
			continue
		}
		if p.grammar[id] = grammarNames[s.Name]; p.grammar[id] == noGrammar && s.Name != "not" {
			return nil, fmt.Errorf("grammar lexicon: sense %q is not known", s.Name)
		}
	}
	return p, nil
}

// statement is a text with what its grammar words do, in the order in which they stand.
type statement struct {
	*phrase.Text
	words [grammarSenses][]phrase.Finding
}

func (p *phrases) read(text []rune) *statement {
	s := &statement{Text: p.lexicon.Read(text)}
	for _, f := range s.Found("grammar") {
		g := p.grammar[f.Sense]
		s.words[g] = append(s.words[g], f)
	}
	return s
}

// anyBetween says whether a word of sense g stands between two places.
func (s *statement) anyBetween(g grammarSense, from, to int) bool {
	for _, f := range s.words[g] {
		if f.Start >= to {
			return false
		}
		if f.Start >= from && f.End <= to {
			return true
		}
	}
	return false
}

// reaches says whether what ends at from bears on what starts at to: close by, in the same clause, with no turn between.
func (s *statement) reaches(from, to, weight int) bool {
	return from <= to && s.Between(from, to) <= weight && s.BreakBetween(from, to) < phrase.Comma && !s.anyBetween(turns, from, to)
}
