package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"respite/policy/rule"
)

// lexicon is the words of a book: language, message key, text.
type lexicon struct {
	languages []string
	texts     map[string]map[string]string
	used      map[string]usage // by message key
}

// usage is the fields that the text of a message uses in the language that came first.
type usage struct {
	lang   string
	fields []string
}

// ownWords are the messages of the book at large. Words for documents, checks and contents come besides.
var ownWords = []string{
	reviewKey, skippedKey, productKeys[rule.Unknown], productKeys[rule.False], productKeys[rule.True],
}

// Message keys of the book at large.
const (
	reviewKey  = "policy.human.review"  // ineligible, but a person can look at it again
	skippedKey = "policy.human.skipped" // undecided because an answer was refused: a person can decide
)

// First parts of the message keys of what programmes draw on.
const (
	checkWords    = "check"
	documentWords = "document"
	contentWords  = "content"
	sourceWords   = "source"
	factWords     = "fact"   // what a fact is called
	askWords      = "ask"    // how it is asked for
	choiceWords   = "choice" // its choices
)

// thresholdField stands in a text for the one number of its condition, so that it is written down once.
const thresholdField = "threshold"

// productKeys say whether a programme is for the product, by rule.Truth.
var productKeys = [3]string{rule.Unknown: "policy.product.open", rule.False: "policy.product.no", rule.True: "policy.product.yes"}

// add takes up a text.
func (l *lexicon) add(lang, key, text string) {
	if l.texts[lang] == nil {
		l.texts[lang] = map[string]string{}
	}
	l.texts[lang][key] = text
}

// wanted is a text that has to be there, with the fields that it may use.
type wanted struct {
	key    string
	fields []string
	free   bool   // it is not known which fields it may use
	number string // what the threshold field stands for; empty: the condition has not one number
}

// said is a text that a file has, with its key.
type said struct{ key, text *yaml.Node }

// bookWords reads words.yaml: language, key, text.
func (d *document) bookWords(l *lexicon, keys []wanted) {
	d.languages(d.root, l, func(lang, texts *yaml.Node) {
		found := map[string]said{}
		d.entries(texts, func(key, text *yaml.Node) { found[key.Value] = said{key, text} })
		d.speak(l, lang, found, keys)
	})
}

// programmeWords reads the words of a programme: language, then name, summary, person, and each condition's yes, no, open.
func (d *document) programmeWords(p *Programme, l *lexicon) {
	if p.words == nil {
		return
	}
	keys := p.wanted()
	d.languages(p.words, l, func(lang, texts *yaml.Node) {
		found := map[string]said{}
		d.entries(texts, func(key, text *yaml.Node) {
			if text.Kind != yaml.MappingNode {
				found[p.key(key.Value)] = said{key, text}
				return
			}
			d.entries(text, func(ending, text *yaml.Node) {
				found[p.key(key.Value+"."+ending.Value)] = said{ending, text}
			})
		})
		d.speak(l, lang, found, keys)
	})
}

// wanted are the words that a programme has to have.
func (p *Programme) wanted() []wanted {
	keys := []wanted{{key: p.key("name")}, {key: p.key("summary")}}
	if p.human != "" {
		keys = append(keys, wanted{key: p.human})
	}
	for i := range p.Conditions {
		c := &p.Conditions[i]
		if c.ID == "" {
			continue
		}
		for _, t := range []rule.Truth{rule.True, rule.False, rule.Unknown} {
			w := wanted{key: c.keys[t], free: c.rule == nil}
			if c.rule != nil {
				w.fields = c.lang.Names(c.rule.Certain(t))
				if n := c.rule.Numbers(); len(n) == 1 {
					w.number = strconv.FormatInt(n[0], 10)
				}
			}
			keys = append(keys, w)
		}
	}
	return keys
}

// languages reads a mapping from languages and notes which are missing.
func (d *document) languages(n *yaml.Node, l *lexicon, each func(lang, texts *yaml.Node)) {
	var there []string
	d.entries(n, func(lang, texts *yaml.Node) {
		there = append(there, lang.Value)
		each(lang, texts)
	})
	for _, lang := range l.languages {
		if !slices.Contains(there, lang) {
			d.fault(n, "there are no words in language %s", lang)
		}
	}
}

// speak takes up the words in one language and notes those that are missing, not wanted, or use fields that may be unknown.
func (d *document) speak(l *lexicon, lang *yaml.Node, found map[string]said, keys []wanted) {
	var missing []string
	for _, w := range keys {
		one, ok := found[w.key]
		if !ok {
			missing = append(missing, w.key)
			continue
		}
		delete(found, w.key)
		var text string
		d.text(&text)(one.text)
		text = w.withNumber(text)
		for _, f := range fieldsOf(text) {
			switch {
			case w.free || slices.Contains(w.fields, f):
			case f == thresholdField:
				d.fault(one.text, "{{.%s}} stands for the one number of a condition: there is not one here", f)
			default:
				d.fault(one.text, "{{.%s}} is not sure to be known here%s", f, among(w.fields))
			}
		}
		d.alike(l, lang, one.text, w.key, text)
		if strings.Contains(placeholder.ReplaceAllString(text, ""), "{{") {
			d.fault(one.text, "a text may have fields such as {{.owed}} and nothing else in braces")
		}
		l.add(lang.Value, w.key, text)
	}
	if missing != nil {
		d.fault(lang, "no text in language %s for %s", lang.Value, strings.Join(missing, ", "))
	}
	for _, key := range sortedKeys(found) {
		if !shared(key) {
			d.fault(found[key].key, "nothing uses message %q", key)
		}
	}
}

// withNumber puts the threshold in its place in a text.
func (w wanted) withNumber(text string) string {
	if w.number == "" {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(at string) string {
		if placeholder.FindStringSubmatch(at)[1] == thresholdField {
			return w.number
		}
		return at
	})
}

// shared says whether a message is of those that programmes draw on: one that none of them needs may stand there.
func shared(key string) bool {
	prefix, _, _ := strings.Cut(key, ".")
	return slices.Contains([]string{checkWords, documentWords, contentWords, sourceWords, factWords, askWords, choiceWords}, prefix)
}

// alike notes a text that uses other fields than the same message in another language.
func (d *document) alike(l *lexicon, lang, n *yaml.Node, key, text string) {
	fields := slices.Compact(slices.Sorted(slices.Values(fieldsOf(text))))
	first, ok := l.used[key]
	if !ok {
		l.used[key] = usage{lang.Value, fields}
		return
	}
	if !slices.Equal(fields, first.fields) {
		d.fault(n, "in language %s this text uses the facts [%s], here [%s]", first.lang, strings.Join(first.fields, " "), strings.Join(fields, " "))
	}
}

// placeholder is a fact's place in a text.
var placeholder = regexp.MustCompile(`\{\{\s*\.([a-z0-9_]+)\s*\}\}`)

// fieldsOf returns the facts that a text names.
func fieldsOf(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}

// among lists what could be used instead.
func among(names []string) string {
	if len(names) == 0 {
		return ": no fact is"
	}
	return fmt.Sprintf(": %s", strings.Join(names, ", "))
}

// Fill puts values into the places that a text has for them, each as write writes it.
func Fill(text string, args map[string]Value, write func(Value) string) string {
	return placeholder.ReplaceAllStringFunc(text, func(at string) string {
		return write(args[placeholder.FindStringSubmatch(at)[1]])
	})
}
