package understand

import (
	"slices"

	"respite/dialog/understand/phrase"
)

// grammarSense is a sense of the grammar lexicon, which says what its words do to a statement.
type grammarSense uint8

const (
	noGrammar  grammarSense = iota
	denies                  // what follows is not so
	deniesNext              // so too, but only of what follows at once
	turns                   // something else is said from here
	supposes                // what follows is so only perhaps
	softens                 // what it stands beside is so only a little, or as far as the speaker knows
	joins                   // what is denied of one is denied of the other
	isSelf                  // the speaker
	isKin                   // one of the speaker's family
	isThey                  // somebody named before
	isOther                 // somebody else
	grammarSenses
)

var grammarNames = map[string]grammarSense{
	"no": denies, "no near": deniesNext, "turn": turns, "perhaps": supposes, "soft": softens, "or": joins, "self": isSelf, "kin": isKin,
	"they": isThey, "others": isOther,
}

// statement is a text with what its grammar words do, in the order in which they stand.
type statement struct {
	*phrase.Text
	runes []rune // the text itself, in normal form
	lean  *lean  // what its words lean to, once asked for
	words [grammarSenses][]phrase.Finding
}

func (p *phrases) read(text []rune) *statement {
	s := &statement{Text: p.lexicon.Read(text), runes: text}
	found := s.Found("grammar")
	var counts [grammarSenses]int
	for _, f := range found {
		counts[p.grammar[f.Sense]]++
	}
	room := make([]phrase.Finding, len(found)) // one piece of memory for all
	for g, n := range counts {
		s.words[g], room = room[:0:n], room[n:]
	}
	for _, f := range found {
		g := p.grammar[f.Sense]
		s.words[g] = append(s.words[g], f)
	}
	return s
}

// since returns the part of a list, which is ordered by where its findings start, that starts at a place or later.
func since(list []phrase.Finding, at int) []phrase.Finding {
	from, past := 0, len(list)
	for from < past {
		middle := (from + past) / 2
		if list[middle].Start < at {
			from = middle + 1
		} else {
			past = middle
		}
	}
	return list[from:]
}

// within returns the part of a list that starts from one place up to another.
func within(list []phrase.Finding, from, to int) []phrase.Finding {
	list = since(list, from)
	return list[:len(list)-len(since(list, to))]
}

// anyBetween says whether a word of sense g stands between two places.
func (s *statement) anyBetween(g grammarSense, from, to int) bool {
	return slices.ContainsFunc(within(s.words[g], from, to), func(f phrase.Finding) bool { return f.End <= to })
}

// reaches says whether what ends at from bears on what starts at to: close by, in the same clause, with no turn between.
func (s *statement) reaches(from, to, weight int) bool {
	return from <= to && s.Between(from, to) <= weight && s.BreakBetween(from, to) < phrase.Comma && !s.anyBetween(turns, from, to)
}

// suppositionReach is how far a supposition reaches, by weight of what stands between, and hindsight how many tokens are looked back.
const (
	suppositionReach = 14
	hindsight        = 40
)

// supposed says whether the statement only supposes f.
func (s *statement) supposed(f phrase.Finding) bool {
	return slices.ContainsFunc(within(s.words[supposes], f.Start-hindsight, f.End), func(w phrase.Finding) bool {
		return !f.Holds(w) && (s.reaches(w.End, f.Start, suppositionReach) || f.Open <= w.Start && w.End <= f.Close)
	})
}

// softReach is how far a softening word may stand from what it softens, by weight.
const softReach = 4

// softened says whether a word inside f, or close before or after it, takes half of it back: 生意不太好, kind of slow, I guess.
func (s *statement) softened(f phrase.Finding) bool {
	return slices.ContainsFunc(within(s.words[softens], f.Start-softReach, f.End+softReach), func(w phrase.Finding) bool {
		switch {
		case w.End <= f.Start:
			return s.reaches(w.End, f.Start, softReach)
		case w.Start >= f.End:
			return s.reaches(f.End, w.Start, softReach)
		}
		return true
	})
}

// person returns the person named last before the end of f, and who that is. The "my" of "my mother" is not the speaker.
func (s *statement) person(f phrase.Finding) (phrase.Finding, grammarSense) {
	var last phrase.Finding
	who := isSelf
	for _, g := range []grammarSense{isKin, isThey, isOther, isSelf} {
		list := s.words[g][:len(s.words[g])-len(since(s.words[g], f.End))]
		for i := len(list) - 1; i >= 0; i-- {
			w := list[i]
			if last.End > 0 && w.Start < last.Start {
				break
			}
			if w.End <= f.End && (last.End == 0 || w.End > last.End) && (g != isSelf || !s.ofKin(w)) {
				last, who = w, g
			}
		}
	}
	return last, who
}

// ofKin says whether a kin follows the word for the speaker: 我妈, 我的孩子.
func (s *statement) ofKin(self phrase.Finding) bool {
	kin := since(s.words[isKin], self.End)
	return len(kin) > 0 && s.Between(self.End, kin[0].Start) == 0 && s.BreakBetween(self.End, kin[0].Start) == phrase.Joined
}

// togetherReach is how far the speaker and a kin may be named apart to be meant together.
const togetherReach = 3

// alsoSelf says whether the statement names the speaker together with the kin to whom f happened: 我和我爱人, me and my wife.
func (s *statement) alsoSelf(f phrase.Finding) bool {
	kin, who := s.person(f)
	if who != isKin {
		return false
	}
	return slices.ContainsFunc(within(s.words[isSelf], kin.Start-hindsight, kin.Start), func(self phrase.Finding) bool {
		return self.End < kin.Start && s.Between(self.End, kin.Start) <= togetherReach && !s.ofKin(self) && s.anyBetween(joins, self.End, kin.Start)
	})
}
