package understand

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is harmless alone is a crisis beside another such thing, what is telling is one by itself, unless an ordinary reason is given.
func TestSigns(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]bool{
		"猫已经送给邻居了":                true,
		"猫已经送给邻居了，新房子不让养":         false,
		"谢谢你们这段时间的照顾":             false,
		"谢谢你们这段时间的照顾，以后不用再找我":     true,
		"谢谢你们这段时间的照顾，以后不用再找我，换号了": false,
		"好累":                          false,
		"好累，睡不着":                      false,
		"gave my guitar to my nephew": true,
		"found a home for the cat":    true,
		"thanks for your patience. no need to call me again after tonight": true,
		"moving abroad, found a home for the cat":                          false,
		"so tired and alone": false,
		"my passwords are written down for my wife. so tired": true,
	} {
		require.Equal(t, want, r.phrases.crisis(r.Text(text).statement()).Crisis, text)
	}
}

// However often a message repeats a hardship, and however long it is, what comes last and once is read.
func TestDangerAfterMuchElse(t *testing.T) {
	r := reader(t)
	text := r.Text(filled("我失业了，妈妈住院，", longestMessage-10) + "我不想活了")
	require.True(t, text.Crisis().Crisis)
	require.Contains(t, text.Hardship().Hardships, unemployment)
}
