package trie

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// find follows a sequence; false if it leaves the trie.
func find(t *Trie, sequence []rune) (node int32, ok bool) {
	for _, label := range sequence {
		if node = t.Step(node, label); node == 0 {
			return 0, false
		}
	}
	return node, true
}

// A trie holds what was added with all its beginnings, each at a node of its own, and nothing else.
func TestTrieIsTheSetOfItsBeginnings(t *testing.T) {
	label := rapid.OneOf(rapid.RuneFrom([]rune("ab一乙丙")), rapid.Int32Range(-3, 3), rapid.Int32Range(lowestHead-2, lowestHead+2), rapid.Int32Range(lastCommon-2, lastCommon+2))
	sequence := rapid.SliceOfN(label, 0, 5)
	rapid.Check(t, func(t *rapid.T) {
		added := rapid.SliceOf(sequence).Draw(t, "added")
		var b Builder
		reserved := rapid.IntRange(0, 10).Draw(t, "reserved")
		ends := make(map[string]int32)
		beginnings := map[string]bool{"": true}
		for i, s := range added {
			if i == reserved {
				b.Reserve(rapid.IntRange(0, 100).Draw(t, "room"))
			}
			node := b.Add(s)
			before, again := ends[string32(s)]
			require.True(t, !again || before == node)
			ends[string32(s)] = node
			for i := range s {
				beginnings[string32(s[:i+1])] = true
			}
		}
		frozen, places := b.Freeze()
		require.Equal(t, len(beginnings), frozen.Len())
		require.Len(t, places, frozen.Len())
		nodes := make(map[int32]string)
		for _, s := range append(added, rapid.SliceOf(sequence).Draw(t, "others")...) {
			node, ok := find(&frozen, s)
			require.Equal(t, beginnings[string32(s)], ok, s)
			if len(s) > 0 {
				require.Equal(t, beginnings[string32(s[:1])], frozen.Begins(s[0]), s)
			}
			if !ok {
				continue
			}
			if end, isEnd := ends[string32(s)]; isEnd {
				require.Equal(t, places[end], node)
			}
			other, met := nodes[node]
			require.True(t, !met || other == string32(s))
			nodes[node] = string32(s)
		}
	})
}

// string32 makes a map's key of symbols that need not be runes.
func string32(symbols []rune) string {
	out := make([]byte, 0, 4*len(symbols))
	for _, s := range symbols {
		out = append(out, byte(s), byte(s>>8), byte(s>>16), byte(s>>24))
	}
	return string(out)
}

// A node with many children is searched as one with few.
func TestManyChildren(t *testing.T) {
	var b Builder
	for label := rune(100); label > 0; label -= 2 {
		b.Add([]rune{'x', label})
		b.Add([]rune{label})
	}
	frozen, _ := b.Freeze()
	for label := range rune(103) {
		node, ok := find(&frozen, []rune{'x', label})
		require.Equal(t, label > 0 && label <= 100 && label%2 == 0, ok, label)
		_, atRoot := find(&frozen, []rune{label})
		require.Equal(t, ok, atRoot, label)
		require.Equal(t, ok, node > 0)
	}
}

func TestEmptyTrie(t *testing.T) {
	var none Trie
	require.Zero(t, none.Step(0, 'a'))
	var b Builder
	frozen, places := b.Freeze()
	require.Equal(t, []int32{0}, places)
	require.Zero(t, frozen.Step(0, 'a'))
	require.Equal(t, int32(0), b.Add(nil))
}
