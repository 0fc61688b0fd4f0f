package understand

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestYesNo(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]YesNo{
		"是": Yes, "对的！": Yes, "對": Yes, "OK": Yes, "Yes, that is right": Yes, "嗯嗯": Yes, "好的，谢谢": Yes, "冇錯": Yes, "👍": Yes, "ＯＫ": Yes,
		"不是": No, "no": No, "Nope.": No, "不对，是4500": No, "唔係": No, "No thanks": No, "I don't agree": No,
		"": Unsure, "4500": Unsure, "也许吧": Unsure, "是不是要还利息": Unsure, "nothing special": Unsure, "yesterday": Unsure, "不知道": Unsure,
	} {
		require.Equal(t, want, r.Text(text).YesNo(), text)
	}
}

func TestTopic(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"会影响征信吗？": "credit_record", "這樣會影響徵信嗎": "credit_record", "Does this touch my credit record?": "credit_record",
		"要等多久啊": "how_long", "how long does it take": "how_long", "需要准备什么材料": "prepare", "找中介靠谱吗": "agencies", "are agencies worth it": "agencies",
		"被拒了还能再申请吗": "try_again", "你是机器人吗": "bot_or_human", "要收费吗": "cost", "利息还算吗": "interest_runs", "今天天气怎么样": "",
	} {
		require.Equal(t, want, r.Text(text).Topic(), text)
	}
}
