package store

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// ParseURL makes a client of one of these:
//
//	redis://[[USER]:PASSWORD@]HOST[:PORT][/DB]                     one server
//	rediss://...                                                  the same over TLS
//	unix://[[USER]:PASSWORD@]/PATH[?db=DB]                         one server, by its socket
//	redis://HOST:PORT,HOST:PORT,...                               a Redis Cluster, some of its nodes; rediss:// too
//	redis+cluster://HOST:PORT                                     a Redis Cluster, one of its nodes; rediss+cluster:// too
//	redis+sentinel://[[USER]:PASSWORD@]HOST[:PORT],.../MASTER[/DB]   Sentinels that watch MASTER; rediss+sentinel:// too
//
// USER and PASSWORD are those of the data servers, percent-encoded; what the Sentinels themselves want goes into
// ?sentinel_username=... and ?sentinel_password=.... Hosts in a list may repeat the scheme. The options of go-redis
// (?pool_size=..., ?read_timeout=...) can be given with every form. It does not connect. Errors hold no password.
func ParseURL(raw string) (redis.UniversalClient, error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return nil, errors.New("redis url: it has no scheme such as redis://")
	}
	base, kind, _ := strings.Cut(scheme, "+")
	if base != "redis" && base != "rediss" && scheme != "unix" {
		return nil, fmt.Errorf("redis url: unknown scheme %q", scheme)
	}
	if scheme == "unix" {
		return single(raw)
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 && strings.ContainsAny(rest[:at], "/?#@") {
		return nil, errors.New("redis url: a user or password has one of /?#@ in it; it has to be percent-encoded")
	}
	a, err := splitAddress(base, rest)
	if err != nil {
		return nil, err
	}
	switch {
	case kind == "sentinel":
		return a.sentinel()
	case kind == "cluster", kind == "" && len(a.hosts) > 1:
		return a.cluster()
	case kind == "":
		return single(raw)
	}
	return nil, fmt.Errorf("redis url: unknown scheme %q", scheme)
}

// address is a URL with several hosts.
type address struct {
	scheme string
	user   *url.Userinfo
	hosts  []string
	path   []string
	query  url.Values
}

func splitAddress(scheme, rest string) (address, error) {
	a := address{scheme: scheme}
	rest, query, _ := strings.Cut(rest, "?")
	var err error
	if a.query, err = url.ParseQuery(query); err != nil {
		return a, errors.New("redis url: what follows the ? is not a query")
	}
	rest = strings.ReplaceAll(rest, ","+scheme+"://", ",")
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		u, err := url.Parse("redis://" + rest[:at+1] + "host")
		if err != nil {
			return a, errors.New("redis url: what precedes the @ is not USER:PASSWORD, percent-encoded")
		}
		a.user, rest = u.User, rest[at+1:]
	}
	hosts, path, _ := strings.Cut(rest, "/")
	for host := range strings.SplitSeq(hosts, ",") {
		if host = strings.TrimSpace(host); host == "" {
			return a, errors.New("redis url: a host is empty")
		}
		a.hosts = append(a.hosts, host)
	}
	if path = strings.Trim(path, "/"); path != "" {
		a.path = strings.Split(path, "/")
	}
	return a, nil
}

func single(raw string) (redis.UniversalClient, error) {
	o, err := redis.ParseURL(raw)
	if err != nil {
		return nil, clean(err)
	}
	o.MaxRetries = retries(o.MaxRetries)
	o.ContextTimeoutEnabled = true
	o.MaintNotificationsConfig = quiet()
	return redis.NewClient(o), nil
}

func (a address) cluster() (redis.UniversalClient, error) {
	if path := strings.Join(a.path, "/"); path != "" && path != "0" {
		return nil, fmt.Errorf("redis url: a cluster has no database %q", path)
	}
	o, err := redis.ParseClusterURL(a.plain("6379", "", a.user))
	if err != nil {
		return nil, clean(err)
	}
	o.MaxRetries = retries(o.MaxRetries)
	if o.MaxRedirects == 0 {
		o.MaxRedirects = 8
	}
	o.ContextTimeoutEnabled = true
	o.MaintNotificationsConfig = quiet()
	return redis.NewClusterClient(o), nil
}

func (a address) sentinel() (redis.UniversalClient, error) {
	if len(a.path) == 0 || len(a.path) > 2 {
		return nil, errors.New("redis url: after the Sentinels comes /MASTER or /MASTER/DB")
	}
	db := "0"
	if len(a.path) == 2 {
		db = a.path[1]
	}
	if n, err := strconv.Atoi(db); err != nil || n < 0 {
		return nil, fmt.Errorf("redis url: database %q is not a number", db)
	}
	var guard *url.Userinfo
	if password := a.query.Get("sentinel_password"); password != "" {
		guard = url.UserPassword(a.query.Get("sentinel_username"), password)
	}
	a.query.Del("sentinel_username")
	a.query.Del("sentinel_password")
	a.query.Set("master_name", a.path[0])
	o, err := redis.ParseFailoverURL(a.plain("26379", "/"+db, guard))
	if err != nil {
		return nil, clean(err)
	}
	if a.user != nil {
		o.Username = a.user.Username()
		o.Password, _ = a.user.Password()
	}
	if o.TLSConfig != nil {
		// The name to verify is that of whichever server is dialled.
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: o.TLSConfig.InsecureSkipVerify}
	}
	o.MaxRetries = retries(o.MaxRetries)
	o.ContextTimeoutEnabled = true
	return redis.NewFailoverClient(o), nil
}

// plain is the address as go-redis has it: one host, and the others as parameters.
func (a address) plain(port, path string, user *url.Userinfo) string {
	query := url.Values{}
	for k, v := range a.query {
		query[k] = v
	}
	for _, host := range a.hosts[1:] {
		query.Add("addr", withPort(host, port))
	}
	u := url.URL{Scheme: a.scheme, User: user, Host: withPort(a.hosts[0], port), Path: path, RawQuery: query.Encode()}
	return u.String()
}

func withPort(host, port string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), port)
}

// retries is how often a command is sent again by default: enough to outlast a restart of Redis of about two seconds.
func retries(asked int) int {
	if asked != 0 {
		return asked
	}
	return 6
}

// quiet leaves out the handshake for notices of maintenance, which only Redis' own cloud sends.
func quiet() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

// clean keeps the text of an error of net/url, which quotes the whole URL with its password, out of ours.
func clean(err error) error {
	var quoted *url.Error
	if errors.As(err, &quoted) {
		err = quoted.Err
	}
	return fmt.Errorf("redis url: %w", err)
}
