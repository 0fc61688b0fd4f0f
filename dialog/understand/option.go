package understand

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed lexicon/options.yaml
var optionsFile []byte

// options are words for answers that can also be pressed.
type options struct {
	choices map[string]glossary // by fact
	nothing glossary
	unsure  glossary
	pick    glossary
	change  glossary
}

// What a word of pick stands for besides a number.
const (
	filler = "filler"
	single = "one" // a number, unless another stands beside it
	last   = "last"
)

// Changes of a plan that a borrower may ask for.
const (
	bound = "bound" // none: 最多还300 is not 多还300
	More  = "more"  // higher instalments
	Less  = "less"  // lower ones
	Fewer = "fewer" // sooner done
	Later = "later" // a later start
)

// loadOptions compiles the lexicon of answers that can also be pressed.
func loadOptions(n *normaliser) (options, error) {
	var file struct {
		Choices map[string]map[string][]string
		Nothing []string
		Unsure  []string
		Pick    struct {
			Filler, One, Last []string
			Numbers           map[int][]string
		}
		Change map[string][]string
	}
	if err := yaml.Load(optionsFile, &file, yaml.WithKnownFields()); err != nil {
		return options{}, fmt.Errorf("options.yaml: %w", err)
	}
	var faults []error
	compile := func(where string, in map[string][]string) glossary {
		g, err := n.glossary(in)
		if err != nil {
			faults = append(faults, fmt.Errorf("options.yaml: %s: %w", where, err))
		}
		return g
	}
	o := options{
		choices: map[string]glossary{},
		nothing: compile("nothing", map[string][]string{"": file.Nothing}),
		unsure:  compile("unsure", map[string][]string{"": file.Unsure}),
		change:  compile("change", file.Change),
	}
	for fact, words := range file.Choices {
		o.choices[fact] = compile(fact, words)
	}
	picks := map[string][]string{filler: file.Pick.Filler, single: file.Pick.One, last: file.Pick.Last}
	for number, words := range file.Pick.Numbers {
		picks[strconv.Itoa(number)] = words
	}
	o.pick = compile("pick", picks)
	return o, errors.Join(faults...)
}

// Choice reads the answer to a question with choices: the id of the one choice that the text names, or "".
func (t *Text) Choice(fact string) string {
	return t.r.options.choices[fact].one(t.normal())
}

// Nothing says whether the answer to "how much?" or "how many?" is that there is none: 没有收入, no rent, just me.
func (t *Text) Nothing() bool {
	found, _ := t.r.options.nothing.in(t.normal())
	return len(found) > 0
}

// Unsure says whether the answer is that it is not known: 不清楚, I can't remember.
func (t *Text) Unsure() bool {
	found, _ := t.r.options.unsure.in(t.normal())
	return len(found) > 0
}

// Figure says whether the text is a number and nothing else: 200, 两百.
func (t *Text) Figure() bool {
	tokens := t.tokens(forMoney)
	return len(tokens) == 1 && tokens[0].kind == figureToken
}

// Pick reads which of n things that are numbered from 1 is chosen: 选2, 第二个吧, the last one. 0: the text says something else, or
// besides.
func (t *Text) Pick(n int) int {
	found, rest := t.r.options.pick.in(t.normal())
	if strings.Trim(rest, "#()（）"+endMarks) != "" {
		return 0
	}
	picked, alone := 0, 0
	for _, sense := range found {
		at := n
		switch sense {
		case filler:
			continue
		case single:
			alone = 1
			continue
		case last:
		default:
			at, _ = strconv.Atoi(sense)
		}
		if picked != 0 && picked != at {
			return 0
		}
		picked = at
	}
	if picked = cmp.Or(picked, alone); picked > n {
		return 0
	}
	return picked
}

// Change reads a change of a plan that is asked for: More, Less, Fewer or Later; "" if it is none of them, or several.
func (t *Text) Change() string {
	if c := t.r.options.change.one(t.normal()); c != bound {
		return c
	}
	return ""
}
