package dialog

import (
	"slices"
	"strconv"
	"strings"

	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/day"
)

// turn is one step in the making: the conversation as it becomes, and the effects so far.
type turn struct {
	m     *Machine
	c     *Conversation
	e     Event
	today day.Date
	out   []Effect
	lead  []Text             // said at the top of the next message to the borrower
	noted []policy.FactID    // answers that were taken in, to be read back there in one line
	cache *policy.Assessment // of the facts as they are; dropped when they change
	price bool               // the cache holds offers, too
	said  *understand.Text   // what the borrower typed, once it was read
	words string             // that it was read from
}

// says returns what a text says. The turn keeps it, so that the text is read once for all that is asked of it in this step.
func (t *turn) says(text string) *understand.Text {
	if t.said == nil || t.words != text {
		t.said, t.words = t.m.Read.Text(text), text
	}
	return t.said
}

// row returns the table's row of the present state.
func (t *turn) row() (row, bool) {
	r, ok := t.m.rows[t.c.State]
	return r, ok
}

// to moves to a state and asks what it asks.
func (t *turn) to(s State) {
	if s == Onward {
		s = t.onward()
	}
	t.c.State = s
	t.c.Turn++
	t.enter()
}

// onward chooses what comes next.
func (t *turn) onward() State {
	for _, f := range t.m.forks {
		if f.if_(t) {
			return f.to
		}
	}
	return Offering
}

// enter asks what the present state asks.
func (t *turn) enter() {
	if r, ok := t.row(); ok && r.enter != nil {
		r.enter(t)
	}
}

// again says some words and asks the question at hand once more, in one message; nothing is asked while a person has the conversation.
func (t *turn) again(words ...Text) {
	t.lead = append(t.lead, words...)
	switch {
	case t.c.State == Fresh:
		t.say(nil)
	case t.talking():
		t.say(t.talkKeys(), T("status.talking"))
	default:
		t.goOn()
	}
}

// say sends a message to the borrower under whatever was to lead it.
func (t *turn) say(rows [][]Key, body ...Text) {
	t.emit(Effect{Do: Say, Body: append(t.head(), body...), Rows: rows})
}

// head takes what is to stand at the top of a message.
func (t *turn) head() []Text {
	var head []Text
	if t.noted != nil {
		head = []Text{T("noted", "Value", t.readBack())}
	}
	head = append(head, t.lead...)
	t.lead, t.noted = nil, nil
	return head
}

// readBack writes what was taken in as one line, in the order in which it is asked.
func (t *turn) readBack() Text {
	order := []policy.FactID{policy.Owed, policy.DaysLate, policy.Hardship}
	slices.SortStableFunc(t.noted, func(a, b policy.FactID) int { return slices.Index(order, a) - slices.Index(order, b) })
	var line Text
	for i, id := range slices.Backward(t.noted) {
		v := shown(id, t.c.Facts[id])
		if i == len(t.noted)-1 {
			line = v
		} else {
			line = T("noted.more", "First", v, "Rest", line)
		}
	}
	return line
}

// edit changes the pressed message in place; without a press it sends a new one.
func (t *turn) edit(rows [][]Key, body ...Text) {
	if t.e.Kind != Pressed || t.e.Message == 0 {
		t.say(rows, body...)
		return
	}
	t.emit(Effect{Do: Edit, Message: t.e.Message, Body: append(t.head(), body...), Rows: rows})
}

// note writes an entry into the audit trail.
func (t *turn) note(what string) { t.emit(Effect{Do: Audit, Note: what}) }

func (t *turn) emit(e Effect) { t.out = append(t.out, e) }

// key makes a button that counts only as long as the question at hand stands.
func (t *turn) key(label Text, verb Verb, arg string) Key {
	return Key{Label: label, Data: strconv.FormatInt(int64(t.c.Turn), 36) + "." + string(verb) + "." + arg}
}

// lasting makes a button that counts at any time.
func lasting(label Text, verb Verb, arg string) Key {
	return Key{Label: label, Data: "." + string(verb) + "." + arg}
}

// parse takes a button's data apart. An empty turn stands for a lasting button.
func parse(data string) (turn string, verb Verb, arg string) {
	turn, rest, _ := strings.Cut(data, ".")
	v, arg, _ := strings.Cut(rest, ".")
	return turn, Verb(v), arg
}

// current says whether a button of that turn belongs to the question at hand.
func (t *turn) current(turn string) bool {
	return turn == strconv.FormatInt(int64(t.c.Turn), 36)
}

// label returns the caption of a verb's button.
func label(v Verb) Text { return T("button." + string(v)) }

// foot is the row of buttons that stands under every question.
func (t *turn) foot() []Key {
	keys := []Key{}
	if len(t.c.Asked) > 0 && slices.Contains([]State{AskOwed, AskLate, AskWhy, AskMore}, t.c.State) {
		keys = append(keys, t.key(label(back), back, ""))
	}
	return append(keys, lasting(label(help), help, ""), lasting(label(human), human, ""))
}

// columns lays keys out in rows of n.
func columns(n int, keys ...Key) [][]Key {
	return slices.Collect(slices.Chunk(keys, n))
}

// assess answers with the book's view of the facts as they are, and with priced offers.
func (t *turn) assess() policy.Assessment {
	if t.cache == nil || !t.price {
		a := t.book().Assess(t.c.Facts.known(), t.assessed())
		t.cache, t.price = &a, true
	}
	return *t.cache
}

// judge is assess where offers are not looked at: pricing them is most of the work.
func (t *turn) judge() policy.Assessment {
	if t.cache == nil {
		a := t.book().Judge(t.c.Facts.known())
		t.cache, t.price = &a, false
	}
	return *t.cache
}

// assessed is the day whose figures the borrower sees.
func (t *turn) assessed() day.Date {
	if t.c.Assessed != 0 {
		return t.c.Assessed
	}
	return t.today
}

// book is the policy book of this case.
func (t *turn) book() Book { return t.m.Books.Book(t.c.Book) }
