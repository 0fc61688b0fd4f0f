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

// chains are the states that are open, row by row, and what opened them. A state is not open for ever: after one to two ages, of more tokens
// than its gap reaches, it is forgotten. The rows of near gaps age sooner, so that a long text has few open that cannot be gone on with.
type chains struct {
	open  []uint64 // by row: the states that were opened in this age or the last
	fresh []uint64 // by row: those of this age
	last  []int32  // by row: the last link
	links []link   // the first is none
	near  int      // how many rows have no far gap: the first ones
	ages  [2]struct {
		oldest int32 // the first link that is not forgotten
		young  int32 // the first of this age
	} // of the near rows, and of the others
}

// How many tokens an age has, and how many a phrase of the lexicon may have, so that all that a gap behind it may reach comes before it is
// forgotten.
const (
	nearAge       = 2 * nearApart
	farAge        = 2 * farApart
	longestPhrase = nearApart
)

// newChains makes room for so many states, of which so many have no far gap.
func newChains(states, near int) chains {
	rows := states/rowStates + 1
	return chains{
		open: make([]uint64, rows), fresh: make([]uint64, rows), last: make([]int32, rows), links: make([]link, 1), near: near / rowStates,
	}
}

// clear forgets everything.
func (c *chains) clear() {
	clear(c.open)
	clear(c.fresh)
	clear(c.last)
	c.links = c.links[:1]
	for i := range c.ages {
		c.ages[i].oldest, c.ages[i].young = 1, 1
	}
}

// reach forgets the states that are too old or too far off for a token, at its place, before which there is a break.
func (c *chains) reach(at int, before Break) {
	switch {
	case before > Blank:
		c.forget(0, 0, c.near)
		c.forget(0, 0, c.near)
	case at%nearAge == 0:
		c.forget(0, 0, c.near)
	}
	switch {
	case before > Comma:
		c.forget(1, c.near, len(c.open))
		c.forget(1, c.near, len(c.open))
	case at%farAge == 0:
		c.forget(1, c.near, len(c.open))
	}
}

func (c *chains) forget(kind, from, to int) {
	copy(c.open[from:to], c.fresh[from:to])
	clear(c.fresh[from:to])
	age := &c.ages[kind]
	age.oldest, age.young = age.young, int32(len(c.links))
}

// oldest returns the first link of a row that is not forgotten.
func (c *chains) oldest(row int) int32 {
	if row < c.near {
		return c.ages[0].oldest
	}
	return c.ages[1].oldest
}

// add opens states, with what was found by its place.
func (c *chains) add(states cell, found int32) {
	row, bits := states.row(), states.states()
	c.links = append(c.links, link{bits, found, c.last[row]})
	c.last[row] = int32(len(c.links) - 1)
	c.open[row] |= bits
	c.fresh[row] |= bits
}
