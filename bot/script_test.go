package bot

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"respite/dialog"
	"respite/dialog/understand"
	"respite/locales"
	"respite/policy"
	"respite/policy/money"
)

var update = flag.Bool("update", false, "rewrite the expected answers in testdata/conversations")

// TestScripts holds whole conversations against what the bot answers. Each file in testdata/conversations has a comment that says what
// it shows, and a section "chat" that reads like the chat itself:
//
//	lang en                 the language of the borrower's Telegram
//	at 2026-11-23 10:00     sets the clock (Asia/Shanghai)
//	agreed                  goes straight to a plan of three payments, without a word of it
//	wait 26h                moves the clock forward, ringing alarms on the way
//	> some words            the borrower writes
//	> [label]               the borrower presses the newest button of that label
//	> <photo> > <sticker>   the borrower sends something else
//	> edit 2: some words    the borrower changes the second of the messages written so far
//	> old [label]           the borrower presses that button where it was first seen, however long ago
//	hours 09:00-18:00       agents are there on working days; always, if this is not said
//	waiting 3               so many cases wait for an agent
//	agents zh-Hans          the language of the agents' group; English, if this is not said
//	reply hello en Hi       a reply in the agents' store, sent by: agent> /r hello
//	agent> some words       the agent Zhou writes in the case's topic
//	agent kim> some words   the agent Kim does; ann is one who may not decide
//	agent> [label]          an agent presses a button there
//	agent> /claim           an agent gives a command there
//	agent> leaves           an agent leaves the group
//	< words                 what the bot answers; lines that follow are indented
//	~ words                 a message that was changed in place
//	! words                 a toast
//	card: desk: copy:       what the agents see
//	cards short             from here on, of a card only the lines that the one before did not have
//	= 2026-11-30 10:00      an alarm rings
//
// Lines that start with # are comments. -update writes the answers.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/conversations/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { script(t, file) })
	}
}

func script(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	require.Len(t, archive.Files, 1, "%s has one section", file)
	require.Equal(t, "chat", archive.Files[0].Name)
	require.NotEmpty(t, strings.TrimSpace(string(archive.Comment)), "%s says in its comment what it shows", file)
	s := newStage(t)
	for _, line := range strings.Split(strings.TrimSuffix(string(archive.Files[0].Data), "\n"), "\n") {
		if answered(line) {
			continue
		}
		fmt.Fprintln(&s.out, line)
		s.play(line)
	}
	if *update {
		archive.Files[0].Data = []byte(s.out.String())
		require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o600))
		return
	}
	require.Equal(t, string(archive.Files[0].Data), s.out.String(), "the conversation differs; look at it with: go test ./bot -run TestScripts -update")
}

// answered says whether a line is one of the bot's.
func answered(line string) bool {
	for _, p := range []string{"< ", "~ ", "! ", "  ", "card: ", "desk: ", "copy: ", "file: ", "pass: ", "words: ", "mark: ", "= "} {
		if strings.HasPrefix(line, p) {
			return true
		}
	}
	return line == "!"
}

// stage is one conversation without Telegram and Redis.
type stage struct {
	t       *testing.T
	machine *dialog.Machine
	render  *Renderer
	conv    dialog.Conversation
	now     time.Time
	lang    string
	updates int64
	said    []int               // the borrower's messages, by number
	next    int                 // next message id
	keys    map[string][]string // label -> data, oldest first
	where   map[string]int      // data -> message
	desk    map[string]string   // label -> data of the agents' buttons
	card    []string            // those that stand under the card
	lines   []string            // of the last card
	short   bool
	office  dialog.Desk
	replies map[string]map[string]string // of the agents' store, by name and language
	out     strings.Builder
}

const stageChat = 42

func newStage(t *testing.T) *stage {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	words, err := locales.Load()
	require.NoError(t, err)
	book, err := policy.Load(policy.Shipped(), policy.Options{Languages: words.Tags()})
	require.NoError(t, err)
	own := map[string]map[string]string{}
	for _, tag := range words.Tags() {
		own[tag] = book.Words(tag)
	}
	words, err = words.With(own)
	require.NoError(t, err)
	reader, err := understand.New()
	require.NoError(t, err)
	render := &Renderer{Words: func() *locales.Bundle { return words }, Zone: zone, Agents: locales.English}
	s := &stage{t: t, render: render, next: 100, updates: 1000, lang: "en", keys: map[string][]string{}, where: map[string]int{}, desk: map[string]string{}, replies: map[string]map[string]string{},
		now: time.Date(2026, 11, 23, 10, 0, 0, 0, zone)}
	s.machine = dialog.New(dialog.Settings{Operator: "Example Lender", Zone: zone, Quiet: dialog.Quiet{From: 21 * 60, Until: 8 * 60}, Languages: words.Tags(), Agents: true,
		Lines: dialog.Lines{Comfort: "12356", Ambulance: "120", Police: "110"}}, oneBook{book}, reader, render.Labels)
	return s
}

// oneBook finds the same book for every case.
type oneBook struct{ book *policy.Book }

func (o oneBook) Book(string) dialog.Book { return o.book }

// play carries out one line of a script.
func (s *stage) play(line string) {
	switch word, rest, _ := strings.Cut(line, " "); word {
	case "", "#":
	case "lang":
		s.lang = rest
	case "at":
		at, err := time.ParseInLocation("2006-01-02 15:04", rest, s.now.Location())
		require.NoError(s.t, err, line)
		s.now = at
	case "wait":
		by, err := time.ParseDuration(rest)
		require.NoError(s.t, err, line)
		s.wait(by)
	case "cards":
		require.Equal(s.t, "short", rest, line)
		s.short = true
	case "agreed":
		s.agreed()
	case ">":
		s.borrower(rest)
	case "hours":
		hours, err := dialog.ParseHours(rest)
		require.NoError(s.t, err, line)
		s.office.Hours = hours
	case "waiting":
		n, err := strconv.Atoi(rest)
		require.NoError(s.t, err, line)
		s.office.Waiting = n
	case "lender>":
		id, yuan, _ := strings.Cut(rest, " ")
		amount, err := money.Parse(yuan)
		require.NoError(s.t, err, line)
		s.step(dialog.Event{Kind: dialog.Arrived, Ref: id, Amount: amount})
	case "agents":
		s.render.Agents = rest
	case "reply":
		words := strings.SplitN(rest, " ", 3)
		require.Len(s.t, words, 3, line)
		if s.replies[words[0]] == nil {
			s.replies[words[0]] = map[string]string{}
		}
		s.replies[words[0]][words[1]] = words[2]
	case "agent>":
		s.agent("zhou", rest)
	case "agent":
		name, what, ok := strings.Cut(rest, "> ")
		require.True(s.t, ok, line)
		s.agent(name, what)
	default:
		require.Fail(s.t, "a line that no script has", "%q", line)
	}
}

// agreed takes the borrower and an agent to a plan that runs.
func (s *stage) agreed() {
	before := s.out.String()
	button := func(key string) string {
		label, err := s.render.Words().In(s.conv.Language).Say("button."+key, nil)
		require.NoError(s.t, err)
		return "[" + label + "]"
	}
	s.borrower("/start")
	for _, what := range []string{"agree", "3500", "10", "I lost my job", "decline", "skip", "2", "take", "read", "sign"} {
		if !strings.ContainsAny(what, "0123456789 ") {
			what = button(what)
		}
		s.borrower(what)
	}
	s.agent("zhou", "[Approve]")
	require.NotNil(s.t, s.conv.Plan)
	s.out.Reset()
	s.out.WriteString(before)
}

// wait rings the alarms of the time that passes, each at its own moment.
func (s *stage) wait(by time.Duration) {
	end := s.now.Add(by)
	for {
		at := s.conv.Next()
		if at.IsZero() || at.After(end) {
			break
		}
		if at.After(s.now) {
			s.now = at.In(s.now.Location())
		}
		fmt.Fprintf(&s.out, "= %s\n", s.now.Format("2006-01-02 15:04"))
		s.step(dialog.Event{Kind: dialog.Rang})
	}
	s.now = end
}

func (s *stage) borrower(what string) {
	ev := dialog.Event{Kind: dialog.Typed, Text: what, Message: s.next}
	old := strings.HasPrefix(what, "old [")
	label, pressed := strings.CutPrefix(strings.TrimPrefix(what, "old "), "[")
	switch {
	case pressed:
		label = strings.TrimSuffix(label, "]")
		data := s.keys[label]
		require.NotEmpty(s.t, data, "there is no button %q in\n%s", label, s.out.String())
		ev = dialog.Event{Kind: dialog.Pressed, Press: data[len(data)-1], Query: "q"}
		if old {
			ev.Press = data[0]
		}
		ev.Message = s.where[ev.Press]
	case what == "<photo>":
		ev = dialog.Event{Kind: dialog.Attached, Message: s.next}
	case what == "<sticker>":
		ev = dialog.Event{Kind: dialog.Odd, Message: s.next}
	case what == "<voice>":
		ev = dialog.Event{Kind: dialog.Spoken, Message: s.next}
	case what == "<blocks the bot>":
		ev = dialog.Event{Kind: dialog.Blocked}
	case what == "<unblocks the bot>":
		ev = dialog.Event{Kind: dialog.Unblocked}
	case strings.HasPrefix(what, "edit "):
		number, text, _ := strings.Cut(strings.TrimPrefix(what, "edit "), ": ")
		n, err := strconv.Atoi(number)
		require.NoError(s.t, err)
		require.LessOrEqual(s.t, n, len(s.said), "so many messages were not written")
		ev = dialog.Event{Kind: dialog.Edited, Text: text, Message: s.said[n-1]}
	default:
		s.said = append(s.said, s.next)
	}
	s.next++
	s.updates++
	ev.ID, ev.Language = s.updates, locales.Match(s.lang)
	s.step(ev)
}

// crew are the agents of the scripts.
var crew = []dialog.Colleague{{ID: 901, Name: "Zhou"}, {ID: 902, Name: "Kim"}, {ID: 903, Name: "Ann"}}

func (s *stage) agent(name, what string) {
	i := slices.IndexFunc(crew, func(a dialog.Colleague) bool { return strings.EqualFold(a.Name, name) })
	require.GreaterOrEqual(s.t, i, 0, "there is no agent %q", name)
	s.updates++
	s.next++
	ev := dialog.Event{ID: s.updates, Kind: dialog.AgentWrote, Text: what, Message: s.next, Group: -100, Agent: crew[i].Name, By: crew[i].ID,
		Decides: crew[i].Name != "Ann", Colleagues: crew}
	label, pressed := strings.CutPrefix(what, "[")
	order, commanded := strings.CutPrefix(what, "/")
	switch {
	case pressed:
		label = strings.TrimSuffix(label, "]")
		require.Contains(s.t, s.desk, label, "the agents have no such button")
		ev.Kind, ev.Press, ev.Query, ev.Text = dialog.AgentPress, s.desk[label], "q", ""
	case strings.HasPrefix(what, "/r "):
		ev.Text, ev.Canned = "", s.replies[strings.TrimPrefix(what, "/r ")]
		require.NotNil(s.t, ev.Canned, "there is no reply %q", what)
	case commanded && !strings.HasPrefix(what, "//"):
		ev.Kind = dialog.AgentAsked
		ev.Press, ev.Text, _ = strings.Cut(order, " ")
	case what == "leaves":
		ev.Kind = dialog.AgentLeft
	case what == "<photo>":
		ev.Kind, ev.Text = dialog.AgentSent, ""
	}
	s.step(ev)
}

// step steps the conversation, holds what comes of it to the rules of every step, and writes it down.
func (s *stage) step(ev dialog.Event) {
	ev.At, ev.Desk = s.now, s.office
	before, err := dialog.Encode(s.conv)
	require.NoError(s.t, err)
	next, effects := s.machine.Step(s.conv, ev)
	unchanged, err := dialog.Encode(s.conv)
	require.NoError(s.t, err)
	require.Equal(s.t, string(before), string(unchanged), "Step changed the conversation that it was given")
	again, same := s.machine.Step(s.conv, ev)
	require.Equal(s.t, next, again, "Step is not a function of its arguments")
	require.Equal(s.t, effects, same, "Step is not a function of its arguments")
	record, err := dialog.Encode(next)
	require.NoError(s.t, err)
	s.conv, err = dialog.Decode(record)
	require.NoError(s.t, err)
	_, entries, _, err := s.render.pack(stageChat, &s.conv, &ev, effects)
	require.NoError(s.t, err)
	for _, e := range entries {
		var p Parcel
		require.NoError(s.t, json.Unmarshal(e, &p))
		s.show(p)
	}
}

// show writes a parcel as it is seen, and remembers its buttons.
func (s *stage) show(p Parcel) {
	o := p.Out
	require.LessOrEqual(s.t, units(o.Text), longestText)
	switch {
	case p.Desk == DeskKeep || p.Desk == DeskErase:
		return
	case p.Desk == DeskMark:
		fmt.Fprintln(&s.out, "mark: a note")
		return
	case p.Desk == DeskWords:
		s.write("words: ", o.Text, nil)
		s.called(p)
		return
	case p.Desk == DeskCopy:
		fmt.Fprintln(&s.out, "copy: the borrower's message")
		return
	case p.Desk == DeskCard:
		s.write("card: ", "("+p.Title+") "+s.fresh(o.Text), o.Buttons)
		for _, label := range s.card {
			delete(s.desk, label)
		}
		s.card = nil
	case p.Desk == DeskTell:
		s.write("desk: ", o.Text, o.Buttons)
		s.called(p)
	case o.Op == OpToast:
		if o.Text != "" {
			s.write("! ", o.Text, nil)
		}
	case o.Op == OpEdit:
		s.write("~ ", o.Text, o.Buttons)
	case o.Op == OpFile:
		s.write("file: ", o.File.Name+" "+o.Text, nil)
	case o.Op == OpCopy:
		s.write("pass: ", "the agent's message", nil)
	default:
		s.write("< ", o.Text, o.Buttons)
	}
	if o.Op == OpSend {
		o.Message = s.next
		s.next++
	}
	for _, row := range o.Buttons {
		for _, b := range row {
			require.LessOrEqual(s.t, len(b.Data), 64, "data of button %q", b.Label)
			if p.Desk != "" {
				s.desk[b.Label] = b.Data
				if p.Desk == DeskCard {
					s.card = append(s.card, b.Label)
				}
				continue
			}
			require.Regexp(s.t, `[^0-9., ]`, b.Label, "a figure alone is an answer")
			require.LessOrEqual(s.t, len(b.Label), 160, "a text this long is no caption")
			s.keys[b.Label] = append(s.keys[b.Label], b.Data)
			s.where[b.Data] = o.Message
		}
	}
}

// fresh leaves of a card's text what the last card did not have, if that is what the script wants to show.
func (s *stage) fresh(text string) string {
	before := s.lines
	s.lines = strings.Split(text, "\n")
	if !s.short {
		return text
	}
	left := slices.DeleteFunc(slices.Clone(s.lines), func(l string) bool { return l == "" || slices.Contains(before, l) })
	return strings.Join(left, "\n")
}

// called writes down which agents a parcel wakes.
func (s *stage) called(p Parcel) {
	if p.All {
		fmt.Fprintln(&s.out, "  (calls all agents)")
	}
	for _, a := range p.Calls {
		fmt.Fprintf(&s.out, "  (calls %s)\n", a.Name)
	}
}

func (s *stage) write(mark, text string, rows [][]Button) {
	fmt.Fprintf(&s.out, "%s%s\n", mark, strings.TrimSpace(strings.ReplaceAll(text, "\n", "\n  ")))
	for _, row := range rows {
		labels := make([]string, len(row))
		for i, b := range row {
			labels[i] = "[" + b.Label + "]"
		}
		fmt.Fprintf(&s.out, "  %s\n", strings.Join(labels, " "))
	}
}
