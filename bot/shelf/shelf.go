// Package shelf keeps the policy books: the present one, loaded anew when its folder changes, and the older ones that cases
// still stand under.
package shelf

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"respite/dialog"
	"respite/locales"
	"respite/policy"
)

// Shelf holds books and the words that each brought. It is safe for concurrent use.
type Shelf struct {
	dir  string // empty: the book as shipped
	base *locales.Bundle
	log  zerolog.Logger

	mu    sync.RWMutex
	now   *policy.Book
	books map[string]*policy.Book
	own   map[string]map[string]string // tag -> key -> text, of all books so far; the newest book's text of a key counts
	words *locales.Bundle
	seen  [sha256.Size]byte // of the folder as it was when it was last tried
}

var _ dialog.Books = (*Shelf)(nil)

// Open loads the book in dir, or the one as shipped. The error lists every fault of the book.
func Open(dir string, base *locales.Bundle, log zerolog.Logger) (*Shelf, error) {
	s := &Shelf{dir: dir, base: base, log: log, books: map[string]*policy.Book{}, own: map[string]map[string]string{}}
	return s, s.load()
}

// Book returns the book with that hash, or the present one.
func (s *Shelf) Book(hash string) dialog.Book {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if b, ok := s.books[hash]; ok {
		return b
	}
	return s.now
}

// Words returns all words, those of the present book and of older ones included.
func (s *Shelf) Words() *locales.Bundle {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.words
}

// load reads the folder and puts its book first, if it has no fault.
func (s *Shelf) load() error {
	s.seen = s.fingerprint()
	book, err := s.read()
	if err != nil {
		return err
	}
	own := map[string]map[string]string{}
	for _, tag := range s.base.Tags() {
		own[tag] = maps.Clone(s.own[tag])
		if own[tag] == nil {
			own[tag] = map[string]string{}
		}
		maps.Copy(own[tag], book.Words(tag))
	}
	all, err := s.base.With(own)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now, s.own, s.words = book, own, all
	s.books[book.Hash()] = book
	return nil
}

func (s *Shelf) read() (*policy.Book, error) {
	o := policy.Options{Languages: s.base.Tags(), Keys: s.base.Keys()}
	if s.dir == "" {
		return policy.Load(policy.Shipped(), o)
	}
	return policy.Load(os.DirFS(s.dir), o)
}

// Reload loads the folder anew. A book with faults is refused: they are logged, and the old book stays.
func (s *Shelf) Reload() {
	if err := s.load(); err != nil {
		s.log.Error().Err(err).Str("POLICY_DIR", s.dir).Msg("the new policy book is refused; the old one stays")
		return
	}
	s.log.Info().Str("book", s.Book("").Hash()).Msg("policy book loaded")
}

// watchEvery is how often the folder is looked at.
const watchEvery = 5 * time.Second

// Watch reloads the book when its folder changes or hup says so, until ctx ends.
func (s *Shelf) Watch(ctx context.Context, hup <-chan os.Signal) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-hup:
			s.Reload()
		case <-tick.C:
			if s.dir != "" && s.fingerprint() != s.seen {
				s.Reload()
			}
		}
	}
}

// fingerprint changes when a file of the folder does.
func (s *Shelf) fingerprint() (sum [sha256.Size]byte) {
	if s.dir == "" {
		return sum
	}
	h := sha256.New()
	// A folder that cannot be walked for a moment looks changed, and loading it says why.
	_ = fs.WalkDir(os.DirFS(s.dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			_, _ = fmt.Fprintln(h, path, err)
			return nil
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			_, _ = fmt.Fprintln(h, path, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return [sha256.Size]byte(h.Sum(nil))
}
