// Package phrase finds the phrases of a lexicon in a text, all of them in one pass.
//
// A lexicon is a set of files, each about one topic in one language. A file lists senses, and under each sense, line by line,
// the patterns that express it:
//
//	topic: hardship
//	words:
//	  employer: 公司 | 厂里 | 单位
//	senses:
//	  unemployment: |
//	    失业 | 下岗
//	    <employer> .. (倒闭|破产)
//	  unemployment?: |
//	    要失业
//	  not: |
//	    再就业
//
// In a pattern
//
//	a | b     at the top of a line, separates patterns
//	(a|b|)    is one of these; an empty one makes it optional. Words of letters are not put together out of parts
//	<name>    is one of the words of that name, of any file; <number> is a number in digits
//	..        lets up to about eight Chinese characters or four words stand between, in the same breath
//	...       lets up to three times as many stand between, beyond a comma too
//	^ $       tie the pattern to the beginning or the end of the text
//
// A sense with a question mark is the weak form of that sense: meant perhaps. The sense "not" names what only looks like a
// phrase of the topic: whatever lies inside it is not reported; "not unemployment" does so for one sense. Lines that begin with #
// are comments. A line goes on as long as a bracket is open.
//
// A file may say of its topic how many findings in a text are enough (enough: 256), so that behind them it is not searched for more. A long
// text is read in two pieces, in each of which half as many are enough.
//
// A file may also list fillers, which may stand anywhere inside a phrase and change nothing (真的, 已经, really), and variants,
// words that are read as others everywhere (冇: 没有, cant: can not).
package phrase

import (
	"slices"
	"strings"

	"respite/dialog/understand/trie"
	"respite/dialog/understand/wordlist"
)

// Sense is what a pattern expresses.
type Sense struct {
	Topic string
	Name  string
	Weak  bool
}

// A sense with this name names what only looks like a phrase of its topic, one with this name, a blank and that of a sense what only
// looks like one of that sense.
const notSense = "not"

// masked returns the name of the sense that s masks: all of the topic if it is "". False if s is no mask.
func (s Sense) masked() (string, bool) {
	name, ok := strings.CutPrefix(s.Name, notSense)
	if !ok || name != "" && name[0] != ' ' {
		return "", false
	}
	return strings.TrimSpace(name), true
}

// ID is the number of a sense in its lexicon.
type ID uint16

// Lexicon finds phrases. It is made by Compile, never changes, and is safe for concurrent use.
type Lexicon struct {
	senses   []Sense
	topics   []string
	topicOf  []int   // by ID
	masks    []ID    // the senses that mask others
	maskOf   []int   // by ID: its place in masks, -1 if it masks nothing
	hides    []uint8 // by ID: the place in hiders of the masks that mask it
	hiders   [][]int // lists of places in masks; the first is empty
	vocab    *wordlist.List
	variants variants
	fillers  trie.Trie
	filler   []bool // by node of fillers: one ends here
	phrases  trie.Trie
	means    []uint32 // by node of phrases: where in code is what the phrase that ends there stands for; 0: nothing
	code     []uint64 // all meanings
	meanings int      // how many they are
	uses     []use    // by state: what goes on with it
	near     int      // how many states have a gap that does not reach far: the first ones
	limits   []limit
	lookback int // how many tokens before a cut decide at most whether a pattern is found behind it: its parts before, and what masks the first
	spare    scratches
}

// limit is how much of a topic is enough.
type limit struct {
	topic  int
	enough int      // findings
	states []uint64 // by row: those of the topic
}

// Senses returns all senses; an ID is an index into it.
func (l *Lexicon) Senses() []Sense { return slices.Clone(l.senses) }

// Finding is one phrase that was found: a sense, and the tokens from Start up to End that it spans. What
// stands in its widest gap, from Open up to Close, need not belong to it; both are Start if it has none.
type Finding struct {
	Sense       ID
	Start, End  int
	Open, Close int
}

// Holds says whether g lies inside f without lying in its gap.
func (f Finding) Holds(g Finding) bool {
	return f.Start <= g.Start && g.End <= f.End && (g.Start < f.Open || f.Close < g.End)
}
