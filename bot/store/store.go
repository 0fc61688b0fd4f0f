// Package store keeps conversations, their outboxes and their alarms in Redis: one server, Sentinel or a Redis Cluster.
package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"respite/bot"
)

// Options sets a store up. The zero value is good for production.
type Options struct {
	// Lease is how long an instance that delivers a chat's outbox is taken to be alive without a sign of life; 30 s if zero.
	// It has to be a third longer than one call to Telegram may take.
	Lease time.Duration
	// Refresh is how old the knowledge of what is due in each shard may grow; 5 s if zero. An alarm or a pause that this
	// instance set itself is known at once; what another instance set is noticed at most this much later.
	Refresh time.Duration
	// Audit is how many entries each shard's audit trail keeps; 10,000 if zero.
	Audit int64
	// Replicas is how many replicas must have a write before its answer is given, so that a failover right after it does not
	// lose it; none if zero. If they do not confirm in ReplicaWait, 200 ms if zero, the answer is given all the same: then
	// Redis' own min-replicas-to-write decides what is risked.
	Replicas    int
	ReplicaWait time.Duration
}

// Store is all conversations in one Redis. It is safe for concurrent use.
type Store struct {
	client   redis.UniversalClient
	batch    *batcher // nil in a cluster, where one slow node would hold up the commands for the others
	scripts  scripts
	known    acquaintances
	o        Options
	replicas *replicas
	alarms   *horizon
	outbox   *horizon
	clock    *clock
}

var _ bot.Conversations = (*Store)(nil)

// New makes a store of a client, which the store closes.
func New(client redis.UniversalClient, o Options) *Store {
	if o.Lease == 0 {
		o.Lease = 30 * time.Second
	}
	if o.Refresh == 0 {
		o.Refresh = 5 * time.Second
	}
	if o.Audit == 0 {
		o.Audit = 10_000
	}
	if o.ReplicaWait == 0 {
		o.ReplicaWait = 200 * time.Millisecond
	}
	s := &Store{
		client: client, scripts: newScripts(), o: o, alarms: newHorizon(), outbox: newHorizon(), clock: newClock(),
		replicas: &replicas{want: o.Replicas, wait: o.ReplicaWait},
	}
	if _, single := client.(*redis.Client); single {
		s.batch = &batcher{client: client, replicas: s.replicas, script: s.scripts.swap, lease: o.Lease}
	}
	return s
}

// Client is the connection pool, for the other small stores.
func (s *Store) Client() redis.UniversalClient { return s.client }

// Ping asks Redis for a sign of life.
func (s *Store) Ping(ctx context.Context) error { return wrap("ping", s.client.Ping(ctx).Err()) }

// Close closes all connections.
func (s *Store) Close() error { return wrap("close", s.client.Close()) }

// checkOwner refuses names that the packed form of a conversation cannot hold.
func checkOwner(owner string) error {
	if owner == "" || owner == "-" || strings.ContainsAny(owner, " \t\n\v\f\r") {
		return fmt.Errorf("owner %q: must be a word other than %q", owner, "-")
	}
	return nil
}
