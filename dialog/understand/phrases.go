package understand

import (
	"embed"
	"fmt"
	"strings"

	"respite/dialog/understand/phrase"
)

//go:embed lexicon/words.*.yaml lexicon/grammar.*.yaml lexicon/hardship.*.yaml lexicon/crisis.*.yaml lexicon/intent.*.yaml
var phraseFiles embed.FS

// phraseTopics are the lexicons that are read phrase by phrase, each in a file for every language.
var phraseTopics = []string{"words", "grammar", "hardship", "crisis", "intent"}

// phrases reads what is said in phrases rather than in figures.
type phrases struct {
	lexicon  *phrase.Lexicon
	senses   []phrase.Sense
	grammar  []grammarSense // by sense
	ranks    []int          // by sense, of the hardship lexicon: its standing
	wishes   []wish         // by sense, of the intent lexicon
	lean     *leanings      // to leanKinds; set by New
	wishLean *leanings      // to wishKinds; set by New
}

func loadPhrases(n *normaliser) (*phrases, error) {
	var files []string
	for _, topic := range phraseTopics {
		for _, lang := range []string{"zh", "en"} {
			files = append(files, fmt.Sprintf("lexicon/%s.%s.yaml", topic, lang))
		}
	}
	lexicon, err := phrase.Compile(phraseFiles, files, n.add)
	if err != nil {
		return nil, err
	}
	p := &phrases{lexicon: lexicon, senses: lexicon.Senses()}
	p.grammar, p.ranks, p.wishes = make([]grammarSense, len(p.senses)), make([]int, len(p.senses)), make([]wish, len(p.senses))
	for id, s := range p.senses {
		p.ranks[id] = standing(s.Name)
		if s.Topic == "intent" {
			if p.wishes[id], err = wishNamed(s.Name); err != nil {
				return nil, err
			}
		}
		if s.Topic != "grammar" {
			continue
		}
		if p.grammar[id] = grammarNames[s.Name]; p.grammar[id] == noGrammar && s.Name != "not" && !strings.HasPrefix(s.Name, "not ") {
			return nil, fmt.Errorf("grammar lexicon: sense %q is not known", s.Name)
		}
	}
	return p, nil
}

// name returns the name of the sense of f.
func (p *phrases) name(f phrase.Finding) string { return p.senses[f.Sense].Name }
