package bot

import (
	"sync"
	"time"

	"respite/dialog"
	"respite/locales"
	"respite/policy/money"
)

// mostLabels is how many captions are remembered. A book has a few hundred.
const mostLabels = 4096

// labels remembers the captions of buttons in every language: each typed message is held against those under the question. The zero value
// is ready.
type labels struct {
	mu    sync.RWMutex
	words *locales.Bundle // that the captions are of
	known map[label][]string
}

// label is a text with no more than one number in it.
type label struct {
	key, gap string
	kind     byte
	n        int64
}

// labelOf names a text for the memory; false if it is not worth remembering.
func labelOf(t dialog.Text) (label, bool) {
	l := label{key: t.Key}
	if l.key == "" || len(t.Args) > 1 {
		return l, false
	}
	for _, arg := range t.Args {
		switch a := arg.Value.(type) {
		case money.Fen:
			l.gap, l.kind, l.n = arg.Name, 'm', int64(a)
		case int:
			l.gap, l.kind, l.n = arg.Name, 'n', int64(a)
		default:
			return l, false
		}
	}
	return l, true
}

// Labels gives a button's caption in every language, for dialog.Machine. The caller must not change what it gets.
func (r *Renderer) Labels(t dialog.Text) []string {
	words := r.Words()
	l, ok := labelOf(t)
	if !ok {
		return r.captions(words, t)
	}
	if all, ok := r.labels.get(words, l); ok {
		return all
	}
	all := r.captions(words, t)
	r.labels.put(words, l, all)
	return all
}

func (r *Renderer) captions(words *locales.Bundle, t dialog.Text) []string {
	var all []string
	for _, tag := range words.Tags() {
		if s, err := r.voice(tag, time.Time{}).text(t); err == nil {
			all = append(all, s)
		}
	}
	return all
}

func (l *labels) get(words *locales.Bundle, of label) (all []string, ok bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.words == words {
		all, ok = l.known[of]
	}
	return all, ok
}

func (l *labels) put(words *locales.Bundle, of label, all []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.words != words || len(l.known) >= mostLabels {
		l.words, l.known = words, make(map[label][]string)
	}
	l.known[of] = all
}
