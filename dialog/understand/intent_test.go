package understand

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A word that is a wish by itself is none within a story, and a story is no wish though it is told in the words of one.
func TestWishesAndTales(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"取消，我在上班":                           "cancel",
		"cancel, my kids are screaming":     "cancel",
		"订单取消，我在家待着":                        "none",
		"我们单位把我的岗位取消了，现在没工作":                "none",
		"别自动回复了，人工！":                        "human",
		"工地的人工，一直没给":                        "none",
		"already sent it last night, check": "paid",
		"交了辞呈没下家":                           "none",
		"忘还了":                               "none",
		"这个月还":                              "none",
		"老板骗人，工资没发":                         "none",
		"你们骗人，我要投诉":                         "complaint",
		"提前还清收不收手续费":                        "question",
		"早就还清了，怎么还催":                        "paid",
		"昨天还了600，还欠5900":                    "none",
	} {
		require.Equal(t, want, r.Text(text).intent().Intent, text)
	}
}

// A hunch is one only where no phrase says what is wanted, and counts for nothing beside what is told in the same message.
func TestHunchesOfWishes(t *testing.T) {
	r := reader(t)
	small := r.Intent("你好呀，路上真堵")
	require.Equal(t, Intent{Intent: "greeting", Hunch: true}, small)
	require.Equal(t, Intent{Intent: "greeting"}, r.Intent("你好呀"))
	require.Equal(t, Intent{Intent: "none"}, r.Intent("你好呀，欠3000"))
	require.Equal(t, Intent{Intent: "none"}, r.Intent("你好呀，我失业了"))
	require.Equal(t, small, r.Message("你好呀，路上真堵", today).Intent)
	require.Equal(t, "none", r.Message("hi, I owe 3000", today).Intent.Intent)
}
