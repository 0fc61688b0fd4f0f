package policy

import (
	"embed"
	"io/fs"
	"maps"
	"slices"

	"respite/policy/day"
	"respite/policy/rule"
)

//go:embed book
var embedded embed.FS

// Shipped returns the files of the book that is shipped: examples, not any lender's promise.
func Shipped() fs.FS {
	files, err := fs.Sub(embedded, "book")
	if err != nil {
		panic(err) // the path is valid
	}
	return files
}

// Default loads the book that is shipped.
func Default() (*Book, error) { return Load(Shipped(), Options{}) }

// Book is a written policy, loaded and checked. It is never changed, and safe for concurrent use.
type Book struct {
	hash       string
	calendar   *day.Calendar
	settings   Settings
	aftercare  Aftercare
	facts      []declared // those that conditions can name, in the order of the language, then the groups
	places     map[FactID]int
	names      []string    // facts by their place, as the arguments of messages name them
	ask        []rule.Bits // by place in facts: what an answer to it makes known
	firstGroup int         // place of the first group
	conditions int         // outcomes of an assessment
	products   []Product
	programmes []*Programme
	order      map[string]int // place of each programme
	lang       *rule.Language
	words      lexicon
	cases      []Case
}

// Hash names the book by the text of its files, tests aside: 16 hexadecimal digits.
func (b *Book) Hash() string { return b.hash }

// Fact returns the declaration of a fact or group.
func (b *Book) Fact(id FactID) (Declaration, bool) {
	i, ok := b.places[id]
	if !ok {
		return Declaration{}, false
	}
	return b.facts[i].Declaration, true
}

// Programme returns a programme.
func (b *Book) Programme(id string) (Programme, bool) {
	if i, ok := b.order[id]; ok {
		return *b.programmes[i], true
	}
	return Programme{}, false
}

// Programmes returns all programmes in the book's order.
func (b *Book) Programmes() []Programme {
	list := make([]Programme, len(b.programmes))
	for i, p := range b.programmes {
		list[i] = *p
	}
	return list
}

// Product returns a product.
func (b *Book) Product(id string) (Product, bool) {
	i := slices.IndexFunc(b.products, func(p Product) bool { return p.ID == id })
	if i < 0 {
		return Product{}, false
	}
	return b.products[i], true
}

// Settings returns what the operator lays down for all programmes.
func (b *Book) Settings() Settings { return b.settings }

// Under returns the book with other settings of plans. What conditions are compiled with, the cost of living, stays.
func (b *Book) Under(s Settings) *Book {
	other := *b
	other.settings = s
	return &other
}

// Calendar returns the working days that the book counts by.
func (b *Book) Calendar() *day.Calendar { return b.calendar }

// Languages returns the languages that the book speaks.
func (b *Book) Languages() []string { return slices.Clone(b.words.languages) }

// Words returns the book's messages in a language, by key. A text may name facts in braces, {{.owed}}: Outcome.Args has them.
func (b *Book) Words(lang string) map[string]string { return maps.Clone(b.words.texts[lang]) }

// Cases returns the tests that stand beside the programmes.
func (b *Book) Cases() []Case { return b.cases }

// forget drops what was only needed to say where faults are.
func (b *Book) forget() {
	for i := range b.facts {
		b.facts[i].node, b.facts[i].expr = nil, nil
	}
	for i := range b.products {
		b.products[i].node = nil
	}
	for _, p := range b.programmes {
		p.doc, p.words = nil, nil
		for i := range p.Conditions {
			p.Conditions[i].expr = nil
		}
	}
	b.words.used = nil
}

// ids returns the facts at the places in a set.
func (b *Book) ids(places rule.Bits) []FactID {
	var ids []FactID
	places.Each(func(i int) { ids = append(ids, b.facts[i].ID) })
	return ids
}

// sortedKeys returns the keys of a map in their order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
