package dialog

import (
	"slices"
	"strconv"
	"strings"
)

// Verbs by which agents say who has a case.
const (
	claim        Verb = "claim"
	release      Verb = "release"
	transferMenu Verb = "transfer"
	transferTo   Verb = "give" // give.<agent's id>
	watch        Verb = "watch"
)

// lease gives the holder the case for another while.
func (t *turn) lease() { t.c.set(LeaseAlarm, t.e.At.Add(t.m.Lease)) }

// held answers an agent who wants what only the holder may do; false: nobody else has the case.
func (t *turn) held() (Text, bool) {
	if h := t.c.Case.Holder; h != nil && h.ID != t.e.By {
		return T("toast.desk_held", "Agent", Plain(h.Name)), true
	}
	return Text{}, false
}

// claimed gives the case to the agent who asks first.
func (t *turn) claimed(string) Text {
	c := t.c.Case
	if no, held := t.held(); held {
		return no
	}
	t.lease()
	if c.Holder != nil {
		return T("toast.desk_yours")
	}
	me := t.me()
	c.Holder, c.Closed = &me, false
	return t.did("claimed", "claimed")
}

// released gives the case back to the queue.
func (t *turn) released(string) Text {
	if no, held := t.held(); held {
		return no
	}
	if t.c.Case.Holder == nil {
		return t.stale()
	}
	t.note("released by " + t.by())
	t.tell(T("desk.released", "Agent", Plain(t.e.Agent)))
	t.unclaim()
	return Text{}
}

// unclaim puts the case back into the queue. A borrower whose words were not answered waits anew.
func (t *turn) unclaim() {
	c := t.c.Case
	c.Holder = nil
	t.c.clear(LeaseAlarm)
	if c.Talking && c.Open && c.Wait == nil {
		t.wait()
	}
	t.card(c.Wait != nil)
}

// lapsed takes a case back from a holder who has done nothing for the length of a lease.
func (t *turn) lapsed() {
	if c := t.c.Case; c != nil && c.Holder != nil {
		t.note("lease lapsed")
		t.happened("lapsed")
		t.alert(T("desk.lapsed", "Agent", Plain(c.Holder.Name)))
		t.unclaim()
	}
}

// agentLeft takes everything from an agent who left the group or went away.
func (t *turn) agentLeft() {
	c := t.c.Case
	if c == nil {
		return
	}
	gone := func(a Colleague) bool { return a.ID == t.e.By }
	c.Watch = slices.DeleteFunc(c.Watch, gone)
	if c.Holder != nil && gone(*c.Holder) {
		t.note("holder gone: " + strconv.FormatInt(t.e.By, 10))
		t.tell(T("desk.holder_gone", "Agent", Plain(c.Holder.Name)))
		t.unclaim()
	}
}

// transfers hands the case to a colleague, named by id or by the beginning of a name; without one it shows whom it can be.
func (t *turn) transfers(arg string) Text {
	if no, held := t.held(); held {
		return no
	}
	to, ok := t.colleague(arg)
	switch {
	case arg == "" && len(t.peers()) > 0:
		t.colleagueMenu()
		return Text{}
	case !ok:
		return T("desk.help_transfer")
	}
	t.c.Case.Holder = &to
	t.lease()
	t.note("transferred by " + t.by() + " to " + strconv.FormatInt(to.ID, 10))
	t.happened("transferred")
	t.emit(Effect{Do: Tell, Urgency: Agents, Alert: true, Call: []Colleague{to}, Body: []Text{T("desk.transferred", "Agent", Plain(t.e.Agent), "To", Plain(to.Name))}})
	t.card(false)
	return Text{}
}

// peers are the colleagues to whom the agent can hand the case.
func (t *turn) peers() []Colleague {
	return slices.DeleteFunc(slices.Clone(t.e.Colleagues), func(a Colleague) bool { return a.ID == t.e.By })
}

// mostColleagues is how many fit under a card.
const mostColleagues = 12

func (t *turn) colleagueMenu() {
	var keys []Key
	for _, a := range t.peers()[:min(len(t.peers()), mostColleagues)] {
		keys = append(keys, Key{Label: Plain(a.Name), Data: string(transferTo) + "." + strconv.FormatInt(a.ID, 10)})
	}
	t.cardMenu(columns(2, keys...))
}

// colleague finds the one colleague whose id or name arg is, or whose name begins with it.
func (t *turn) colleague(arg string) (Colleague, bool) {
	arg = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(arg), "@"))
	var found []Colleague
	for _, a := range t.peers() {
		name := strings.ToLower(a.Name)
		if arg != "" && (strconv.FormatInt(a.ID, 10) == arg || name == arg) {
			return a, true
		}
		if arg != "" && strings.HasPrefix(name, arg) {
			found = append(found, a)
		}
	}
	if len(found) != 1 {
		return Colleague{}, false
	}
	return found[0], true
}

// watched calls the agent from now on when something happens in the case, or no more.
func (t *turn) watched(string) Text {
	c := t.c.Case
	if i := slices.IndexFunc(c.Watch, func(a Colleague) bool { return a.ID == t.e.By }); i >= 0 {
		c.Watch = slices.Delete(c.Watch, i, i+1)
		return T("toast.desk_unwatched")
	}
	c.Watch = append(c.Watch, t.me())
	return T("toast.desk_watched")
}
