package redistest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
)

// slots is how many hash slots a Redis Cluster has.
const slots = 16384

// Cluster is a Redis Cluster of masters without replicas; each holds the same share of the slots.
type Cluster struct {
	Nodes []*Server

	t testing.TB
}

// StartCluster starts a cluster and waits until every node says that it is complete.
func StartCluster(t testing.TB, nodes int, settings ...string) *Cluster {
	t.Helper()
	c := &Cluster{t: t}
	for range nodes {
		bus := strconv.Itoa(freePort(t))
		c.Nodes = append(c.Nodes, Start(t, append([]string{"cluster-enabled", "yes", "cluster-port", bus, "cluster-node-timeout", "2000",
			"cluster-require-full-coverage", "no"}, settings...)...))
	}
	ctx := t.Context()
	for i, node := range c.Nodes {
		client := node.Client()
		require.NoError(t, client.Do(ctx, "cluster", "set-config-epoch", i+1).Err())
		from, to := slots*i/nodes, slots*(i+1)/nodes-1
		require.NoError(t, client.ClusterAddSlotsRange(ctx, from, to).Err())
		bus, err := client.ConfigGet(ctx, "cluster-port").Result()
		require.NoError(t, err)
		require.NoError(t, c.Nodes[0].Client().Do(ctx, "cluster", "meet", "127.0.0.1", node.port, bus["cluster-port"]).Err())
	}
	for _, node := range c.Nodes {
		require.NoError(t, Poll(patience, func(ctx context.Context) error { return node.complete(ctx, nodes) }))
	}
	return c
}

// URL is the address as REDIS_URL has it.
func (c *Cluster) URL() string {
	addrs := make([]string, len(c.Nodes))
	for i, node := range c.Nodes {
		addrs[i] = node.Addr
	}
	return "redis://" + strings.Join(addrs, ",")
}

// Move is a slot on its way from one node to another.
type Move struct {
	Slot     int
	from, to *Server
	c        *Cluster
}

// Begin starts to move the slot of a key to another node: from now on the slot is in both, until End.
func (c *Cluster) Begin(ctx context.Context, key string) Move {
	c.t.Helper()
	slot, err := c.Nodes[0].Client().ClusterKeySlot(ctx, key).Result()
	require.NoError(c.t, err)
	m := Move{Slot: int(slot), from: c.holder(ctx, int(slot)), c: c}
	for _, node := range c.Nodes {
		if node != m.from {
			m.to = node
		}
	}
	m.set(ctx, m.to, "importing", m.from.id(ctx))
	m.set(ctx, m.from, "migrating", m.to.id(ctx))
	return m
}

// Keys moves up to n keys of the slot and says how many it moved.
func (m Move) Keys(ctx context.Context, n int) int {
	m.c.t.Helper()
	from := m.from.Client()
	keys, err := from.ClusterGetKeysInSlot(ctx, m.Slot, n).Result()
	require.NoError(m.c.t, err)
	for _, key := range keys {
		require.NoError(m.c.t, from.Migrate(ctx, "127.0.0.1", strconv.Itoa(m.to.port), key, 0, patience).Err())
	}
	return len(keys)
}

// End moves what is left and tells every node where the slot is now.
func (m Move) End(ctx context.Context) {
	m.c.t.Helper()
	for m.Keys(ctx, 100) > 0 {
	}
	m.set(ctx, m.to, "node", m.to.id(ctx))
	for _, node := range m.c.Nodes {
		m.set(ctx, node, "node", m.to.id(ctx))
	}
}

func (m Move) set(ctx context.Context, on *Server, state, id string) {
	m.c.t.Helper()
	require.NoError(m.c.t, on.Client().Do(ctx, "cluster", "setslot", m.Slot, state, id).Err())
}

// holder is the node that has a slot.
func (c *Cluster) holder(ctx context.Context, slot int) *Server {
	c.t.Helper()
	shards, err := c.Nodes[0].Client().ClusterShards(ctx).Result()
	require.NoError(c.t, err)
	for _, shard := range shards {
		has := func(r redis.SlotRange) bool { return r.Start <= int64(slot) && int64(slot) <= r.End }
		if !slices.ContainsFunc(shard.Slots, has) {
			continue
		}
		for _, node := range c.Nodes {
			if shard.Nodes[0].Port == int64(node.port) {
				return node
			}
		}
	}
	require.FailNow(c.t, "no node has the slot", "%d", slot)
	return nil
}

// id is a node's name in the cluster.
func (s *Server) id(ctx context.Context) string {
	s.t.Helper()
	id, err := s.Client().ClusterMyID(ctx).Result()
	require.NoError(s.t, err)
	return id
}

// complete says whether a node knows all others and holds the cluster to be well.
func (s *Server) complete(ctx context.Context, nodes int) error {
	client := redis.NewClient(&redis.Options{Addr: s.Addr})
	defer func() { _ = client.Close() }()
	info, err := client.ClusterInfo(ctx).Result()
	if err != nil {
		return err
	}
	for _, want := range []string{"cluster_state:ok", "cluster_slots_ok:16384", fmt.Sprintf("cluster_known_nodes:%d", nodes)} {
		if !strings.Contains(info, want+"\r\n") {
			return fmt.Errorf("node %s: not yet %s", s.Addr, want)
		}
	}
	return nil
}
