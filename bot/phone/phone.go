// Package phone stands in for Telegram: a Bot API server in memory, with phones that people can hold in a web page and tests
// can hold in Go. It keeps Telegram's rules and answers with Telegram's own words, so that what works against it works there.
package phone

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// DefaultToken is the bot token that a Server accepts unless Options say otherwise.
const DefaultToken = "7000000001:AAStandInForTelegramStandInForTele"

// Options shape a Server. The zero value is a Telegram without flood limits on the wall clock.
type Options struct {
	Token    string           // the only token that is accepted; empty: DefaultToken. The digits before the colon are the bot's id
	Name     string           // the bot's first name, empty: "Respite"
	Username string           // without @, empty: "respite_bot"
	Now      func() time.Time // dates of messages and age of queries; nil: time.Now
	Limits   Limits           // flood limits, zero: none
	Presses  time.Duration    // how long a press can be answered, zero: 30 s; Telegram names no figure, clients stop waiting after about that
	ReadAll  bool             // BotFather's group privacy is off: the bot sees all that is said in groups, even when it is no administrator

	// AdminsWriteClosed lets a bot that manages topics, or made the topic, write into it when it is closed, as Telegram's own clients let
	// people do. Without it every send into a closed topic answers TOPIC_CLOSED.
	AdminsWriteClosed bool

	Webhook WebhookOptions

	// The clock of the page. Zone is the zone in which it is shown (nil: UTC). Without Advance it cannot be moved, without
	// NextAlarm there is no way to jump to the next alarm.
	Zone      *time.Location
	Advance   func(time.Duration)
	NextAlarm func(context.Context) (time.Time, bool)
}

// Server is the stand-in. All of its state is in memory and guarded by one lock; all methods are safe for concurrent use.
type Server struct {
	opt     Options
	mux     *http.ServeMux
	methods map[string]method
	done    context.Context
	close   context.CancelFunc
	hooks   sync.WaitGroup

	mu      sync.Mutex
	changed chan struct{} // closed, and made anew, at every change: see touch

	bot     user
	people  map[int64]*person
	order   []*person // people in the order in which they came
	chats   map[int64]*chat
	groups  []*chat
	files   map[string]*file // by file_id
	queries map[string]*query
	profile profile
	updates queue
	hook    *webhook
	flood   flood
	faults  []*Faulted
	calls   []*Call
	lastID  int // message ids of private chats and plain groups are counted together
	serial  int64
	moves   int // how often the page has moved the clock
}

// New makes a stand-in with no people and no groups.
func New(opt Options) *Server {
	if opt.Token == "" {
		opt.Token = DefaultToken
	}
	if opt.Name == "" {
		opt.Name = "Respite"
	}
	if opt.Username == "" {
		opt.Username = "respite_bot"
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	s := &Server{
		opt:     opt,
		methods: methods(),
		changed: make(chan struct{}),
		bot:     user{id: botID(opt.Token), name: opt.Name, username: opt.Username, bot: true},
		people:  make(map[int64]*person),
		chats:   make(map[int64]*chat),
		files:   make(map[string]*file),
		queries: make(map[string]*query),
		profile: newProfile(opt.Name),
		updates: newQueue(),
		flood:   newFlood(opt.Limits),
	}
	s.done, s.close = context.WithCancel(context.Background())
	s.mux = s.routes()
	return s
}

// ServeHTTP serves the Bot API, the files, and the page with the phones.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Close ends calls that hang or wait for updates, the pages' event streams and the deliveries to a webhook. From then on the
// Bot API answers 502. Call it before http.Server.Shutdown, which waits for the streams.
func (s *Server) Close() {
	s.close()
	s.mu.Lock()
	s.touch()
	s.mu.Unlock()
	s.hooks.Wait()
}

// Token is the token that the Server accepts.
func (s *Server) Token() string { return s.opt.Token }

// touch tells everyone who waits that something changed. The caller holds the lock.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Wait blocks until ok holds or ctx ends, whose error it then returns. It asks ok at once and after every change, without
// holding the Server's lock: ok may use every reading method.
func (s *Server) Wait(ctx context.Context, ok func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if ok() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// next gives the numbers of queries, files and albums.
func (s *Server) next() int64 {
	s.serial++
	return s.serial
}

func botID(token string) int64 {
	head, _, _ := strings.Cut(token, ":")
	return toInt64(head)
}
