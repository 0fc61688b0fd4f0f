package store

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// retries is how often a command is sent again: enough to outlast a restart of Redis of a second or two. With that a failed dial
// need not be tried again by itself.
const retries = 8

// buffered is how many bytes each connection has room for in either direction: some ten commits. By itself the client takes twice as much.
const buffered = 16 << 10

// usual fills in what every client is to have unless the URL says otherwise: retries, which a cluster calls redirects; a dialer that tries
// once; and the older protocol, because nothing here asks for pushed messages, for which the newer looks before each answer. What is
// asked for ends with its context.
func usual(tries, dials, protocol, reads, writes *int, contexts *bool) {
	*reads, *writes = cmp.Or(*reads, buffered), cmp.Or(*writes, buffered)
	*tries = cmp.Or(*tries, retries)
	*dials = max(*dials, 1)
	*protocol = cmp.Or(*protocol, 2)
	*contexts = true
}

// single is how to reach one server.
func (a *address) single() (*redis.Options, error) {
	raw := "unix://" + a.path
	if a.scheme != "unix" {
		raw = a.plain(a.user, "6379", a.path)
	} else if len(a.query) > 0 {
		raw += "?" + a.query.Encode()
	}
	o, err := redis.ParseURL(raw)
	if err != nil {
		return nil, err
	}
	usual(&o.MaxRetries, &o.DialerRetries, &o.Protocol, &o.ReadBufferSize, &o.WriteBufferSize, &o.ContextTimeoutEnabled)
	o.MaintNotificationsConfig = quiet()
	return o, nil
}

// cluster is how to reach a cluster. Its client tries again by redirecting; retries of its nodes' clients would multiply with that.
func (a *address) cluster() (*redis.ClusterOptions, error) {
	if a.path != "" && a.path != "0" {
		return nil, fmt.Errorf("a cluster has no database %q", a.path)
	}
	o, err := redis.ParseClusterURL(a.plain(a.user, "6379", ""))
	if err != nil {
		return nil, err
	}
	usual(&o.MaxRedirects, &o.DialerRetries, &o.Protocol, &o.ReadBufferSize, &o.WriteBufferSize, &o.ContextTimeoutEnabled)
	o.MaintNotificationsConfig = quiet()
	return o, nil
}

// sentinel is how to reach the master that Sentinels watch.
func (a *address) sentinel() (*redis.FailoverOptions, error) {
	master, db, _ := strings.Cut(a.path, "/")
	if master == "" || strings.Contains(db, "/") {
		return nil, errors.New("after the Sentinels comes /MASTER or /MASTER/DB")
	}
	if n, err := strconv.Atoi(db); db != "" && (err != nil || n < 0) {
		return nil, fmt.Errorf("database %q is not a number", db)
	}
	var guard *url.Userinfo
	if password := a.query.Get("sentinel_password"); password != "" {
		guard = url.UserPassword(a.query.Get("sentinel_username"), password)
	}
	a.query.Del("sentinel_username")
	a.query.Del("sentinel_password")
	a.query.Set("master_name", master)
	o, err := redis.ParseFailoverURL(a.plain(guard, "26379", db))
	if err != nil {
		return nil, err
	}
	if a.user != nil {
		o.Username = a.user.Username()
		o.Password, _ = a.user.Password()
	}
	usual(&o.MaxRetries, &o.DialerRetries, &o.Protocol, &o.ReadBufferSize, &o.WriteBufferSize, &o.ContextTimeoutEnabled)
	return o, nil
}

// quiet leaves out the handshake for notices of maintenance, which only Redis' own cloud sends.
func quiet() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}
