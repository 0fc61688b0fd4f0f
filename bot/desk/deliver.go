package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"respite/bot"
)

// longest is how many bytes of several messages are put into one; Telegram takes 4096 characters.
const longest = 3500

// bundle is one call that stands for one parcel or more.
type bundle struct {
	bot.Parcel
	places []int // of the parcels in what was handed over
	pairs  []int // the borrower's messages in it
}

// bundles puts parcels together: of several cards only the last counts, and words or notices that follow each other make one
// message. The card comes first in a case that has none, and else last, after the borrower's words.
func bundles(parcels []bot.Parcel, fresh bool) []bundle {
	var all []bundle
	var card *bundle
	for i, p := range parcels {
		b := bundle{Parcel: p}
		if p.Pair != 0 {
			b.pairs = []int{p.Pair}
		}
		if p.Desk == bot.DeskCard {
			if card != nil {
				b.places = card.places
				b.Alert, b.Anew = b.Alert || card.Alert, b.Anew || card.Anew
			}
			b.places = append(b.places, i)
			card = &b
			continue
		}
		b.places = []int{i}
		if last := len(all) - 1; last >= 0 && all[last].takes(p) {
			all[last].add(b)
			continue
		}
		all = append(all, b)
	}
	switch {
	case card == nil:
	case fresh:
		all = slices.Insert(all, 0, *card)
	default:
		all = append(all, *card)
	}
	return all
}

// takes says whether a parcel can go into the same message.
func (b *bundle) takes(p bot.Parcel) bool {
	if b.Desk != p.Desk || b.Desk != bot.DeskWords && b.Desk != bot.DeskTell {
		return false
	}
	return b.Out.Buttons == nil && p.Out.Buttons == nil && p.Reply == 0 && len(b.Out.Text)+len(p.Out.Text) < longest
}

func (b *bundle) add(other bundle) {
	b.Out.Text += "\n\n" + other.Out.Text
	b.places, b.pairs = append(b.places, other.places...), append(b.pairs, other.pairs...)
	b.Alert, b.All = b.Alert || other.Alert, b.All || other.All
	for _, a := range other.Calls {
		if !slices.Contains(b.Calls, a) {
			b.Calls = append(b.Calls, a)
		}
	}
}

// Deliver puts parcels where their case stands, making the topic if there is none, or if agents have deleted it.
func (d *Desk) Deliver(ctx context.Context, chat int64, kept []byte, parcels []bot.Parcel) (bot.Filed, error) {
	if d.Group() == 0 {
		return bot.Filed{Done: places(len(parcels))}, nil
	}
	var l link
	for i := 0; len(kept) == 0 && i < len(parcels); i++ {
		kept = parcels[i].Link
	}
	if len(kept) > 0 {
		if err := json.Unmarshal(kept, &l); err != nil {
			return bot.Filed{}, fmt.Errorf("desk link: %w", err)
		}
	}
	before := l
	var filed bot.Filed
	var err error
	for _, b := range bundles(parcels, l.Card == 0) {
		j := &job{Desk: d, chat: chat, link: &l, parcel: b.Parcel, pairs: b.pairs, seq: parcels[b.places[0]].Seq}
		err = d.record(ctx, chat, &l, parcels, b)
		if err == nil && b.Desk != bot.DeskKeep && b.Desk != bot.DeskErase {
			err = j.run(ctx)
		}
		filed.Bare = filed.Bare || j.bare
		if b.Desk == bot.DeskCard && err == nil {
			filed.Bare = false
		}
		if err != nil {
			filed.Lost = b.places
			break
		}
		if b.Desk == bot.DeskErase {
			l = link{} // what the borrower says from now on is another case
		}
		filed.Done = append(filed.Done, b.places...)
	}
	if l != before {
		// A link that cannot be written is made anew next time; the marshalling of numbers cannot fail.
		filed.Link, _ = json.Marshal(l)
	}
	return filed, err
}

func places(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// record brings the transcript and the board up to date before anything is sent: they do not depend on the group.
func (d *Desk) record(ctx context.Context, chat int64, l *link, parcels []bot.Parcel, b bundle) error {
	switch b.Desk {
	case bot.DeskErase:
		if l.Case != 0 {
			if err := d.index.DropCase(ctx, l.Case); err != nil {
				return err
			}
		}
		if l.Thread != 0 {
			if err := d.index.DropTopic(ctx, d.Group(), l.Thread); err != nil {
				return err
			}
		}
		if err := d.index.Erase(ctx, chat); err != nil {
			return err
		}
		return d.index.Post(ctx, d.Options.Group, chat, nil)
	case bot.DeskCard:
		j := &job{Desk: d, chat: chat, link: l}
		if err := j.number(ctx); err != nil {
			return err
		}
		return d.post(ctx, chat, l.Case, b.Parcel)
	}
	for _, i := range b.places {
		if err := d.keep(ctx, chat, parcels[i]); err != nil {
			return err
		}
	}
	return nil
}
