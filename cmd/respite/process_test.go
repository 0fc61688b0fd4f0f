package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"respite/bot/phone"
	"respite/bot/store/redistest"
)

// runHere makes the test binary be the command, so that tests can start, stop and kill real processes of it.
const runHere = "RESPITE_RUN_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(runHere) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// process is a running `respite serve`.
type process struct {
	cmd  *exec.Cmd
	done chan struct{}
	out  *safeBuffer
}

// safeBuffer may be read while a process writes into it.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write keeps what the process prints.
func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// start runs the command with the environment's settings; it is killed when the test ends.
func start(t *testing.T, args []string, env ...string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append([]string{runHere + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...)
	p := &process{cmd: cmd, done: make(chan struct{}), out: &safeBuffer{}}
	cmd.Stdout, cmd.Stderr = p.out, p.out
	require.NoError(t, cmd.Start())
	go func() {
		_ = cmd.Wait() // its state is looked at by whoever waits for done
		close(p.done)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-p.done
		if t.Failed() {
			t.Log(p.out.String())
		}
	})
	return p
}

// end signals the process and waits until it is gone.
func (p *process) end(t *testing.T, s os.Signal) int {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(s))
	select {
	case <-p.done:
	case <-time.After(time.Minute):
		require.Fail(t, "the process does not end", p.out.String())
	}
	return p.cmd.ProcessState.ExitCode()
}

// world is a stand-in for Telegram and a real Redis, with the settings of a bot between them.
type world struct {
	*phone.Server
	redis *redis.Client
	env   []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	kept := redistest.Start(t)
	listen, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listen.Close())
	telegram := phone.New(phone.Options{})
	server := httptest.NewServer(telegram)
	t.Cleanup(func() { telegram.Close(); server.Close() })
	return &world{Server: telegram, redis: kept.Client(), env: []string{"TELEGRAM_TOKEN=" + phone.DefaultToken, "TELEGRAM_API_URL=" + server.URL, "REDIS_URL=" + kept.URL(),
		"LISTEN=" + listen.Addr().String(), "QUIET_HOURS=none",
		"SEND_PER_CHAT=0", "SEND_PER_SECOND=0"}}
}

// patience bounds how long a test waits for a process.
func patience(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// quiet waits until everything that was committed has been delivered and struck off.
func (w *world) quiet(t *testing.T) {
	t.Helper()
	require.NoError(t, redistest.Poll(time.Minute, func(ctx context.Context) error {
		waiting, err := w.redis.Keys(ctx, "respite:*:outbox").Result()
		if err == nil && len(waiting) > 0 {
			err = fmt.Errorf("undelivered: %v", waiting)
		}
		return err
	}))
}

// until waits for a message of the bot, and fails with the chat if it does not come.
func until(t *testing.T, p *phone.Person, part string) phone.Message {
	t.Helper()
	m, err := p.WaitFor(patience(t), part)
	require.NoError(t, err)
	return m
}

func TestKilledInTheMiddleNothingIsAskedTwice(t *testing.T) {
	w := newWorld(t)
	p := w.Person(1, "Ann", "en")
	bot := start(t, []string{"serve"}, w.env...)
	p.Start()
	until(t, p, "may I keep your answers")
	p.Press("I agree")
	until(t, p, "How much is overdue")
	p.Say("3500")
	until(t, p, "Since when")
	w.quiet(t)
	bot.end(t, syscall.SIGKILL)

	p.Say("10 days") // written while nobody is there
	bot = start(t, []string{"serve"}, w.env...)
	until(t, p, "What happened")
	w.quiet(t)
	bot.end(t, syscall.SIGKILL)
	bot = start(t, []string{"serve"}, w.env...)
	p.Press("Lost my job")
	until(t, p, "may I keep them")
	require.Zero(t, bot.end(t, syscall.SIGTERM), "SIGTERM ends it cleanly")

	asked := map[string]int{}
	for _, m := range p.Messages() {
		for _, q := range []string{"How much is overdue", "Since when", "What happened?", "first look"} {
			if m.Bot && strings.Contains(m.Text, q) {
				asked[q]++
			}
		}
	}
	require.Equal(t, map[string]int{"How much is overdue": 1, "Since when": 1, "What happened?": 1, "first look": 1}, asked, p.Transcript())
}

func TestSettingsThatAreWrongAreNamed(t *testing.T) {
	good := []string{"TELEGRAM_TOKEN=1:a", "REDIS_URL=redis://127.0.0.1:1/0"}
	for name, c := range map[string]struct {
		env  []string
		says string
	}{
		"no token":       {[]string{"REDIS_URL=redis://127.0.0.1:1/0"}, "TELEGRAM_TOKEN"},
		"no redis":       {[]string{"TELEGRAM_TOKEN=1:a"}, "REDIS_URL"},
		"bad redis":      {[]string{"TELEGRAM_TOKEN=1:a", "REDIS_URL=nonsense"}, "REDIS_URL"},
		"bad api":        {append(good, "TELEGRAM_API_URL=nowhere"), "TELEGRAM_API_URL"},
		"bad zone":       {append(good, "TIMEZONE=Mars/Olympus"), "TIMEZONE"},
		"bad quiet":      {append(good, "QUIET_HOURS=late"), "QUIET_HOURS"},
		"bad level":      {append(good, "LOG_LEVEL=loud"), "LOG_LEVEL"},
		"bad format":     {append(good, "LOG_FORMAT=xml"), "LOG_FORMAT"},
		"bad language":   {append(good, "AGENT_LANGUAGE=tlh"), "AGENT_LANGUAGE"},
		"no secret":      {append(good, "WEBHOOK_URL=https://example.org/telegram"), "WEBHOOK_SECRET"},
		"bad webhook":    {append(good, "WEBHOOK_URL=example.org", "WEBHOOK_SECRET=s"), "WEBHOOK_URL"},
		"bad secret":     {append(good, "WEBHOOK_URL=https://example.org/telegram", "WEBHOOK_SECRET=a b"), "WEBHOOK_SECRET"},
		"bad span":       {append(good, "ANSWER_WITHIN=soon"), "ANSWER_WITHIN (--answer-within): "},
		"no such folder": {append(good, "POLICY_DIR=/no/such/folder"), "POLICY_DIR"},
		"bad group":      {append(good, "AGENT_CHAT_ID=abc"), "AGENT_CHAT_ID (--agent-chat-id): "},
		"file missing":   {[]string{"TELEGRAM_TOKEN_FILE=/no/such/file", "REDIS_URL=redis://127.0.0.1:1/0"}, "TELEGRAM_TOKEN_FILE"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			status := run(t.Context(), []string{"serve"}, c.env, &console{strings.NewReader(""), &out, &out})
			require.Equal(t, exitUsage, status)
			require.Contains(t, out.String(), c.says)
			require.Equal(t, 1, strings.Count(out.String(), "\n"), "one sentence: %s", out.String())
		})
	}
}

func TestItAnswersOnListenAndStaysOutOfGroups(t *testing.T) {
	w := newWorld(t)
	w.Person(1, "Ann", "en")
	bot := start(t, []string{"serve"}, w.env...)
	address := ""
	for _, pair := range w.env {
		if value, ok := strings.CutPrefix(pair, "LISTEN="); ok {
			address = "http://" + value
		}
	}
	require.NoError(t, redistest.Poll(time.Minute, func(ctx context.Context) error {
		_, err := get(ctx, address+"/readyz")
		return err
	}))
	for path, says := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/metrics": "respite_updates_total"} {
		body, err := get(t.Context(), address+path)
		require.NoError(t, err)
		require.Contains(t, body, says)
	}
	g := w.StrangeGroup(-1009000000001, "friends")
	g.Join(1)
	g.AddBot(1)
	_, err := g.WaitFor(patience(t), 0, "in private only")
	require.NoError(t, err)
	require.NoError(t, w.Wait(patience(t), func() bool { return len(w.Calls("leaveChat")) == 1 }))
	require.Zero(t, bot.end(t, syscall.SIGTERM))
	require.NotContains(t, bot.out.String(), "friends")
	require.Equal(t, 1, strings.Count(bot.out.String(), "redis setting appendonly is no; it has to be yes"), "said once: %s", bot.out)
}

// get fetches a page; an answer other than 200 is an error.
func get(ctx context.Context, address string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", address, answer.Status)
	}
	return string(body), err
}
