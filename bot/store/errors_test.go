package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"respite/bot"
)

// reply is an error that Redis answered.
type reply string

func (r reply) Error() string { return string(r) }
func (reply) RedisError()     {}

func TestTemporary(t *testing.T) {
	for _, err := range []error{
		reply("LOADING Redis is loading the dataset in memory"),
		reply("READONLY You can't write against a read only replica. script: 0a, on @user_script:3."),
		reply("CLUSTERDOWN The cluster is down"),
		reply("TRYAGAIN Multiple keys request during rehashing of slot"),
		reply("MOVED 3999 127.0.0.1:6381"),
		reply("MASTERDOWN Link with MASTER is down"),
		reply("NOREPLICAS Not enough good replicas to write."),
		reply("ERR max number of clients reached"),
		reply("OOM command not allowed when used memory > 'maxmemory'. script: 0a, on @user_script:84."),
		reply("ERR Error running script (call to f_0a): @user_script:84: -OOM command not allowed when used memory > 'maxmemory'."),
		reply("MISCONF Redis is configured to save RDB snapshots"),
		io.EOF, io.ErrUnexpectedEOF, context.DeadlineExceeded, redis.ErrPoolTimeout,
		&net.OpError{Op: "dial", Err: errors.New("connection refused")},
	} {
		require.True(t, Temporary(wrap("load", err)), "%v", err)
		require.True(t, Temporary(fmt.Errorf("chat 5: %w", wrap("load", err))), "%v", err)
	}
	for _, err := range []error{
		nil, bot.ErrRace, bot.ErrLeaseLost, context.Canceled, redis.ErrClosed, errPacked,
		reply("NOAUTH Authentication required."), reply("WRONGTYPE Operation against a key"), reply("ERR unknown command"),
	} {
		require.False(t, Temporary(wrap("load", err)), "%v", err)
	}
}

func TestErrorsNameTheOperation(t *testing.T) {
	require.NoError(t, wrap("load", nil))
	require.Equal(t, bot.ErrRace, wrap("commit", bot.ErrRace))
	require.EqualError(t, wrap("load", io.EOF), "redis load: EOF")
	full := wrap("commit", reply("OOM command not allowed when used memory > 'maxmemory'."))
	require.ErrorIs(t, full, ErrFull)
	require.EqualError(t, full, "redis commit: redis has no room to write: OOM command not allowed when used memory > 'maxmemory'.")
}
