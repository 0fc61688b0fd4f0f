package dialog

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// inTrouble is a running plan of a borrower who can be reached in a language.
func inTrouble(t *testing.T, language string) *course {
	c := begins(t, china, tenth, 3)
	c.c.Language = language
	c.m.Lines = Lines{Comfort: "12356", Ambulance: "120", Police: "110"}
	c.m.LinesIn = map[string]Lines{"zh-Hant": {Comfort: "1925", Ambulance: "119"}}
	return c
}

// lately returns what the last step brought about in one kind of effect: the keys of the words and what was put into them.
func (c *course) lately(do Act) (keys []string, args []any) {
	for _, f := range c.out {
		if f.Do == do {
			for _, b := range f.Body {
				keys = append(keys, b.Key)
				for _, a := range b.Args {
					args = append(args, a.Value)
				}
			}
		}
	}
	return keys, args
}

func TestWordsOfDespairInEachLanguage(t *testing.T) {
	for language, x := range map[string]struct{ text, line, ambulance string }{
		"zh-Hans": {"还不上了，不想活了", "12356", "120"},
		"zh-Hant": {"真的撐不下去，好想死", "1925", "119"},
		"en":      {"can't pay. I just want it all to end", "12356", "120"},
	} {
		c := inTrouble(t, language)
		plan, facts := c.c.Plan, c.c.Facts
		c.step(Event{Kind: Typed, Text: x.text})
		keys, args := c.lately(Say)
		require.Equal(t, []string{"crisis.text"}, keys, "nothing of money")
		require.Contains(t, args, any(x.line))
		require.Contains(t, args, any(x.ambulance))
		require.True(t, c.c.Crisis)
		require.Empty(t, c.c.Alarms, "reminders rest")
		require.Equal(t, plan, c.c.Plan, "nothing is lost")
		require.Equal(t, facts, c.c.Facts)
		words, _ := c.lately(Words)
		require.NotEmpty(t, words, "the agents read it")

		c.step(Event{Kind: Typed, Text: "3500"})
		keys, _ = c.lately(Say)
		require.Equal(t, []string{"crisis.here"}, keys, "and nothing is asked until it is wanted")
		c.press(resume, "")
		require.False(t, c.c.Crisis)
		require.NotEmpty(t, c.c.Alarms, "reminders go on")
	}
}

func TestWordsOfDespairInAnEditedMessage(t *testing.T) {
	c := inTrouble(t, "en")
	c.step(Event{Kind: Edited, Text: "I don't want to live anymore"})
	require.True(t, c.c.Crisis)
	keys, _ := c.lately(Say)
	require.Equal(t, []string{"crisis.text"}, keys)

	c = inTrouble(t, "en")
	c.press(human, "")
	c.step(Event{Kind: Edited, Text: "I don't want to live anymore"})
	require.True(t, c.c.Crisis)
	keys, _ = c.lately(Say)
	require.Equal(t, []string{"crisis.text"}, keys, "as long as nobody has the case")
}

func TestWordsOfDespairUnderAPhoto(t *testing.T) {
	c := inTrouble(t, "zh-Hans")
	c.step(Event{Kind: Attached, Text: "我写好遗书了"})
	require.True(t, c.c.Crisis)
	keys, _ := c.lately(Say)
	require.Equal(t, []string{"crisis.text"}, keys)
	require.True(t, slices.ContainsFunc(c.out, func(f Effect) bool { return f.Do == Copy }), "the agents see it")
}

func TestManyWaysOfSpeakingAreNoCrisis(t *testing.T) {
	for _, text := range []string{"这个利息要命啊", "累死了", "死线是哪天", "this interest is killing me", "my phone died"} {
		c := inTrouble(t, "zh-Hans")
		c.step(Event{Kind: Typed, Text: text})
		require.False(t, c.c.Crisis, text)
		require.NotEmpty(t, c.c.Alarms, text)
	}
}
