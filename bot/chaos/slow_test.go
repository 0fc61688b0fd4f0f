package chaos_test

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// slow stands between the bot and Redis, and holds answers back.
type slow struct {
	addr string
	by   atomic.Int64 // for how long, in nanoseconds
}

func newSlow(t *testing.T, to string) *slow {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &slow{addr: l.Addr().String()}
	var running sync.WaitGroup
	t.Cleanup(func() {
		_ = l.Close()
		running.Wait()
	})
	running.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", to)
			if err != nil {
				_ = client.Close()
				continue
			}
			join := func(to io.WriteCloser, from io.Reader) {
				_, _ = io.Copy(to, from)
				_ = client.Close()
				_ = server.Close()
			}
			running.Go(func() { join(server, client) })
			running.Go(func() { join(held{client, s}, server) })
		}
	})
	return s
}

// held writes answers late.
type held struct {
	io.WriteCloser
	s *slow
}

func (h held) Write(b []byte) (int, error) {
	if by := time.Duration(h.s.by.Load()); by > 0 {
		<-time.After(by)
	}
	return h.WriteCloser.Write(b)
}
