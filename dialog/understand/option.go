package understand

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

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

// glossary holds words by their first character, the longest first, with what each stands for. No word stands twice.
type glossary map[rune][]worded

type worded struct{ word, sense string }

// What a word of pick stands for besides a number.
const (
	filler = "filler"
	weak   = "one"
	last   = "last"
)

// Changes of a plan that a borrower may ask for.
const (
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
			Numbers           map[string][]string
		}
		Change map[string][]string
	}
	if err := yaml.Load(optionsFile, &file, yaml.WithKnownFields()); err != nil {
		return options{}, fmt.Errorf("options.yaml: %w", err)
	}
	compile := func(where string, in map[string][]string) (glossary, error) {
		s, err := n.glossary(in)
		if err != nil {
			return nil, fmt.Errorf("options.yaml: %s: %w", where, err)
		}
		return s, nil
	}
	o := options{choices: map[string]glossary{}}
	var err error
	for fact, words := range file.Choices {
		if o.choices[fact], err = compile(fact, words); err != nil {
			return o, err
		}
	}
	if o.nothing, err = compile("nothing", map[string][]string{"": file.Nothing}); err != nil {
		return o, err
	}
	if o.unsure, err = compile("unsure", map[string][]string{"": file.Unsure}); err != nil {
		return o, err
	}
	pick := file.Pick.Numbers
	pick[filler], pick[weak], pick[last] = file.Pick.Filler, file.Pick.One, file.Pick.Last
	if o.pick, err = compile("pick", pick); err != nil {
		return o, err
	}
	o.change, err = compile("change", file.Change)
	return o, err
}

// glossary turns words by sense round; an error names a word that has two.
func (n *normaliser) glossary(in map[string][]string) (glossary, error) {
	out, seen := glossary{}, map[string]string{}
	for sense, words := range in {
		for _, w := range words {
			word := n.apply(w)
			if other, ok := seen[word]; word == "" || ok {
				return nil, fmt.Errorf("%q, %q in normal form, is both %q and %q, or nothing", w, word, other, sense)
			}
			seen[word] = sense
			first, _ := utf8.DecodeRuneInString(word)
			out[first] = append(out[first], worded{word, sense})
		}
	}
	for _, words := range out {
		slices.SortFunc(words, func(a, b worded) int {
			return cmp.Or(len(b.word)-len(a.word), strings.Compare(a.word, b.word))
		})
	}
	return out, nil
}

// longestOption is how many bytes of an answer are looked through.
const longestOption = 300

// in finds the words of a text in normal form from left to right, at each place the longest. A word of letters or digits counts only
// as a whole. rest is what lies between the words.
func (s glossary) in(text string) (found []string, rest string) {
	text = strings.ToValidUTF8(text[:min(len(text), longestOption)], "")
	var between strings.Builder
	for i := 0; i < len(text); {
		w := s.at(text, i)
		if w.word == "" {
			_, size := utf8.DecodeRuneInString(text[i:])
			between.WriteString(text[i : i+size])
			i += size
			continue
		}
		found = append(found, w.sense)
		i += len(w.word)
	}
	return found, between.String()
}

// at returns the longest word that begins at text[i].
func (s glossary) at(text string, i int) worded {
	first, _ := utf8.DecodeRuneInString(text[i:])
	if joined(text, i) {
		return worded{}
	}
	for _, w := range s[first] {
		if strings.HasPrefix(text[i:], w.word) && !joined(text, i+len(w.word)) {
			return w
		}
	}
	return worded{}
}

// joined says whether text[i] goes on with the word, or the number, before it.
func joined(text string, i int) bool {
	if i == 0 || i >= len(text) {
		return false
	}
	if latin(text[i-1]) && latin(text[i]) {
		return true
	}
	point := func(at int) bool { return text[at] == '.' || text[at] == ',' }
	figure := func(at int) bool { return at >= 0 && at < len(text) && text[at] >= '0' && text[at] <= '9' }
	return figure(i-1) && (figure(i) || point(i) && figure(i+1)) || figure(i-2) && point(i-1) && figure(i)
}

func latin(b byte) bool { return b >= 'a' && b <= 'z' }

// one returns the sense of the words of a text if all have the same, and "" otherwise.
func (s glossary) one(text string) string {
	found, _ := s.in(text)
	if slices.Sort(found); len(found) == 0 || found[0] != found[len(found)-1] {
		return ""
	}
	return found[0]
}

// Choice reads the answer to a question with choices: the id of the one choice that the text names, or "".
func (r *Reader) Choice(fact, text string) string {
	return r.options.choices[fact].one(r.normal.apply(text))
}

// Nothing says whether the answer to "how much?" or "how many?" is that there is none: 没有收入, no rent, just me.
func (r *Reader) Nothing(text string) bool {
	found, _ := r.options.nothing.in(r.normal.apply(text))
	return len(found) > 0
}

// Unsure says whether the answer is that it is not known: 不清楚, I can't remember.
func (r *Reader) Unsure(text string) bool {
	found, _ := r.options.unsure.in(r.normal.apply(text))
	return len(found) > 0
}

// Pick reads which of n things that are numbered from 1 is chosen: 选2, 第二个吧, the last one. 0: the text says something else, or
// besides.
func (r *Reader) Pick(text string, n int) int {
	found, rest := r.options.pick.in(r.normal.apply(text))
	if strings.Trim(rest, "#()（）"+endMarks) != "" {
		return 0
	}
	picked, single := 0, false
	for _, sense := range found {
		at := n
		switch sense {
		case filler:
			continue
		case weak:
			single = true
			continue
		case last:
		default:
			at = int(sense[0] - '0')
		}
		if picked != 0 && picked != at {
			return 0
		}
		picked = at
	}
	if picked == 0 && single {
		picked = 1
	}
	if picked > n {
		return 0
	}
	return picked
}

// Change reads a change of a plan that is asked for: More, Less, Fewer or Later; "" if it is none of them, or several.
func (r *Reader) Change(text string) string { return r.options.change.one(r.normal.apply(text)) }
