package policy

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"respite/policy/day"
	"respite/policy/rule"
)

// Options say how a book is loaded.
type Options struct {
	Languages []string      // languages that every message must be there in, besides those that words.yaml speaks
	Keys      []string      // message keys that are said elsewhere; nil: the questions to the facts are not checked
	Calendar  *day.Calendar // working days; nil: mainland China as far as announced
}

// Files of a book that are no programme. Every other .yaml file is one, or the tests of one.
const (
	factsFile    = "facts.yaml"
	settingsFile = "settings.yaml"
	productsFile = "products.yaml"
	wordsFile    = "words.yaml"
	remindFile   = "reminders.yaml"
	yamlEnding   = ".yaml"
	testEnding   = "_test.yaml"
)

// Load reads and checks a book from the .yaml files at the root of a file system. The error is *Faults, with everything
// that is wrong with the book, or says which file could not be read.
func Load(files fs.FS, o Options) (*Book, error) {
	names, err := fs.Glob(files, "*"+yamlEnding)
	if err != nil {
		return nil, fmt.Errorf("list the book: %w", err)
	}
	l := loader{book: &Book{}, documents: map[string]*document{}}
	sum := sha256.New()
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read the book: %w", err)
		}
		if !strings.HasSuffix(name, testEnding) {
			fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
		}
		l.documents[name] = parse(name, text, &l.faults)
	}
	l.book.hash = hex.EncodeToString(sum.Sum(nil))[:16]
	if l.book.calendar = o.Calendar; o.Calendar == nil {
		if l.book.calendar, err = day.China(); err != nil {
			return nil, fmt.Errorf("load the calendar: %w", err)
		}
	}
	l.load(o)
	if err := l.faults.sorted(); err != nil {
		return nil, err
	}
	l.book.forget()
	return l.book, nil
}

// loader is a book that is being loaded.
type loader struct {
	book      *Book // by itself: who keeps the book does not keep its files
	documents map[string]*document
	faults    Faults
}

// load reads the files in the order in which they build on each other.
func (l *loader) load(o Options) {
	b := l.book
	if d := l.file(settingsFile); d != nil {
		d.settings(&b.settings)
	}
	b.aftercare = DefaultAftercare()
	if d := l.documents[remindFile]; d != nil && d.root != nil {
		d.aftercare(&b.settings, &b.aftercare)
	}
	b.aftercare.Week = b.settings.Contact.Week
	if d := l.file(factsFile); d != nil {
		before := len(l.faults.List)
		if facts := d.facts(); len(l.faults.List) == before {
			l.language(d, facts)
		}
	}
	if d := l.file(productsFile); d != nil {
		b.products = d.products(&b.settings)
	}
	l.programmes()
	l.apply()
	l.words(o)
	if b.lang != nil {
		l.cases()
	}
}

// file returns one of the files that every book has, or nil with a fault noted if it cannot be used.
func (l *loader) file(name string) *document {
	d, ok := l.documents[name]
	if !ok {
		l.faults.add(Fault{File: name, Message: "this file is missing"})
		return nil
	}
	if d.root == nil {
		return nil
	}
	return d
}

// language makes the language of the conditions from the declared facts.
func (l *loader) language(d *document, facts []declared) {
	b := l.book
	slices.SortStableFunc(facts, func(x, y declared) int { return cmp.Compare(rank(x), rank(y)) })
	b.facts, b.places = facts, make(map[FactID]int, len(facts))
	var vars []rule.Var
	for i := range facts {
		b.places[facts[i].ID] = i
		b.names = append(b.names, string(facts[i].ID))
		if facts[i].Kind != Group {
			vars = append(vars, facts[i].variable())
		}
	}
	if len(facts) > rule.MaxVars {
		d.whole("%d facts and groups are declared, at most %d are possible", len(facts), rule.MaxVars)
		return
	}
	lang, problems, err := rule.New(vars, b.settings.tables())
	if err != nil {
		d.whole("%v", err)
		return
	}
	for i := range facts {
		d.expression(facts[i].expr, problems[string(facts[i].ID)])
	}
	b.lang = lang
	b.firstGroup = len(vars)
	b.ask = make([]rule.Bits, len(facts))
	for i, f := range facts {
		b.ask[i] = 1 << i
		if f.Kind == Group {
			b.ask[i] = 0
		}
		for _, m := range f.Members {
			b.ask[i] |= 1 << b.places[m]
		}
	}
}

// rank sorts derived facts behind those that they are worked out of, and groups behind all.
func rank(f declared) int {
	switch {
	case f.Kind == Group:
		return 2
	case f.derive != "":
		return 1
	}
	return 0
}

// programmes reads and compiles the programmes.
func (l *loader) programmes() {
	b := l.book
	for _, name := range sortedKeys(l.documents) {
		d := l.documents[name]
		switch {
		case d.root == nil, strings.HasSuffix(name, testEnding):
			continue
		case slices.Contains([]string{factsFile, settingsFile, productsFile, wordsFile, remindFile}, name):
			continue
		}
		p := d.programme(&b.settings)
		if b.lang != nil {
			p.compile(b)
		}
		b.programmes = append(b.programmes, p)
	}
	slices.SortStableFunc(b.programmes, func(x, y *Programme) int {
		return cmp.Or(cmp.Compare(x.Order, y.Order), cmp.Compare(x.ID, y.ID))
	})
	b.order = make(map[string]int, len(b.programmes))
	for i, p := range b.programmes {
		b.order[p.ID] = i
	}
}

// apply ties products, facts and programmes together.
func (l *loader) apply() {
	b := l.book
	d := l.documents[productsFile]
	if d == nil || d.root == nil || b.lang == nil {
		return
	}
	f, ok := b.Fact(ProductFact)
	if !ok || f.Kind != Choice {
		d.fault(d.root, "facts.yaml declares no choice %q to tell the products apart", ProductFact)
		return
	}
	for _, choice := range f.Choices {
		if _, ok := b.Product(choice); !ok {
			d.fault(d.root, "there is no product %q, which is a choice of fact %q", choice, ProductFact)
		}
	}
	for _, p := range b.products {
		place := slices.Index(f.Choices, p.ID)
		if place < 0 {
			d.fault(p.node, "product %q is not a choice of fact %q", p.ID, ProductFact)
			continue
		}
		l.restrict(d, p, place)
	}
	for _, p := range b.programmes {
		b.conditions += len(p.Conditions)
		switch p.products {
		case 0:
			d.fault(d.root, "programme %q is for no product", p.ID)
		case 1<<len(f.Choices) - 1:
			p.products = 0
		default:
			b.conditions++
		}
	}
	if t := b.settings.Typical; t != "" {
		if _, ok := b.Product(t); !ok {
			s := l.documents[settingsFile]
			s.fault(s.find("typical_product"), "there is no product %q", t)
		}
	}
}

// restrict notes for each programme that it is for a product, where some are not.
func (l *loader) restrict(d *document, p Product, place int) {
	if p.Programmes == nil {
		for _, g := range l.book.programmes {
			g.products |= 1 << place
		}
	}
	for _, id := range p.Programmes {
		i, ok := l.book.order[id]
		if !ok {
			d.fault(p.node, "there is no programme %q", id)
			continue
		}
		l.book.programmes[i].products |= 1 << place
	}
}

// words reads the words of the book and of its programmes.
func (l *loader) words(o Options) {
	b := l.book
	b.words = lexicon{languages: slices.Clone(o.Languages), texts: map[string]map[string]string{}, used: map[string]usage{}}
	d := l.file(wordsFile)
	if d != nil {
		for i := 0; i+1 < len(d.root.Content); i += 2 {
			if lang := d.root.Content[i].Value; !slices.Contains(b.words.languages, lang) {
				b.words.languages = append(b.words.languages, lang)
			}
		}
		d.bookWords(&b.words, append(l.wanted(), b.questions(o.Keys)...))
	}
	for _, p := range b.programmes {
		p.doc.programmeWords(p, &b.words)
	}
}

// questions are the words for the facts that are not said elsewhere: what a fact is called, how it is asked for, and the choices.
func (b *Book) questions(elsewhere []string) []wanted {
	if elsewhere == nil {
		return nil
	}
	said := make(map[string]bool, len(elsewhere))
	for _, key := range elsewhere {
		said[key] = true
	}
	var list []wanted
	want := func(prefix, id string) {
		if key := prefix + "." + id; !said[key] {
			list = append(list, wanted{key: key})
		}
	}
	for i := range b.facts {
		f := &b.facts[i]
		want(factWords, string(f.ID))
		if f.derive == "" && f.Kind != Group {
			want(askWords, string(f.ID))
		}
		for _, choice := range f.Choices {
			want(choiceWords, string(f.ID)+"."+choice)
		}
	}
	return list
}

// wanted are the words that the book at large has to have.
func (l *loader) wanted() []wanted {
	keys := slices.Clone(ownWords)
	for _, id := range l.book.settings.Sources {
		keys = append(keys, sourceWords+"."+id)
	}
	for _, p := range l.book.programmes {
		for prefix, ids := range map[string][]string{checkWords: p.Checks, documentWords: p.Documents, contentWords: p.Contents} {
			for _, id := range ids {
				keys = append(keys, prefix+"."+id)
			}
		}
	}
	slices.Sort(keys)
	var list []wanted
	for _, key := range slices.Compact(keys) {
		list = append(list, wanted{key: key})
	}
	return list
}
