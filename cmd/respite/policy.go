package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"respite/locales"
	"respite/policy"
	"respite/policy/day"
	"respite/policy/explain"
	"respite/policy/trial"
)

type policyCmd struct {
	Lint    lintCmd    `cmd:"" help:"Say everything that is wrong with a policy book."`
	Test    testCmd    `cmd:"" help:"Run the cases beside the programmes of a policy book."`
	Explain explainCmd `cmd:"" help:"Say what a policy book allows in a case, and why."`
}

// book is where a policy book is.
type book struct {
	Dir string `arg:"" optional:"" type:"existingdir" placeholder:"DIR" help:"Folder with the book; left out: the book as shipped."`
}

// load loads the book. Faults are written out, each with its line and a caret.
func (b book) load(c *console) (*policy.Book, error) {
	files := policy.Shipped()
	if b.Dir != "" {
		files = os.DirFS(b.Dir)
	}
	words, err := locales.Load()
	if err != nil {
		return nil, err
	}
	loaded, err := policy.Load(files, policy.Options{Languages: words.Tags(), Keys: words.Keys()})
	var faults *policy.Faults
	if errors.As(err, &faults) {
		_, _ = fmt.Fprint(c.stdout, faults.Show())
		return nil, silent{err}
	}
	return loaded, err
}

type lintCmd struct {
	book `embed:""`
}

// Run writes every fault of a book; exit status 1 if there are any.
func (l lintCmd) Run(c *console) error {
	b, err := l.load(c)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.stdout, "ok: %d programmes, %d cases, book %s\n", len(b.Programmes()), len(b.Cases()), b.Hash())
	return err
}

type testCmd struct {
	book    `embed:""`
	Verbose bool `short:"v" help:"Name the cases that passed, too."`
}

// Run runs the cases of a book; exit status 1 if one fails.
func (t testCmd) Run(c *console) error {
	b, err := t.load(c)
	if err != nil {
		return err
	}
	r := trial.Run(b)
	if err := r.Write(c.stdout, t.Verbose); err != nil {
		return err
	}
	if n := r.Failed(); n > 0 {
		return silent{fmt.Errorf("%d cases failed", n)}
	}
	return nil
}

type explainCmd struct {
	book     `embed:""`
	Owed     string            `placeholder:"YUAN" help:"Amount overdue."`
	Days     string            `placeholder:"N" help:"Days late."`
	Hardship []string          `placeholder:"NAME" help:"What happened; may repeat. none: nothing did."`
	Limit    string            `placeholder:"YUAN" help:"Credit limit."`
	Fact     map[string]string `placeholder:"ID=VALUE" mapsep:"none" help:"Any other fact of the book, such as income=5000 or product=bank_card; may repeat. skipped: the answer was refused."`
	Today    string            `placeholder:"YYYY-MM-DD" help:"The day of the assessment; left out: today."`
	Lang     string            `default:"en" help:"Language of the reasons: zh-Hans, zh-Hant or en."`
	JSON     bool              `name:"json" help:"Write JSON."`
}

// Run writes what a book allows in a case.
func (e explainCmd) Run(c *console) error {
	b, err := e.load(c)
	if err != nil {
		return err
	}
	facts, err := e.facts(b)
	if err != nil {
		return usage{err}
	}
	today := day.At(time.Now())
	if e.Today != "" {
		if today, err = day.Parse(e.Today); err != nil {
			return usage{fmt.Errorf("--today: %w", err)}
		}
	}
	if !slices.Contains(b.Languages(), e.Lang) {
		return usage{fmt.Errorf("--lang %q is none of %s", e.Lang, strings.Join(b.Languages(), ", "))}
	}
	explanation := explain.Explain(b, facts, today, e.Lang)
	if !e.JSON {
		return explanation.Write(c.stdout)
	}
	out := json.NewEncoder(c.stdout)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(explanation)
}

// facts reads the case from the flags. All that is wrong with it is said at once.
func (e explainCmd) facts(b *policy.Book) (policy.Facts, error) {
	facts := policy.Facts{}
	var faults []error
	put := func(flag string, id policy.FactID, texts ...string) {
		v, message := b.Parse(id, texts...)
		if message != "" {
			faults = append(faults, fmt.Errorf("%s: %s", flag, message))
			return
		}
		facts[id] = v
	}
	for id, text := range e.Fact {
		put("--fact", policy.FactID(id), text)
	}
	for _, f := range []struct {
		flag, text string
		id         policy.FactID
	}{{"--owed", e.Owed, policy.Owed}, {"--days", e.Days, policy.DaysLate}, {"--limit", e.Limit, policy.CreditLimit}} {
		if f.text != "" {
			put(f.flag, f.id, f.text)
		}
	}
	if slices.Equal(e.Hardship, []string{"none"}) {
		put("--hardship", policy.Hardship)
	} else if e.Hardship != nil {
		put("--hardship", policy.Hardship, e.Hardship...)
	}
	return facts, errors.Join(faults...)
}
