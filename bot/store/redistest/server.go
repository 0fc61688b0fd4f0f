// Package redistest starts real redis-server processes for tests: one server, Sentinel with replicas, or a Redis Cluster.
package redistest

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
)

// Require names the environment variable that makes a missing redis-server a failure instead of a reason to skip.
const Require = "RESPITE_REQUIRE"

// patience is how long a process may take to become ready.
const patience = 20 * time.Second

// Server is a redis-server process of its own, on a free port of the loopback interface. It ends with the test.
type Server struct {
	Addr     string // host:port
	Password string
	Dir      string // its data and its log

	t        testing.TB
	port     int
	sentinel bool
	conf     []string
	cmd      *exec.Cmd
	done     chan struct{} // closed when the process has ended
}

// Start starts one server without persistence, unless settings say otherwise: "appendonly", "yes" and so on, in pairs.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	return start(t, "", settings)
}

// StartWithPassword starts one server that asks for a password.
func StartWithPassword(t testing.TB, password string, settings ...string) *Server {
	t.Helper()
	return start(t, password, append([]string{"requirepass", password}, settings...))
}

// URL is the server's address as REDIS_URL has it.
func (s *Server) URL() string {
	u := url.URL{Scheme: "redis", Host: s.Addr, Path: "/0"}
	if s.Password != "" {
		u.User = url.UserPassword("", s.Password)
	}
	return u.String()
}

// Client connects to the server; the connections are closed when the test ends.
func (s *Server) Client() *redis.Client {
	client := redis.NewClient(&redis.Options{Addr: s.Addr, Password: s.Password})
	s.t.Cleanup(func() { _ = client.Close() })
	return client
}

// Kill ends the process as kill -9 does.
func (s *Server) Kill() {
	s.t.Helper()
	s.signal(syscall.SIGKILL)
	<-s.done
}

// Stop ends the process in good order.
func (s *Server) Stop() {
	s.t.Helper()
	s.signal(syscall.SIGTERM)
	<-s.done
}

// Restart starts a process that was killed or stopped again, on the same port and the same data.
func (s *Server) Restart() {
	s.t.Helper()
	require.NoError(s.t, s.launch())
	s.ready()
}

// Pause stops the process without ending it: it takes connections and answers nothing.
func (s *Server) Pause() {
	s.t.Helper()
	s.signal(syscall.SIGSTOP)
}

// Resume lets a paused process go on.
func (s *Server) Resume() {
	s.t.Helper()
	s.signal(syscall.SIGCONT)
}

func start(t testing.TB, password string, conf []string) *Server {
	t.Helper()
	lookPath(t)
	s := &Server{t: t, Password: password, Dir: t.TempDir(), conf: conf}
	t.Cleanup(s.end)
	return s.settle(func() {})
}

// settle finds a free port and starts the process there. Between finding and using it another process may take the port: then
// the next one is tried. Before each try it calls prepare.
func (s *Server) settle(prepare func()) *Server {
	s.t.Helper()
	var err error
	for range 5 {
		s.port = freePort(s.t)
		s.Addr = net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port))
		prepare()
		require.NoError(s.t, s.launch())
		if err = s.answers(); err == nil {
			return s
		}
		s.kill()
	}
	require.NoError(s.t, err, "redis-server log:\n%s", s.log())
	return nil
}

// launch starts the process.
func (s *Server) launch() error {
	args := []string{"--port", strconv.Itoa(s.port), "--bind", "127.0.0.1", "--dir", s.Dir, "--logfile", "redis.log"}
	if s.sentinel {
		args = append([]string{filepath.Join(s.Dir, "sentinel.conf"), "--sentinel"}, args...)
	} else {
		args = append(args, "--save", "", "--appendonly", "no")
	}
	for i := 0; i+1 < len(s.conf); i += 2 {
		args = append(args, "--"+s.conf[i], s.conf[i+1])
	}
	s.cmd = exec.CommandContext(context.Background(), "redis-server", args...)
	s.done = make(chan struct{})
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start redis-server: %w", err)
	}
	go func(cmd *exec.Cmd, done chan struct{}) {
		_ = cmd.Wait()
		close(done)
	}(s.cmd, s.done)
	return nil
}

// ready waits until the process answers.
func (s *Server) ready() {
	s.t.Helper()
	require.NoError(s.t, s.answers(), "redis-server log:\n%s", s.log())
}

// answers waits until this very process answers on its port and has loaded its data.
func (s *Server) answers() error {
	client := redis.NewClient(&redis.Options{Addr: s.Addr, Password: s.Password, MaxRetries: -1})
	defer func() { _ = client.Close() }()
	return Poll(patience, func(ctx context.Context) error {
		select {
		case <-s.done:
			return fatal{fmt.Errorf("redis-server on %s ended: %s", s.Addr, s.cmd.ProcessState)}
		default:
		}
		if err := client.Ping(ctx).Err(); err != nil {
			return err
		}
		info, err := client.InfoMap(ctx, "server").Result()
		if err != nil {
			return err
		}
		if pid := info["Server"]["process_id"]; pid != strconv.Itoa(s.cmd.Process.Pid) {
			return fmt.Errorf("process %s answers on %s", pid, s.Addr)
		}
		return nil
	})
}

func (s *Server) signal(sig os.Signal) {
	s.t.Helper()
	require.NoError(s.t, s.cmd.Process.Signal(sig))
}

// end is the cleanup of a server.
func (s *Server) end() {
	if s.t.Failed() {
		s.t.Logf("redis-server on %s:\n%s", s.Addr, s.log())
	}
	s.kill()
}

// kill ends the process if it has not ended already.
func (s *Server) kill() {
	if s.cmd == nil || s.cmd.Process == nil {
		return
	}
	_ = s.cmd.Process.Kill()
	<-s.done
}

// log is the end of the server's log.
func (s *Server) log() string {
	raw, err := os.ReadFile(filepath.Join(s.Dir, "redis.log"))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}

// lookPath skips or fails the test if there is no redis-server.
func lookPath(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err == nil {
		return
	}
	const missing = "redis-server is not installed; this test needs a real one"
	if os.Getenv(Require) != "" {
		t.Fatal(missing)
	}
	t.Skip(missing + " (set " + Require + " to make this a failure)")
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}
