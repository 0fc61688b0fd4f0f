package phrase

// A state is a pattern of several parts as far as up to one of them: the next part goes on with it. While a text is read, states are opened
// and gone on with by the dozen for each word, and almost all for nothing; so they are kept as bits, many of which are tested at once, and
// only of a state that is open is it looked up what opened it.

// cell is some of the states of one row of them: a bit for each, and above the bits the number of the row.
type cell uint64

// rowStates is how many states a row has.
const rowStates = 48

func newCell(state int) cell { return cell(state/rowStates)<<rowStates | 1<<(state%rowStates) }

func (c cell) row() int       { return int(c >> rowStates) }
func (c cell) states() uint64 { return uint64(c) & (1<<rowStates - 1) }

// link is what was found, by its place, when it opened states of a row.
type link struct {
	states uint64
	found  int32
	before int32 // the link of the same row that was made before
}

// chains are the states that are open, row by row, and what opened them. A state is not open for ever: after one to two spells of its row, of
// twice as many tokens as its gap reaches, it is forgotten, and at once at a break that its gap does not reach over.
type chains struct {
	open  []uint64 // by row: the states that were opened in this spell or the last
	fresh []uint64 // by row: those of this spell
	last  []int32  // by row: the last link
	shut  []uint64 // by row: the states that are not opened any more
	links []link   // the first is none
	spell [2]spell // of the rows without a far gap, which come first, and of the others
}

// spell is how long some rows remember, by how far their gaps reach at most.
type spell struct {
	reach
	from, past int   // the rows
	end        int   // the token before which it ends
	oldest     int32 // the first link that is not forgotten
	young      int32 // the first of this spell
}

// longestPhrase is how many words a phrase of the lexicon may have: no more than a near gap reaches, so that all that one behind the phrase may
// reach comes before it is forgotten.
const longestPhrase = 16

// newChains makes room for so many states, of which so many, the first ones, have no far gap.
func newChains(states, nearStates int) chains {
	rows, nearRows := states/rowStates+1, nearStates/rowStates
	return chains{
		open: make([]uint64, rows), fresh: make([]uint64, rows), shut: make([]uint64, rows), last: make([]int32, rows), links: make([]link, 1),
		spell: [2]spell{{reach: reaches[near], past: nearRows}, {reach: reaches[far], from: nearRows, past: rows}},
	}
}

// clear forgets everything.
func (c *chains) clear() {
	clear(c.open)
	clear(c.fresh)
	clear(c.last)
	c.links = c.links[:1]
	for i := range c.spell {
		c.spell[i].end, c.spell[i].oldest, c.spell[i].young = 0, 1, 1
	}
}

// reach forgets what the token at, before which there is a break, is too late for.
func (c *chains) reach(at int, before Break) {
	for i := range c.spell {
		s := &c.spell[i]
		if before >= s.stopped {
			c.begin(s, at)
			c.begin(s, at)
		} else if at >= s.end {
			c.begin(s, at)
		}
	}
}

// begin begins another spell at a token, and forgets what is older than the last.
func (c *chains) begin(s *spell, at int) {
	s.end = at + 2*int(s.tokens)
	if links := int32(len(c.links)); s.oldest < links {
		copy(c.open[s.from:s.past], c.fresh[s.from:s.past])
		clear(c.fresh[s.from:s.past])
		s.oldest, s.young = s.young, links
	}
}

// oldest returns the first link of a row that is not forgotten.
func (c *chains) oldest(row int) int32 {
	if row < c.spell[0].past {
		return c.spell[0].oldest
	}
	return c.spell[1].oldest
}

// idle says whether no state is open.
func (c *chains) idle() bool {
	links := int32(len(c.links))
	return c.spell[0].oldest == links && c.spell[1].oldest == links
}

// add opens states, with what was found by its place.
func (c *chains) add(states cell, found int32) {
	row, bits := states.row(), states.states()
	c.links = append(c.links, link{bits, found, c.last[row]})
	c.last[row] = int32(len(c.links) - 1)
	c.open[row] |= bits
	c.fresh[row] |= bits
}

// close shuts states, by row, for good.
func (c *chains) close(states []uint64) {
	for row, bits := range states {
		c.shut[row] |= bits
		c.open[row] &^= bits
		c.fresh[row] &^= bits
	}
}
