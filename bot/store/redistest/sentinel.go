package redistest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
)

// master is the name under which the Sentinels know the master.
const master = "mymaster"

// Sentinel is a master with replicas, watched by three Sentinels that need two of them to agree on a failover. A master is taken to
// be down after half a second.
type Sentinel struct {
	Servers   []*Server // the first was the master at the start
	Sentinels []*Server
}

// StartSentinel starts them and waits until everybody knows everybody.
func StartSentinel(t testing.TB, replicas int, settings ...string) *Sentinel {
	t.Helper()
	settings = append([]string{"repl-diskless-sync-delay", "0"}, settings...)
	first := Start(t, settings...)
	s := &Sentinel{Servers: []*Server{first}}
	for range replicas {
		s.Servers = append(s.Servers, Start(t, append([]string{"replicaof", "127.0.0.1 " + strconv.Itoa(first.port)}, settings...)...))
	}
	for range 3 {
		s.Sentinels = append(s.Sentinels, startSentinel(t, first))
	}
	for _, replica := range s.Servers[1:] {
		require.NoError(t, Poll(patience, replica.inSync))
	}
	for _, guard := range s.Sentinels {
		require.NoError(t, Poll(patience, func(ctx context.Context) error { return guard.knows(ctx, replicas) }))
	}
	return s
}

// URL is the address as REDIS_URL has it.
func (s *Sentinel) URL() string {
	addrs := make([]string, len(s.Sentinels))
	for i, guard := range s.Sentinels {
		addrs[i] = guard.Addr
	}
	return "redis+sentinel://" + strings.Join(addrs, ",") + "/" + master + "/0"
}

// Master is the server that the Sentinels take to be the master now.
func (s *Sentinel) Master(ctx context.Context) (*Server, error) {
	client := redis.NewSentinelClient(&redis.Options{Addr: s.Sentinels[0].Addr})
	defer func() { _ = client.Close() }()
	addr, err := client.GetMasterAddrByName(ctx, master).Result()
	if err != nil {
		return nil, err
	}
	for _, server := range s.Servers {
		if server.Addr == strings.Join(addr, ":") {
			return server, nil
		}
	}
	return nil, fmt.Errorf("the master is %q, which is none of ours", addr)
}

// startSentinel starts one Sentinel. It rewrites its configuration, so that has to be a file.
func startSentinel(t testing.TB, watched *Server) *Server {
	t.Helper()
	lookPath(t)
	s := &Server{t: t, Dir: t.TempDir(), sentinel: true}
	t.Cleanup(s.end)
	return s.settle(func() {
		conf := fmt.Sprintf("sentinel monitor %[1]s 127.0.0.1 %[2]d 2\n"+
			"sentinel down-after-milliseconds %[1]s 500\nsentinel failover-timeout %[1]s 3000\n", master, watched.port)
		require.NoError(t, os.WriteFile(filepath.Join(s.Dir, "sentinel.conf"), []byte(conf), 0o600))
	})
}

// inSync says whether a replica has caught up with its master.
func (s *Server) inSync(ctx context.Context) error {
	client := redis.NewClient(&redis.Options{Addr: s.Addr, Password: s.Password})
	defer func() { _ = client.Close() }()
	info, err := client.InfoMap(ctx, "replication").Result()
	if err != nil {
		return err
	}
	if state := info["Replication"]["master_link_status"]; state != "up" {
		return fmt.Errorf("replica %s: link is %q", s.Addr, state)
	}
	return nil
}

// knows says whether a Sentinel has found the others and the replicas.
func (s *Server) knows(ctx context.Context, replicas int) error {
	client := redis.NewSentinelClient(&redis.Options{Addr: s.Addr})
	defer func() { _ = client.Close() }()
	state, err := client.Master(ctx, master).Result()
	if err != nil {
		return err
	}
	if state["num-slaves"] != strconv.Itoa(replicas) || state["num-other-sentinels"] != "2" {
		return fmt.Errorf("sentinel %s: %s replicas and %s others", s.Addr, state["num-slaves"], state["num-other-sentinels"])
	}
	return nil
}
