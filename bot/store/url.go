package store

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Open prepares a store for the Redis at one of these addresses:
//
//	redis://[[USER]:PASSWORD@]HOST[:PORT][/DB]                     one server
//	rediss://...                                                  the same over TLS
//	unix://[[USER]:PASSWORD@]/PATH[?db=DB]                         one server, by its socket
//	redis://HOST:PORT,HOST:PORT,...                               a Redis Cluster, some of its nodes; rediss:// too
//	redis+cluster://HOST:PORT                                     a Redis Cluster, one of its nodes; rediss+cluster:// too
//	redis+sentinel://[[USER]:PASSWORD@]HOST[:PORT],.../MASTER[/DB]   Sentinels that watch MASTER; rediss+sentinel:// too
//
// USER and PASSWORD are those of the data servers, percent-encoded; what the Sentinels themselves want goes into
// ?sentinel_username=... and ?sentinel_password=.... Hosts in a list may repeat the scheme. ?replicas=N sets
// Options.Replicas; with Sentinel it is 1 unless it is given. The options of go-redis (?pool_size=..., ?read_timeout=...) can be
// given with every form. Over TLS every server is verified by the name of the first host.
//
// Open does not connect: the first call does. Its errors hold no password.
func Open(_ context.Context, raw string, o Options) (*Store, error) {
	a, err := parseAddress(raw)
	if err != nil {
		return nil, fmt.Errorf("redis url: %w", err)
	}
	client, err := a.connect()
	if err != nil {
		return nil, fmt.Errorf("redis url: %w", bare(err))
	}
	if o.Replicas == 0 {
		o.Replicas = a.replicas
	}
	return New(client, o), nil
}

// address is what a URL says.
type address struct {
	scheme   string // redis, rediss or unix
	kind     string // cluster, sentinel, or empty for one server
	user     *url.Userinfo
	hosts    []string // of unix none
	path     string   // without slashes at its ends; of unix the whole rest, with the user
	query    url.Values
	replicas int
}

func parseAddress(raw string) (address, error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return address{}, errors.New("it has no scheme such as redis://")
	}
	var a address
	a.scheme, a.kind, _ = strings.Cut(scheme, "+")
	switch scheme {
	case "redis", "redis+cluster", "redis+sentinel", "rediss", "rediss+cluster", "rediss+sentinel":
		at := max(strings.LastIndexByte(rest, '@'), 0)
		if strings.ContainsAny(rest[:at], "/?#@") {
			return a, errors.New("a user or password has one of /?#@ in it; it has to be percent-encoded")
		}
	case "unix":
	default:
		return a, fmt.Errorf("unknown scheme %q", scheme)
	}
	rest, query, _ := strings.Cut(rest, "?")
	if err := a.parseQuery(query); err != nil {
		return a, err
	}
	if scheme == "unix" {
		a.path = rest
		return a, nil
	}
	return a, a.parseHosts(rest)
}

// parseQuery takes what is ours out of the parameters.
func (a *address) parseQuery(query string) (err error) {
	if a.query, err = url.ParseQuery(query); err != nil {
		return errors.New("what follows the ? is not a query")
	}
	if a.kind == "sentinel" {
		a.replicas = 1
	}
	if given := a.query.Get("replicas"); given != "" {
		if a.replicas, err = strconv.Atoi(given); err != nil || a.replicas < 0 {
			return fmt.Errorf("replicas=%q is not a number", given)
		}
	}
	a.query.Del("replicas")
	return nil
}

// parseHosts reads what is between scheme and query.
func (a *address) parseHosts(rest string) error {
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		u, err := url.Parse("redis://" + rest[:at+1] + "host")
		if err != nil {
			return errors.New("what precedes the @ is not USER:PASSWORD, percent-encoded")
		}
		a.user, rest = u.User, rest[at+1:]
	}
	hosts, path, _ := strings.Cut(strings.ReplaceAll(rest, ","+a.scheme+"://", ","), "/")
	a.path = strings.Trim(path, "/")
	for host := range strings.SplitSeq(hosts, ",") {
		if host = strings.TrimSpace(host); host == "" {
			return errors.New("a host is empty")
		}
		a.hosts = append(a.hosts, host)
	}
	if a.kind == "" && len(a.hosts) > 1 {
		a.kind = "cluster"
	}
	return nil
}

// plain is the address as go-redis has it: one host, and the others as parameters.
func (a *address) plain(user *url.Userinfo, port, path string) string {
	query := url.Values{}
	for name, values := range a.query {
		query[name] = values
	}
	for _, host := range a.hosts[1:] {
		query.Add("addr", withPort(host, port))
	}
	u := url.URL{Scheme: a.scheme, User: user, Host: withPort(a.hosts[0], port), Path: "/" + path, RawQuery: query.Encode()}
	return u.String()
}

func withPort(host, port string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), port)
}

// bare is an error without the URL that net/url quotes in it, password and all.
func bare(err error) error {
	var quoted *url.Error
	if errors.As(err, &quoted) {
		return quoted.Err
	}
	return err
}

// connect makes a client, which does not connect before its first use.
func (a *address) connect() (redis.UniversalClient, error) {
	switch a.kind {
	case "cluster":
		o, err := a.cluster()
		if err != nil {
			return nil, err
		}
		return redis.NewClusterClient(o), nil
	case "sentinel":
		o, err := a.sentinel()
		if err != nil {
			return nil, err
		}
		return redis.NewFailoverClient(o), nil
	}
	o, err := a.single()
	if err != nil {
		return nil, err
	}
	return redis.NewClient(o), nil
}
