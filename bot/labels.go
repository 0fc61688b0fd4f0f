package bot

import (
	"sync"
	"time"

	"respite/dialog"
	"respite/locales"
)

// labels remembers the captions of buttons in every language: each typed message is held against those under the question. The zero value
// is ready.
type labels struct {
	mu    sync.RWMutex
	words *locales.Bundle // that the captions are of
	byKey map[string][]string
}

// Labels gives a button's caption in every language, for dialog.Machine. The caller must not change what it gets.
func (r *Renderer) Labels(t dialog.Text) []string {
	words := r.Words()
	if len(t.Args) > 0 || t.Key == "" {
		return r.captions(words, t)
	}
	if all, ok := r.labels.get(words, t.Key); ok {
		return all
	}
	all := r.captions(words, t)
	r.labels.put(words, t.Key, all)
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

func (l *labels) get(words *locales.Bundle, key string) (all []string, ok bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.words == words {
		all, ok = l.byKey[key]
	}
	return all, ok
}

func (l *labels) put(words *locales.Bundle, key string, all []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.words != words {
		l.words, l.byKey = words, make(map[string][]string)
	}
	l.byKey[key] = all
}
