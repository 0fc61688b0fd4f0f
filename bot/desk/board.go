package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"respite/bot"
	"respite/dialog"
)

// posted is an entry of the board. Its JSON names are for years.
type posted struct {
	dialog.Post
	Case  int64  `json:"n"`
	Title string `json:"x"`
	Chat  int64  `json:"-"`
}

// post puts a case on the board, or takes it off.
func (d *Desk) post(ctx context.Context, chat, number int64, p bot.Parcel) error {
	if p.Post == nil {
		return d.index.Post(ctx, d.Options.Group, chat, nil)
	}
	entry, err := json.Marshal(posted{Post: *p.Post, Case: number, Title: p.Title})
	if err != nil {
		return err
	}
	return d.index.Post(ctx, d.Options.Group, chat, entry)
}

// posts reads the board, what is due first at the top.
func (d *Desk) posts(ctx context.Context) ([]posted, error) {
	entries, err := d.index.Posts(ctx, d.Options.Group)
	if err != nil {
		return nil, err
	}
	var all []posted
	for chat, entry := range entries {
		p := posted{Chat: chat}
		if err := json.Unmarshal(entry, &p); err != nil {
			return nil, fmt.Errorf("board: %w", err)
		}
		all = append(all, p)
	}
	const never = 1 << 62
	slices.SortFunc(all, func(a, b posted) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Due, never), cmp.Or(b.Due, never)), cmp.Compare(a.Case, b.Case))
	})
	return all, nil
}

// waits says whether a case waits for an agent.
func (p posted) waits() bool { return p.Holder.ID == 0 && (p.Waits != 0 || p.Request || p.Crisis) }

// look reads the board and keeps how the desk stands for those who ask for a person.
func (d *Desk) look(ctx context.Context) ([]posted, error) {
	all, err := d.posts(ctx)
	if err != nil {
		return nil, err
	}
	hours := d.Hours
	kept, err := d.index.Hours(ctx, d.Options.Group)
	if err != nil {
		return nil, err
	}
	if kept != "" {
		if hours, err = dialog.ParseHours(kept); err != nil {
			return nil, err
		}
	}
	stand := dialog.Desk{Hours: hours}
	for _, p := range all {
		if p.waits() {
			stand.Waiting++
		}
	}
	d.stand.Store(&stand)
	return all, nil
}

// boardPost is where the board stands. Its JSON names are for years.
type boardPost struct {
	Group   int64  `json:"g"`
	Message int    `json:"m"`
	Text    string `json:"x"`
}

// boardEvery is how often the board changes at most: four of the group's twenty messages a minute.
const boardEvery = 15 * time.Second

// Refresh is one pass over the board: it looks how the desk stands, takes cases from agents who are gone, and brings the board's
// message up to date if anything changed. away is called for each case whose holder is not in the group any more.
func (d *Desk) Refresh(ctx context.Context, away func(ctx context.Context, chat, agent int64) error) error {
	if d.Options.Group == 0 {
		return nil
	}
	all, err := d.look(ctx)
	if err != nil {
		return err
	}
	if err := d.dismiss(ctx, all, away); err != nil {
		return err
	}
	return d.showBoard(ctx, all)
}

// dismiss takes the cases of agents who are not in the group any more, also if Telegram did not say so.
func (d *Desk) dismiss(ctx context.Context, all []posted, away func(context.Context, int64, int64) error) error {
	for _, p := range all {
		if p.Holder.ID == 0 {
			continue
		}
		s, err := d.standing(ctx, p.Holder.ID)
		if err != nil || s.inside {
			continue // what is not known is not held against anybody
		}
		if err := away(ctx, p.Chat, p.Holder.ID); err != nil {
			return err
		}
	}
	return nil
}

// showBoard changes the board's message in place; it is made if there is none, or if somebody deleted it.
func (d *Desk) showBoard(ctx context.Context, all []posted) error {
	text, err := d.boardText(ctx, all)
	if err != nil {
		return err
	}
	var at boardPost
	kept, err := d.index.BoardPost(ctx, d.Options.Group)
	if err != nil {
		return err
	}
	if kept != nil {
		if err := json.Unmarshal(kept, &at); err != nil {
			return fmt.Errorf("board: %w", err)
		}
	}
	if at.Text == text && at.Group == d.Group() || len(all) == 0 && kept == nil {
		return nil
	}
	if at.Group != d.Group() {
		at.Message = 0
	}
	if mine, err := d.index.BoardTurn(ctx, d.Options.Group, boardEvery); err != nil || !mine {
		return err
	}
	sent := bot.Sent{Message: at.Message}
	if at.Message != 0 {
		_, err = d.send.Do(ctx, bot.Outgoing{Op: bot.OpEdit, Chat: d.Group(), Message: at.Message, Text: text, Class: bot.Idle})
	}
	if at.Message == 0 || failed(err) == bot.NoMessage {
		sent, err = d.send.Do(ctx, bot.Outgoing{Op: bot.OpSend, Chat: d.Group(), Text: text, Class: bot.Idle, Silent: true})
	}
	if failed(err) == bot.TooMany {
		return nil // the next pass comes soon enough
	}
	if err != nil && failed(err) != bot.Unchanged {
		return err
	}
	entry, err := json.Marshal(boardPost{Group: d.Group(), Message: sent.Message, Text: text})
	if err != nil {
		return err
	}
	return d.index.SetBoardPost(ctx, d.Options.Group, entry)
}

// mostLines is how many cases the board shows.
const mostLines = 30

func (d *Desk) boardText(ctx context.Context, all []posted) (string, error) {
	now := d.Clock().Unix()
	waiting, held, late, oldest := 0, 0, 0, int64(0)
	var lines []string
	for i, p := range all {
		switch {
		case p.Holder.ID != 0:
			held++
		case p.waits():
			waiting++
		}
		if p.Due != 0 && p.Due < now {
			late++
		}
		if p.Waits != 0 && (oldest == 0 || p.Waits < oldest) {
			oldest = p.Waits
		}
		if i < mostLines {
			lines = append(lines, d.boardLine(p, now))
		}
	}
	head := []string{d.say("board.none", nil)}
	if len(all) > 0 {
		head = []string{d.say("board.head", map[string]any{"Waiting": waiting, "Held": held, "Late": late})}
	}
	if oldest != 0 {
		head = append(head, d.say("board.oldest", map[string]any{"Since": d.moment(oldest)}))
	}
	away, err := d.index.Away(ctx, d.Options.Group)
	if err != nil {
		return "", err
	}
	if len(away) > 0 {
		head = append(head, d.say("board.away", map[string]any{"Names": d.speaker().List(sorted(away))}))
	}
	if rest := len(all) - len(lines); rest > 0 {
		lines = append(lines, d.say("board.more", map[string]any{"Count": rest}))
	}
	return strings.Join(append(head, lines...), "\n"), nil
}

// boardLine is one case: its number and state, who has it, and what is due. Never a borrower's name or an amount.
func (d *Desk) boardLine(p posted, now int64) string {
	parts := []string{d.say("board.line", map[string]any{"Case": p.Case, "State": p.Title})}
	if p.Holder.ID != 0 {
		parts = append(parts, d.say("board.holder", map[string]any{"Agent": p.Holder.Name}))
	}
	switch {
	case p.Due != 0 && p.Due < now:
		parts = append(parts, "⚠ "+d.say("board.late", map[string]any{"By": d.moment(p.Due)}))
	case p.Due != 0:
		parts = append(parts, d.say("board.due", map[string]any{"By": d.moment(p.Due)}))
	}
	return strings.Join(parts, " · ")
}
