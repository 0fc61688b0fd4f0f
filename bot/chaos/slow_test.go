package chaos_test

import (
	"io"
	"sync/atomic"
	"testing"
	"time"

	"respite/bot/store/redistest"
)

// slow stands between the bot and Redis, and holds answers back.
type slow struct {
	addr string
	by   atomic.Int64 // for how long, in nanoseconds
}

func newSlow(t *testing.T, to string) *slow {
	t.Helper()
	s := &slow{}
	s.addr = redistest.Between(t, to, func(client, server io.Writer) (said, answered io.Writer) { return server, held{client, s} })
	return s
}

// held writes answers late.
type held struct {
	io.Writer
	s *slow
}

func (h held) Write(b []byte) (int, error) {
	if by := time.Duration(h.s.by.Load()); by > 0 {
		<-time.After(by)
	}
	return h.Writer.Write(b)
}
