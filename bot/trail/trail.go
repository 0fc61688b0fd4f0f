// Package trail writes the entries of the audit trail in few bytes, and reads them and those of earlier versions.
package trail

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// Entry says what happened in a chat, without the borrower's words.
type Entry struct {
	At   int64    `json:"at"` // unix seconds
	Chat int64    `json:"chat"`
	Book string   `json:"book,omitempty"` // hash of the policy book that the chat was assessed under; empty: it was not yet
	What []string `json:"what"`
}

// An entry is a byte that names its form, then
//
//	AT CHAT            as varints
//	BOOK               a uvarint: twice the length and the hash; or, if that is hexadecimal, one more than twice that of its bytes, and those
//	LENGTH PHRASED     a uvarint and the text as phrases.go has it, for each text
//
// This is an eighth of the JSON that earlier versions wrote, which begins with a brace, and what is kept of a chat that was assessed is half as
// long with it. Both are read for ever.
const (
	phrased = 1
	plain   = '{'
)

// ErrUnknown is an entry in a form that this version does not know: a later one wrote it.
var ErrUnknown = errors.New("not an entry of the audit trail as this version of respite writes it")

// Pack writes an entry.
func (e *Entry) Pack() []byte {
	b := append(make([]byte, 0, 96), phrased)
	b = binary.AppendVarint(binary.AppendVarint(b, e.At), e.Chat)
	b = appendBook(b, e.Book)
	var text [256]byte
	for _, what := range e.What {
		packed := appendPhrased(text[:0], what)
		b = append(binary.AppendUvarint(b, uint64(len(packed))), packed...)
	}
	return b
}

func appendBook(b []byte, book string) []byte {
	var short [32]byte
	if len(book) <= 2*len(short) {
		// Only what comes out as it went in: hashes in capital letters do not.
		if n, err := hex.Decode(short[:], []byte(book)); err == nil && n > 0 && hex.EncodeToString(short[:n]) == book {
			return append(binary.AppendUvarint(b, uint64(n)<<1|1), short[:n]...)
		}
	}
	return append(binary.AppendUvarint(b, uint64(len(book))<<1), book...)
}

// Parse reads an entry; ErrUnknown if it is none.
func Parse(b []byte) (Entry, error) {
	var e Entry
	if len(b) > 0 && b[0] == plain {
		if err := json.Unmarshal(b, &e); err != nil {
			return Entry{}, fmt.Errorf("%w: %w", ErrUnknown, err)
		}
		return e, nil
	}
	if len(b) == 0 || b[0] != phrased {
		return Entry{}, ErrUnknown
	}
	r := reader{rest: b[1:]}
	e.At, e.Chat = r.varint(), r.varint()
	size := r.uvarint()
	e.Book = string(r.bytes(size >> 1))
	if size&1 == 1 {
		e.Book = hex.EncodeToString([]byte(e.Book))
	}
	for len(r.rest) > 0 && !r.broken {
		e.What = append(e.What, r.phrased(r.bytes(r.uvarint())))
	}
	if r.broken {
		return Entry{}, ErrUnknown
	}
	return e, nil
}

// reader takes an entry apart; broken once something is missing.
type reader struct {
	rest   []byte
	broken bool
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.rest)
	r.skip(n)
	return v
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.rest)
	r.skip(n)
	return v
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.rest, r.broken = nil, true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// skip passes over a number of n bytes; none or less say that it is not one.
func (r *reader) skip(n int) {
	if n <= 0 {
		r.rest, r.broken = nil, true
		return
	}
	r.rest = r.rest[n:]
}

func (r *reader) phrased(b []byte) string {
	text, ok := unphrased(b)
	r.broken = r.broken || !ok
	return text
}
