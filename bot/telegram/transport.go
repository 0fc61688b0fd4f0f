package telegram

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	dialTimeout = 10 * time.Second // for the handshake of TLS as much again
	mostIdle    = 512              // connections that are kept for the next call
	reason      = time.Second      // for a server to say why it does not read a request to its end
	// Below the server's own idle timeout (75 s is nginx's): a call that is written just as the server hangs up has an uncertain end,
	// which a bot should meet as rarely as possible.
	idleTimeout = 30 * time.Second
	trusted     = 100 * time.Millisecond // a line that was idle for less is taken to stand
)

// NewTransport is a pool of connections to the Bot API server at an http or https address. It goes through the proxy that HTTPS_PROXY
// and its like name for the address, if there is one.
//
// Neither way speaks HTTP/2, where every call shares a connection and is lost with it; here a lost connection loses one call at most,
// and it is known which.
func NewTransport(api *url.URL) http.RoundTripper {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}
	t := &http.Transport{
		Proxy:               http.ProxyFromEnvironment, // says what is wrong with the proxy's address, call by call
		DialContext:         dialer.DialContext,
		TLSHandshakeTimeout: dialTimeout,
		// The default transport keeps two for a host, so that with more chats than that nearly every message opens a new one.
		MaxIdleConns:        mostIdle,
		MaxIdleConnsPerHost: mostIdle,
		IdleConnTimeout:     idleTimeout,
		DisableCompression:  true,
		Protocols:           new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: api}); err != nil || proxy != nil {
		return t
	}
	l := &lines{scheme: api.Scheme, host: api.Host, dial: dialer.DialContext, other: t}
	if api.Scheme == "https" {
		l.secure = &tls.Config{ServerName: api.Hostname(), ClientSessionCache: tls.NewLRUClientSessionCache(8)}
	}
	return l
}
