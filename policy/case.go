package policy

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"respite/policy/day"
	"respite/policy/money"
)

// Case is one test of a programme, as it stands beside it in <programme>_test.yaml.
type Case struct {
	Programme string
	Name      string
	File      string
	Line      int
	Facts     Facts
	Today     day.Date
	Settings  Settings // under which it is judged: the book's, with what the test puts in their place
	Verdict   Verdict
	Because   map[string]Verdict // what has to become of some conditions
	Needs     []FactID           // nil: not looked at
	Human     string             // message key; empty: not looked at
	Offers    []WantedOffer      // all of them, in their order; nil: not looked at
	Unfit     *bool              // nothing keeps within what is left over; nil: not looked at
}

// WantedOffer is an offer that a test expects; what is nil or empty is not looked at.
type WantedOffer struct {
	ID                           string
	Total, Waived, Running, Idle *money.Fen
	Annual                       string
	Agent, Estimate              *bool
	Payments                     []Payment
}

// Payment is an amount on a day.
type Payment struct {
	Due    day.Date
	Amount money.Fen
}

// cases reads the tests beside the programmes.
func (l *loader) cases() {
	tested := map[string]bool{}
	for _, name := range sortedKeys(l.documents) {
		id, ok := strings.CutSuffix(name, testEnding)
		d := l.documents[name]
		if !ok {
			continue
		}
		if _, ok := l.documents[id+yamlEnding]; !ok {
			d.whole("there is no programme %q that it could test", id)
			continue
		}
		if _, ok := l.book.order[id]; ok && d.root != nil {
			d.list(d.root, func(n *yaml.Node) {
				l.book.cases = append(l.book.cases, l.book.readCase(d, n, id))
				tested[id] = true
			})
		}
	}
	for _, p := range l.book.programmes {
		if !tested[p.ID] {
			p.doc.fault(p.doc.root, "no case tests this programme: %s%s is missing or empty", p.ID, testEnding)
		}
	}
}

// readCase reads one test.
func (b *Book) readCase(d *document, n *yaml.Node, programme string) Case {
	c := Case{Programme: programme, File: d.name, Line: n.Line, Facts: Facts{}, Settings: b.settings}
	d.object(n, "the case", fields{
		"name":     must(d.text(&c.Name)),
		"today":    may(d.date(&c.Today)),
		"facts":    must(func(n *yaml.Node) { d.entries(n, d.caseFact(b, &c)) }),
		"settings": may(func(n *yaml.Node) { d.object(n, "settings", d.planSettings(&c.Settings, false)) }),
		"verdict":  must(d.oneOf((*string)(&c.Verdict), string(Eligible), string(Ineligible), string(Undecided))),
		"because":  may(func(n *yaml.Node) { d.entries(n, d.caseReason(b, &c)) }),
		"needs":    may(d.caseNeeds(b, &c)),
		"human":    may(d.text(&c.Human)),
		"unfit":    may(func(n *yaml.Node) { c.Unfit = new(bool); d.flag(c.Unfit)(n) }),
		"offers":   may(func(n *yaml.Node) { c.Offers = []WantedOffer{}; d.list(n, d.wantedOffer(&c)) }),
	})
	if c.Offers != nil && c.Today == 0 {
		d.fault(n, "a case with offers needs %q", "today")
	}
	return c
}

// caseFact reads one fact of a case as Book.Parse does; a set may be a list.
func (d *document) caseFact(b *Book, c *Case) func(key, value *yaml.Node) {
	return func(key, value *yaml.Node) {
		v, message := b.Parse(FactID(key.Value), textsOf(value)...)
		if message != "" {
			d.fault(value, "%s", message)
			return
		}
		c.Facts[FactID(key.Value)] = v
	}
}

// textsOf returns the texts of a scalar or a list.
func textsOf(n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode {
		return []string{n.Value}
	}
	texts := make([]string, len(n.Content))
	for i, item := range n.Content {
		texts[i] = item.Value
	}
	return texts
}

func (d *document) caseReason(b *Book, c *Case) func(key, value *yaml.Node) {
	return func(key, value *yaml.Node) {
		p, _ := b.Programme(c.Programme)
		known := slices.ContainsFunc(p.Conditions, func(o Condition) bool { return o.ID == key.Value })
		if !known && (p.products == 0 || key.Value != string(ProductFact)) {
			d.fault(key, "programme %q has no condition %q", c.Programme, key.Value)
		}
		var v string
		d.oneOf(&v, endings[0], endings[1], endings[2])(value)
		if c.Because == nil {
			c.Because = map[string]Verdict{}
		}
		c.Because[key.Value] = verdicts[max(0, slices.Index(endings[:], v))]
	}
}

func (d *document) caseNeeds(b *Book, c *Case) func(*yaml.Node) {
	return func(n *yaml.Node) {
		c.Needs = []FactID{}
		d.list(n, func(item *yaml.Node) {
			if _, ok := b.places[FactID(item.Value)]; !ok {
				d.fault(item, "fact %q is not declared", item.Value)
			}
			c.Needs = append(c.Needs, FactID(item.Value))
		})
	}
}

func (d *document) wantedOffer(c *Case) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var w WantedOffer
		amount := func(to **money.Fen) field {
			return may(func(n *yaml.Node) { *to = new(money.Fen); d.amount(*to)(n) })
		}
		flag := func(to **bool) field {
			return may(func(n *yaml.Node) { *to = new(bool); d.flag(*to)(n) })
		}
		d.object(n, "the offer", fields{
			"id":       must(func(n *yaml.Node) { w.ID = c.Programme + "." + n.Value }),
			"total":    amount(&w.Total),
			"waived":   amount(&w.Waived),
			"running":  amount(&w.Running),
			"idle":     amount(&w.Idle),
			"annual":   may(d.text(&w.Annual)),
			"agent":    flag(&w.Agent),
			"estimate": flag(&w.Estimate),
			"payments": may(func(n *yaml.Node) { d.entries(n, d.payment(&w)) }),
		})
		c.Offers = append(c.Offers, w)
	}
}

func (d *document) payment(w *WantedOffer) func(key, value *yaml.Node) {
	return func(key, value *yaml.Node) {
		var p Payment
		d.date(&p.Due)(key)
		d.amount(&p.Amount)(value)
		w.Payments = append(w.Payments, p)
	}
}
