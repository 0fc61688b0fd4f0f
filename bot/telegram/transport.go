package telegram

import (
	"net"
	"net/http"
	"time"
)

// NewTransport is a connection pool for one Bot API server.
//
// The default transport keeps two idle connections for a host, so that with more chats than that nearly every message opens
// a new one. It also speaks HTTP/2, where every call shares a connection and is lost with it; here a lost connection loses one
// call at most, and it is known which.
func NewTransport() *http.Transport {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		MaxIdleConns:          512,
		MaxIdleConnsPerHost:   512,
		ExpectContinueTimeout: time.Second,
		// Below the server's own idle timeout (75 s is nginx's): a call that is written just as the server hangs up has an
		// uncertain end, which a bot should meet as rarely as possible.
		IdleConnTimeout:    30 * time.Second,
		DisableCompression: true,
		Protocols:          new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	return t
}
