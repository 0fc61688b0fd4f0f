package understand

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCount(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]int{"3": 3, "三个人": 3, "two": 2, "我和老婆还有两个孩子，一共4": -1, "兩個": 2, "0": 0, "12个月": 12, "about 5 people": 5,
		"": -1, "没有": -1, "2.5": -1, "none": -1, "99999999999": -1} {
		got, ok := r.Text(text).Count()
		require.Equal(t, want >= 0, ok, text)
		if ok {
			require.Equal(t, want, got, text)
		}
	}
}
