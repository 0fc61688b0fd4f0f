package desk

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"respite/bot"
	"respite/dialog"
)

// Deciders says which agents may decide on requests.
type Deciders struct {
	admins bool
	ids    []int64 // nil, and not admins: everybody
}

// ParseDeciders reads "all", "admins" or a list of ids "123,456".
func ParseDeciders(s string) (Deciders, error) {
	switch s {
	case "all", "":
		return Deciders{}, nil
	case "admins":
		return Deciders{admins: true}, nil
	}
	var d Deciders
	for word := range strings.SplitSeq(s, ",") {
		id, err := strconv.ParseInt(strings.TrimSpace(word), 10, 64)
		if err != nil {
			return d, fmt.Errorf("deciders %q are neither all nor admins nor ids of users", s)
		}
		d.ids = append(d.ids, id)
	}
	return d, nil
}

func (d Deciders) include(user int64, admin bool) bool {
	switch {
	case d.admins:
		return admin
	case d.ids != nil:
		return slices.Contains(d.ids, user)
	}
	return true
}

// standing is what somebody is in the group, as Telegram said it not long ago.
type standing struct {
	inside, admin bool
	until         time.Time
}

// memory is how long an answer of Telegram's about a member is believed.
const memory = 30 * time.Second

// standing asks Telegram, or remembers what it said.
func (d *Desk) standing(ctx context.Context, user int64) (standing, error) {
	now := d.Clock()
	d.mu.Lock()
	s, ok := d.members[user]
	d.mu.Unlock()
	if ok && now.Before(s.until) {
		return s, nil
	}
	var err error
	s = standing{until: now.Add(memory)}
	if s.inside, s.admin, err = d.Members.Member(ctx, d.Group(), user); err != nil && failed(err) != bot.Gone {
		return s, err
	}
	d.mu.Lock()
	d.members[user] = s
	d.mu.Unlock()
	return s, nil
}

// Admit says what somebody may do in the group, and remembers the names of those who are in it. Who writes in the name of the group is
// an administrator of it.
func (d *Desk) Admit(ctx context.Context, who bot.User) (bot.Standing, error) {
	if d.Members == nil || who.ID == d.Group() {
		return bot.Standing{Inside: true, Decides: d.Deciders.include(who.ID, true)}, nil
	}
	s, err := d.standing(ctx, who.ID)
	if err != nil || !s.inside {
		return bot.Standing{}, err
	}
	d.mu.Lock()
	known := d.agents[who.ID] == who.Name
	d.agents[who.ID] = who.Name
	d.mu.Unlock()
	if !known {
		err = d.index.SetAgent(ctx, d.Options.Group, who.ID, who.Name)
	}
	return bot.Standing{Inside: true, Decides: d.Deciders.include(who.ID, s.admin)}, err
}

// Colleagues are the agents who were seen in the group, by name.
func (d *Desk) Colleagues() []dialog.Colleague {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []dialog.Colleague
	for _, id := range slices.Sorted(maps.Keys(d.agents)) {
		all = append(all, dialog.Colleague{ID: id, Name: d.agents[id]})
	}
	slices.SortStableFunc(all, func(a, b dialog.Colleague) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// Dismiss forgets somebody who left the group, and gives the chats of the cases that they held.
func (d *Desk) Dismiss(ctx context.Context, user int64) ([]int64, error) {
	d.mu.Lock()
	d.members[user] = standing{until: d.Clock().Add(memory)}
	delete(d.agents, user)
	d.mu.Unlock()
	if err := d.index.DropAgent(ctx, d.Options.Group, user); err != nil {
		return nil, err
	}
	return d.heldBy(ctx, user)
}

// heldBy are the chats of the cases that an agent holds.
func (d *Desk) heldBy(ctx context.Context, user int64) (chats []int64, err error) {
	all, err := d.posts(ctx)
	for _, p := range all {
		if p.Holder.ID == user {
			chats = append(chats, p.Chat)
		}
	}
	return chats, err
}

func sorted(names map[int64]string) []string { return slices.Sorted(maps.Values(names)) }
