package store

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
)

func opened(t *testing.T, url string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url, Options{})
	require.NoError(t, err, "%q", url)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestOneServer(t *testing.T) {
	for url, want := range map[string]redis.Options{
		"redis://localhost":                     {Addr: "localhost:6379"},
		"redis://h:7000/3":                      {Addr: "h:7000", DB: 3},
		"redis://:pa%2Fss@h:7000":               {Addr: "h:7000", Password: "pa/ss"},
		"redis://u:p@[::1]:7000/0":              {Addr: "[::1]:7000", Username: "u", Password: "p"},
		"redis://h?pool_size=7&read_timeout=2s": {Addr: "h:6379", PoolSize: 7, ReadTimeout: 2 * time.Second},
		"unix:///run/redis.sock?db=2":           {Addr: "/run/redis.sock", DB: 2, Network: "unix"},
		"unix://u:p@/run/redis.sock":            {Addr: "/run/redis.sock", Username: "u", Password: "p", Network: "unix"},
		"rediss://h/1":                          {Addr: "h:6379", DB: 1},
	} {
		client, ok := opened(t, url).Client().(*redis.Client)
		require.True(t, ok, "%q", url)
		got := client.Options()
		require.Equal(t, want.Addr, got.Addr, "%q", url)
		require.Equal(t, want.DB, got.DB, "%q", url)
		require.Equal(t, want.Username, got.Username, "%q", url)
		require.Equal(t, want.Password, got.Password, "%q", url)
		require.Equal(t, url[:6] == "rediss", got.TLSConfig != nil, "%q", url)
		if want.PoolSize > 0 {
			require.Equal(t, want.PoolSize, got.PoolSize)
			require.Equal(t, want.ReadTimeout, got.ReadTimeout)
		}
		if want.Network != "" {
			require.Equal(t, want.Network, got.Network)
		}
		require.True(t, got.ContextTimeoutEnabled, "%q", url)
	}
}

func TestClusters(t *testing.T) {
	for url, addrs := range map[string][]string{
		"redis://a:1,b:2,c:3":           {"a:1", "b:2", "c:3"},
		"redis://a,b":                   {"a:6379", "b:6379"},
		"redis://a:1,redis://b:2":       {"a:1", "b:2"},
		"redis://:p%40ss@a:1,[::1]:2/0": {"a:1", "[::1]:2"},
		"redis+cluster://a:1":           {"a:1"},
		"rediss://u:p@a:1, b:2":         {"a:1", "b:2"},
		"rediss+cluster://a:1/":         {"a:1"},
	} {
		client, ok := opened(t, url).Client().(*redis.ClusterClient)
		require.True(t, ok, "%q", url)
		require.Equal(t, addrs, client.Options().Addrs, "%q", url)
		require.Equal(t, url[:6] == "rediss", client.Options().TLSConfig != nil, "%q", url)
	}
	client := opened(t, "redis://u:p%40ss@a:1,b:2?pool_size=9").Client().(*redis.ClusterClient)
	require.Equal(t, "u", client.Options().Username)
	require.Equal(t, "p@ss", client.Options().Password)
	require.Equal(t, 9, client.Options().PoolSize)
}

func TestSentinels(t *testing.T) {
	raw := "redis+sentinel://u:p%3Ass@a:1,b/mymaster/3?sentinel_password=guard&sentinel_username=me&pool_size=9"
	o, err := sentinelOptions(t, raw)
	require.NoError(t, err)
	require.Equal(t, []string{"a:1", "b:26379"}, o.SentinelAddrs)
	require.Equal(t, "mymaster", o.MasterName)
	require.Equal(t, 3, o.DB)
	require.Equal(t, "u", o.Username)
	require.Equal(t, "p:ss", o.Password)
	require.Equal(t, "me", o.SentinelUsername)
	require.Equal(t, "guard", o.SentinelPassword)
	require.Equal(t, 9, o.PoolSize)
	require.Nil(t, o.TLSConfig)

	o, err = sentinelOptions(t, "rediss+sentinel://a/m?skip_verify=true")
	require.NoError(t, err)
	require.Equal(t, "a", o.TLSConfig.ServerName)
	require.True(t, o.TLSConfig.InsecureSkipVerify)
	require.Empty(t, o.Password)
}

func sentinelOptions(t *testing.T, raw string) (*redis.FailoverOptions, error) {
	t.Helper()
	opened(t, raw)
	a, err := parseAddress(raw)
	require.NoError(t, err)
	return a.sentinel()
}

func TestReplicas(t *testing.T) {
	for url, want := range map[string]int{
		"redis://a":                           0,
		"redis://a?replicas=2":                2,
		"redis://a?replicas=1&pool_size=3":    1,
		"redis://a,b?replicas=1":              1,
		"redis+sentinel://a/m":                1,
		"redis+sentinel://a/m?replicas=0":     0,
		"redis+sentinel://a/m/0?pool_size=10": 1,
	} {
		require.Equal(t, want, opened(t, url).o.Replicas, "%q", url)
	}
	s, err := Open(t.Context(), "redis://a?replicas=1", Options{Replicas: 3})
	require.NoError(t, err)
	require.Equal(t, 3, s.o.Replicas)
	require.NoError(t, s.Close())
}

func TestWrongAddresses(t *testing.T) {
	for url, want := range map[string]string{
		"":                               "redis url: it has no scheme such as redis://",
		"localhost:6379":                 "redis url: it has no scheme such as redis://",
		"http://h":                       `redis url: unknown scheme "http"`,
		"redis+ring://h":                 `redis url: unknown scheme "redis+ring"`,
		"unix+cluster://h":               `redis url: unknown scheme "unix+cluster"`,
		"redis://h/x":                    `redis url: redis: invalid database number: "x"`,
		"redis://h?colour=red":           "redis url: redis: unexpected option: colour",
		"redis://h?%zz":                  "redis url: what follows the ? is not a query",
		"redis://a,,b":                   "redis url: a host is empty",
		"redis://a,b/3":                  `redis url: a cluster has no database "3"`,
		"redis+sentinel://a":             "redis url: after the Sentinels comes /MASTER or /MASTER/DB",
		"redis+sentinel://a/m/0/1":       "redis url: after the Sentinels comes /MASTER or /MASTER/DB",
		"redis+sentinel://a/m/x":         `redis url: database "x" is not a number`,
		"redis://a?replicas=many":        `redis url: replicas="many" is not a number`,
		"redis://:hunter2/x@h":           "redis url: a user or password has one of /?#@ in it; it has to be percent-encoded",
		"redis://:hunter2?x@h":           "redis url: a user or password has one of /?#@ in it; it has to be percent-encoded",
		"redis://:hunter2@x@h,i":         "redis url: a user or password has one of /?#@ in it; it has to be percent-encoded",
		"redis+sentinel://:hunter%@h/m":  "redis url: what precedes the @ is not USER:PASSWORD, percent-encoded",
		"redis://:hunter2%zz@h":          "redis url: what precedes the @ is not USER:PASSWORD, percent-encoded",
		"redis://u:hunter2@h:port":       `redis url: invalid port ":port" after host`,
		"redis://u:hunter2@h/x/y":        "redis url: redis: invalid URL path: /x/y",
		"redis://u:hunter2@h1,h2?b=1":    "redis url: redis: unexpected option: b",
		"unix://u:hunter2@/run/s?db=two": `redis url: redis: invalid database number: strconv.Atoi: parsing "two": invalid syntax`,
	} {
		_, err := Open(t.Context(), url, Options{})
		require.EqualError(t, err, want, "%q", url)
	}
}
