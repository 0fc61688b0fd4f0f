package wordlist

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A list does as a map does, however much room it had.
func TestListIsAMap(t *testing.T) {
	word := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("ab欠")), 0, 3, -1), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		l, numbers := New(rapid.IntRange(0, 300).Draw(t, "words"), 0), map[string]int{}
		for _, w := range rapid.SliceOf(word).Draw(t, "added") {
			if _, known := numbers[w]; !known {
				require.Equal(t, -1, l.Find([]byte(w)), w)
				numbers[w] = len(numbers)
			}
			require.Equal(t, numbers[w], l.Add([]byte(w)), w)
		}
		require.Equal(t, len(numbers), l.Len())
		for _, w := range append(rapid.SliceOf(word).Draw(t, "others"), "") {
			number, known := numbers[w]
			if !known {
				number = -1
			}
			require.Equal(t, number, l.Find([]byte(w)), w)
		}
	})
}

func TestAListGrows(t *testing.T) {
	const many = 10 * smallest
	l := New(0, 0)
	for n := range many {
		require.Equal(t, n, l.Add([]byte(strconv.Itoa(n))))
	}
	for n := range many {
		require.Equal(t, n, l.Find([]byte(strconv.Itoa(n))))
	}
	require.Equal(t, -1, l.Find([]byte(strconv.Itoa(many))))
	require.GreaterOrEqual(t, len(l.table), 2*l.Len(), "half of it is free, so that few words stand away from their places")
}
