package dialog

import (
	"cmp"
	"slices"
)

// Post is what the board in the agents' group shows of a case. Times are unix seconds, zero for none.
type Post struct {
	Holder  Colleague `json:"h,omitzero"`  // who has it
	Waits   int64     `json:"w,omitempty"` // since when the borrower waits for a first answer
	Due     int64     `json:"d,omitempty"` // by when something has to be done
	Request bool      `json:"r,omitempty"` // there is something to decide
	Crisis  bool      `json:"c,omitempty"`
}

// post is the case's entry on the board; nil if there is nothing for agents to do.
func (t *turn) post() *Post {
	c := t.c.Case
	if c.Closed || c.Muted {
		return nil
	}
	p := Post{Request: t.c.Request != nil, Crisis: t.c.Crisis}
	if c.Holder != nil {
		p.Holder = *c.Holder
	}
	if c.Wait != nil {
		p.Waits, p.Due = c.Wait.Since, c.Wait.By
	}
	if p.Request {
		if end := t.reviewEnds().Unix(); p.Due == 0 || end < p.Due {
			p.Due = end
		}
	}
	if p == (Post{}) && !c.Talking {
		return nil
	}
	return &p
}

// card brings the case's card up to date. Of several in one step only the last is kept.
func (t *turn) card(alert bool) {
	if t.c.Case == nil {
		return
	}
	anew := false
	for i, e := range t.out {
		if e.Do == Card {
			alert, anew = alert || e.Alert, anew || e.Anew
			t.out = slices.Delete(t.out, i, i+1)
			break
		}
	}
	t.emit(Effect{Do: Card, Urgency: Agents, Alert: alert, Anew: anew, Title: t.title(), Body: t.cardBody(), Rows: t.cardRows(), Post: t.post(),
		Shut: t.c.Case.Closed || t.c.Case.Muted})
}

// cardMenu shows choices under the card in place of its own buttons.
func (t *turn) cardMenu(rows [][]Key) {
	t.card(false)
	rows = append(rows, []Key{deskKey(cardBack, "")})
	t.out[len(t.out)-1].Rows = rows
}

// title is the topic's name: how the case stands, never who or how much. The desk puts the case's number in front.
func (t *turn) title() Text {
	c := t.c.Case
	switch {
	case t.c.Crisis:
		return T("title.crisis")
	case c != nil && c.Muted:
		return T("title.muted")
	case c != nil && c.Closed:
		return T("title.closed")
	case c != nil && c.Wait != nil && c.Holder == nil:
		return T("title.waiting")
	case t.talking():
		return T("title.talking")
	case t.c.Request != nil:
		return T("title.review")
	case t.c.State == Settled:
		return T("title.settled")
	case t.c.Plan != nil:
		return T("title.running")
	}
	return T("title.open")
}

func (t *turn) cardBody() []Text {
	c := t.c.Case
	body := []Text{t.title()}
	if c.Holder != nil {
		body = append(body, T("card.holder", "Agent", Plain(c.Holder.Name)))
	}
	if c.Wait != nil {
		body = append(body, T("card.waits", "Since", timeOf(c.Wait.Since), "By", timeOf(c.Wait.By)))
	}
	for _, tag := range c.Tags {
		body = append(body, T("card.tag", "Tag", T("tag."+tag)))
	}
	for _, id := range t.c.Asked {
		body = append(body, T("card.fact", "Name", T("fact."+string(id)), "Value", shown(id, t.c.Facts[id])))
	}
	story := t.c.Story
	if p := t.c.Pending; p != nil && t.c.State == Confirming && !t.private(p.Fact, p.Value) {
		body = append(body, T("card.uncertain", "Name", T("fact."+string(p.Fact)), "Value", shown(p.Fact, p.Value)))
		story = cmp.Or(p.Story, story)
	}
	if story != "" {
		body = append(body, T("card.story"), Plain(story))
	}
	if c.Files > 0 {
		body = append(body, T("card.files", "Count", c.Files))
	}
	for _, p := range c.Papers {
		body = append(body, T("card.paper", "What", T("document."+p)))
	}
	body = append(append(body, t.cardPlan()...), t.cardOffers()...)
	body = append(body, t.cardPast()...)
	if t.assessable() {
		body = append(append(body, T("card.programmes")), verdicts(t.judge())...)
	}
	return body
}

// cardOffers lists the plans that the borrower can choose from.
func (t *turn) cardOffers() []Text {
	if !t.assessable() || t.c.Request != nil || t.bound() {
		return nil
	}
	var lines []Text
	for _, o := range t.offers() {
		s := o.Schedule
		lines = append(lines, T("card.offer", "Name", programme(o.Programme), "Count", len(s.Instalments), "Amount", s.Instalments[0].Amount, "Total", s.Total))
	}
	if lines == nil {
		return nil
	}
	return append([]Text{T("card.offers")}, lines...)
}

// cardPast lists what happened in the case.
func (t *turn) cardPast() []Text {
	past := t.c.Case.Past
	if past == nil {
		return nil
	}
	lines := []Text{T("card.history")}
	for _, p := range past {
		line := T("card.past", "At", timeOf(p.At), "What", T("past."+p.What))
		if p.Who != "" {
			line = T("card.past_by", "At", timeOf(p.At), "What", T("past."+p.What), "Who", Plain(p.Who))
		}
		lines = append(lines, line)
	}
	return lines
}

// cardPlan shows what is asked for, or what runs.
func (t *turn) cardPlan() []Text {
	switch {
	case t.c.Request != nil:
		o, ok := t.built(t.c.Request.Proposed)
		if !ok {
			return nil
		}
		r := t.c.Request
		body := []Text{T("card.request", "Name", programme(r.Programme), "From", r.From, "Until", r.Until)}
		return append(append(body, listing(o.Schedule)...), totals(o)...)
	case t.c.Plan != nil:
		return t.cardLedger()
	}
	return nil
}

func (t *turn) cardRows() [][]Key {
	c := t.c.Case
	if c.Closed || c.Muted {
		return [][]Key{{deskKey(reopenCase, "")}}
	}
	rows := [][]Key{{deskKey(claim, ""), deskKey(watch, "")}}
	if c.Holder != nil {
		rows = [][]Key{{deskKey(release, ""), deskKey(transferMenu, ""), deskKey(watch, "")}}
	}
	if t.c.Request != nil {
		rows = append(rows, []Key{deskKey(approve, ""), deskKey(declineMenu, ""), deskKey(moreMenu, "")})
	} else if c.Holder != nil && !t.bound() && t.documents() != nil {
		rows = append(rows, []Key{deskKey(moreMenu, "")})
	}
	var last []Key
	if t.c.Crisis {
		last = append(last, deskKey(calm, ""))
	}
	if c.Talking {
		last = append(last, deskKey(finish, ""))
	}
	if keys := t.planRows(); keys != nil {
		rows = append(rows, keys)
	}
	return append(rows, append(last, deskKey(closeCase, "")))
}
