package redistest

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// Between listens on a free port of this machine and passes every connection on to a server, until the test ends. pass is asked for each
// connection where what the client says goes, and where what the server answers; when a Write of either fails, the connection is cut.
// The address is given.
func Between(t testing.TB, to string, pass func(client, server io.Writer) (said, answered io.Writer)) (addr string) {
	t.Helper()
	var (
		listen net.ListenConfig
		dial   net.Dialer
	)
	ctx := t.Context()
	l, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	require.NoError(t, err)
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
			server, err := dial.DialContext(ctx, "tcp", to)
			if err != nil {
				_ = client.Close()
				continue
			}
			join := func(to io.Writer, from io.Reader) {
				_, _ = io.Copy(to, from)
				_ = client.Close()
				_ = server.Close()
			}
			said, answered := pass(client, server)
			running.Go(func() { join(said, client) })
			running.Go(func() { join(answered, server) })
		}
	})
	return l.Addr().String()
}
