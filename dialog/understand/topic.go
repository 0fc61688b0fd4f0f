package understand

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed lexicon/topics.yaml
var topicsFile []byte

// topic is one of the questions that have an answer, with the words that point to it.
type topic struct {
	id    string
	words []string
}

// loadTopics compiles the lexicon of questions, sorted by id.
func loadTopics(n *normaliser) ([]topic, error) {
	var words map[string][]string
	if err := yaml.Load(topicsFile, &words); err != nil {
		return nil, fmt.Errorf("topics.yaml: %w", err)
	}
	topics := make([]topic, 0, len(words))
	for id, list := range words {
		t := topic{id: id}
		for _, w := range list {
			t.words = append(t.words, n.apply(w))
		}
		topics = append(topics, t)
	}
	slices.SortFunc(topics, func(a, b topic) int { return strings.Compare(a.id, b.id) })
	return topics, nil
}

// longestQuestion is how many bytes of a message are looked through for a question.
const longestQuestion = 600

// Topic names the question with a known answer that the text asks; empty if it is none of them.
func (t *Text) Topic() string {
	words := t.normal()
	words = words[:min(len(words), longestQuestion)]
	best, most := "", 0
	for _, topic := range t.r.topics {
		score := 0
		for _, w := range topic.words {
			if strings.Contains(words, w) {
				score += len(w)
			}
		}
		if score > most {
			best, most = topic.id, score
		}
	}
	return best
}
