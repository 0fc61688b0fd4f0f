package understand

import (
	_ "embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed lexicon/yesno.yaml
var yesNoFile []byte

// YesNo is the answer to a question that wants yes or no.
type YesNo int

// Answers to a question that wants yes or no. Unsure is anything else.
const (
	Unsure YesNo = iota
	Yes
	No
)

// endMarks end an answer without changing it.
const endMarks = " .,!?~。，！？、…～\n"

// loadYesNo compiles the lexicon of yes and no.
func loadYesNo(n *normaliser) (map[string]YesNo, error) {
	var words struct {
		Yes, No  []string
		YesSigns []string `yaml:"yes_signs"`
		NoSigns  []string `yaml:"no_signs"`
	}
	if err := yaml.Load(yesNoFile, &words, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("yesno.yaml: %w", err)
	}
	out := make(map[string]YesNo, len(words.Yes)+len(words.No))
	for _, w := range words.Yes {
		out[n.apply(w)] = Yes
	}
	for _, w := range words.No {
		if out[n.apply(w)] == Yes {
			return nil, fmt.Errorf("yesno.yaml: %q is both yes and no", w)
		}
		out[n.apply(w)] = No
	}
	delete(out, "")
	for _, s := range words.YesSigns {
		out[s] = Yes
	}
	for _, s := range words.NoSigns {
		out[s] = No
	}
	return out, nil
}

// YesNo reads the answer to a question that wants yes or no.
func (t *Text) YesNo() YesNo {
	if a := t.r.yesno[strings.TrimSpace(t.typed)]; a != Unsure {
		return a
	}
	words := strings.Trim(t.normal(), endMarks)
	if a := t.r.yesno[words]; a != Unsure {
		return a
	}
	head, _, cut := cutAny(words, endMarks)
	if !cut {
		return Unsure
	}
	return t.r.yesno[head]
}

// cutAny cuts a text at the first of some characters.
func cutAny(s, chars string) (before, after string, found bool) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i:], true
	}
	return s, "", false
}
