//go:build unix

package telegram

import (
	"crypto/tls"
	"errors"
	"syscall"
)

// stands says whether the server keeps the line open and has said nothing on it unasked.
func (c *line) stands() bool {
	conn := c.Conn
	if safe, ok := conn.(*tls.Conn); ok {
		conn = safe.NetConn()
	}
	socket, ok := conn.(syscall.Conn)
	if !ok {
		return true
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return false
	}
	silent := false
	err = raw.Read(func(fd uintptr) bool {
		var b [1]byte
		_, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK) // Go's sockets do not block
		silent = errors.Is(err, syscall.EAGAIN)
		return true
	})
	return err == nil && silent
}
