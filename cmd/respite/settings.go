package main

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"respite/bot/desk"
	"respite/dialog"
	"respite/locales"
)

// settings are what the operator sets, each as a flag and as a variable; the variable's name with _FILE reads it from a file.
type settings struct {
	TelegramToken  string `var:"TELEGRAM_TOKEN" placeholder:"TOKEN" help:"Bot token from BotFather (TELEGRAM_TOKEN)."`
	TelegramAPIURL string `name:"telegram-api-url" var:"TELEGRAM_API_URL" default:"https://api.telegram.org" help:"Bot API server (TELEGRAM_API_URL)."`
	WebhookURL     string `name:"webhook-url" var:"WEBHOOK_URL" help:"Public https address of POST /telegram; empty: long polling (WEBHOOK_URL)."`
	WebhookSecret  string `var:"WEBHOOK_SECRET" help:"Secret that Telegram sends with each update; needed with a webhook (WEBHOOK_SECRET)."`
	RedisURL       string `name:"redis-url" var:"REDIS_URL" placeholder:"URL" help:"redis://, rediss://, unix:// or a list of cluster nodes (REDIS_URL)."`
	AgentChatID    int64  `name:"agent-chat-id" var:"AGENT_CHAT_ID" help:"Id of the agents' group (AGENT_CHAT_ID)."`
	SendPerSecond  int    `var:"SEND_PER_SECOND" default:"30" help:"Messages a second that Telegram takes from this bot; 0: no limit (SEND_PER_SECOND)."`
	SendPerChat    int    `var:"SEND_PER_CHAT" default:"1" help:"Messages a second that it takes for one person; 0: no limit, and none on groups (SEND_PER_CHAT)."`
	Listen         string `var:"LISTEN" default:"127.0.0.1:8081" help:"Address of /healthz, /readyz, /metrics and /telegram (LISTEN)."`
	serving
}

// serving are the settings that the demo has as well.
type serving struct {
	PolicyDir     string        `var:"POLICY_DIR" type:"path" help:"Folder with the policy book; empty: the book as shipped (POLICY_DIR)."`
	Timezone      string        `var:"TIMEZONE" default:"Asia/Shanghai" help:"The borrowers' time zone (TIMEZONE)."`
	QuietHours    string        `var:"QUIET_HOURS" default:"21:00-08:00" help:"Hours in which nobody is written to unasked (QUIET_HOURS)."`
	Operator      string        `var:"OPERATOR_NAME" default:"Respite" help:"Who runs the bot, as borrowers know it (OPERATOR_NAME)."`
	AgentLanguage string        `var:"AGENT_LANGUAGE" default:"zh-Hans" help:"Language of the agents' group: zh-Hans, zh-Hant or en (AGENT_LANGUAGE)."`
	Deciders      string        `var:"DECIDERS" default:"all" help:"Who may decide on requests: all agents, admins, or a list of user ids (DECIDERS)."`
	DeskHours     string        `var:"DESK_HOURS" default:"09:00-18:00" help:"When agents are there, on working days; 'always', or with ' daily' behind it every day (DESK_HOURS)."`
	AnswerWithin  time.Duration `var:"ANSWER_WITHIN" default:"24h" help:"By when a borrower who asks for a person is answered (ANSWER_WITHIN)."`
	ClaimLease    time.Duration `var:"CLAIM_LEASE" default:"2h" help:"How long a case stays with an agent who does nothing (CLAIM_LEASE)."`
	ComfortLine   string        `var:"COMFORT_LINE" default:"12356" help:"Telephone line for people in despair; others by language after it: 12356, zh-Hant=1925 (COMFORT_LINE)."`
	AmbulanceLine string        `var:"AMBULANCE_LINE" default:"120" help:"Telephone number of the ambulance, likewise (AMBULANCE_LINE)."`
	PoliceLine    string        `var:"POLICE_LINE" default:"110" help:"Telephone number of the police, likewise (POLICE_LINE)."`
	LogLevel      string        `var:"LOG_LEVEL" default:"info" help:"debug, info, warn or error (LOG_LEVEL)."`
	LogFormat     string        `var:"LOG_FORMAT" default:"json" help:"json or console (LOG_FORMAT)."`
}

// unnamed is the operator's name as long as none is set.
const unnamed = "Respite"

// checked is what the settings come to.
type checked struct {
	zone  *time.Location
	quiet dialog.Quiet
	level zerolog.Level

	deciders desk.Deciders
	hours    dialog.Hours

	lines   dialog.Lines
	linesIn map[string]dialog.Lines // by language
}

// check reads the settings that every run needs; the error names the setting.
func (s *serving) check() (checked, error) {
	var c checked
	var err error
	if c.zone, err = time.LoadLocation(s.Timezone); err != nil {
		return c, usage{fmt.Errorf("TIMEZONE %q is not a known time zone such as Asia/Shanghai", s.Timezone)}
	}
	if c.quiet, err = quietHours(s.QuietHours); err != nil {
		return c, usage{fmt.Errorf("QUIET_HOURS %q is not of the form 21:00-08:00", s.QuietHours)}
	}
	if c.deciders, err = desk.ParseDeciders(s.Deciders); err != nil {
		return c, usage{fmt.Errorf("DECIDERS: %w", err)}
	}
	if c.hours, err = dialog.ParseHours(s.DeskHours); err != nil {
		return c, usage{fmt.Errorf("DESK_HOURS: %w", err)}
	}
	if c.lines, c.linesIn, err = s.inDanger(); err != nil {
		return c, err
	}
	if s.AnswerWithin <= 0 || s.ClaimLease <= 0 {
		return c, usage{fmt.Errorf("ANSWER_WITHIN %v and CLAIM_LEASE %v must be longer than nothing", s.AnswerWithin, s.ClaimLease)}
	}
	if c.level, err = zerolog.ParseLevel(s.LogLevel); err != nil || c.level == zerolog.NoLevel {
		return c, usage{fmt.Errorf("LOG_LEVEL %q is none of debug, info, warn, error", s.LogLevel)}
	}
	if s.LogFormat != "json" && s.LogFormat != "console" {
		return c, usage{fmt.Errorf("LOG_FORMAT %q is neither json nor console", s.LogFormat)}
	}
	if !slices.Contains(locales.Tags(), s.AgentLanguage) {
		return c, usage{fmt.Errorf("AGENT_LANGUAGE %q is none of %s", s.AgentLanguage, strings.Join(locales.Tags(), ", "))}
	}
	if s.PolicyDir != "" {
		if info, err := os.Stat(s.PolicyDir); err != nil || !info.IsDir() {
			return c, usage{fmt.Errorf("POLICY_DIR %q is not a folder that can be read", s.PolicyDir)}
		}
	}
	return c, nil
}

// check reads the settings that a run against Telegram needs.
func (s *settings) check() (checked, error) {
	switch {
	case s.TelegramToken == "":
		return checked{}, usage{fmt.Errorf("TELEGRAM_TOKEN is not set: give the bot token from BotFather (or its file in TELEGRAM_TOKEN_FILE)")}
	case s.RedisURL == "":
		return checked{}, usage{fmt.Errorf("REDIS_URL is not set: give the address of Redis, such as redis://127.0.0.1:6379/0")}
	}
	if !web(s.TelegramAPIURL) {
		return checked{}, usage{fmt.Errorf("TELEGRAM_API_URL %q is not an http or https address", s.TelegramAPIURL)}
	}
	switch {
	case s.WebhookURL == "":
	case !web(s.WebhookURL):
		return checked{}, usage{fmt.Errorf("WEBHOOK_URL %q is not an https address", s.WebhookURL)}
	case s.WebhookSecret == "":
		return checked{}, usage{fmt.Errorf("WEBHOOK_SECRET is not set: it is needed with WEBHOOK_URL")}
	case !secret.MatchString(s.WebhookSecret):
		return checked{}, usage{fmt.Errorf("WEBHOOK_SECRET is not 1 to 256 of A-Z, a-z, 0-9, _ and -, which is all that Telegram takes")}
	}
	if s.SendPerSecond < 0 || s.SendPerChat < 0 {
		return checked{}, usage{fmt.Errorf("SEND_PER_SECOND and SEND_PER_CHAT cannot be negative")}
	}
	return s.serving.check()
}

// secret is what Telegram takes as one (setWebhook, secret_token).
var secret = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// web says whether an address is one of the web. A Bot API server of one's own may also call a webhook over plain http.
func web(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// quietHours reads "21:00-08:00"; empty means none.
func quietHours(s string) (dialog.Quiet, error) {
	if s == "" || s == "none" {
		return dialog.Quiet{}, nil
	}
	from, until, ok := strings.Cut(s, "-")
	if !ok {
		return dialog.Quiet{}, fmt.Errorf("no dash")
	}
	a, err := minutes(from)
	if err != nil {
		return dialog.Quiet{}, err
	}
	b, err := minutes(until)
	return dialog.Quiet{From: a, Until: b}, err
}

func minutes(s string) (int, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(s))
	if err != nil {
		return 0, err
	}
	return t.Hour()*60 + t.Minute(), nil
}
