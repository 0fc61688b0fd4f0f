package understand

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is harmless alone is a crisis beside another such thing, unless an ordinary reason is given.
func TestSigns(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]bool{
		"猫已经送给邻居了":                  false,
		"密码都写在本子上了":                 false,
		"猫已经送给邻居了，密码都写在本子上了":        true,
		"猫已经送给邻居了，新房子不让养，密码都写在本子上了": false,
		"好累":                          false,
		"好累，睡不着":                      false,
		"gave my guitar to my nephew": false,
		"found a home for the cat":    false,
		"found a home for the cat. gave my guitar to my nephew":                true,
		"moving abroad, found a home for the cat. gave my guitar to my nephew": false,
		"so tired and alone": false,
		"my passwords are written down for my wife. so tired": true,
	} {
		require.Equal(t, want, r.Crisis(text).Crisis, text)
	}
}
