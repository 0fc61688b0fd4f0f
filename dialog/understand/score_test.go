package understand

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnswersAsJSON(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ query, want string }{
		{`{"kind":"amount","text":"欠8600元"}`, `{"status":"value","fen":860000,"currency":"CNY"}`},
		{`{"kind":"amount","text":"0"}`, `{"status":"confirm","fen":0,"why":"zero"}`},
		{`{"kind":"amount","text":"你好"}`, `{"status":"unknown"}`},
		{`{"kind":"lateness","text":"20天","today":"2026-11-22"}`, `{"status":"value","days":20}`},
		{`{"kind":"lateness","text":"明天到期","today":"2026-11-22"}`, `{"status":"value","days":0,"why":"not_late"}`},
	} {
		var q Query
		require.NoError(t, json.Unmarshal([]byte(c.query), &q))
		a, err := r.Answer(q)
		require.NoError(t, err)
		got, err := json.Marshal(a)
		require.NoError(t, err)
		require.JSONEq(t, c.want, string(got), c.query)
	}
	_, err := r.Answer(Query{Kind: "mood"})
	require.ErrorContains(t, err, `there is no kind "mood"`)
	_, err = r.Answer(Query{Kind: KindLateness, Text: "20天", Today: "yesterday"})
	require.ErrorContains(t, err, `"yesterday"`)
}

func TestScores(t *testing.T) {
	r := reader(t)
	own := `{"kind":"amount","text":"欠8600","want":{"status":"value","fen":860000}}
{"kind":"amount","text":"欠8600","want":{"status":"value","fen":1}}

{"kind":"amount","text":"大概8600","want":{"status":"value"}}
{"kind":"message","text":"欠8600","today":"2026-11-22","want":{"amount":{"fen":860000},"lateness":{"status":"unknown"}}}`
	s, err := r.Score("own.jsonl", strings.NewReader(own))
	require.NoError(t, err)
	require.Equal(t, 4, s.Cases)
	require.Equal(t, 2, s.Exact)
	require.Equal(t, 1, s.Certain)
	require.Equal(t, "欠8600", s.Misses[0].Text)

	for name, lines := range map[string]string{
		"money_zh.jsonl":    `{"text":"一份卖5块","span":"5块","expect":"5"}` + "\n" + `{"text":"3-4千元","expect":"3000","expect_max":"4000"}`,
		"number_en.jsonl":   `{"text":"twelve hundred","expect":"1200"}` + "\n" + `{"text":"a pair","expect":"2","exotic":true}`,
		"duration_zh.jsonl": `{"text":"三个月","expect":90,"approx":true}` + "\n" + `{"text":"两周","expect":14}`,
		"date_en.jsonl":     `{"text":"yesterday","expect":"2013-02-11","ref":"2013-02-12"}` + "\n" + `{"text":"x","expect":"2013-02-13","ref":"2013-02-12","future":true}`,
		"t2s.jsonl":         `{"text":"萬","expect":"万"}`,
	} {
		s, err := r.Score("some/"+name, strings.NewReader(lines))
		require.NoError(t, err, name)
		require.NotZero(t, s.Cases, name)
		require.Empty(t, s.Misses, name)
	}
	_, err = r.Score("mood.jsonl", strings.NewReader("\n"+`{"text":"x","expect":"1"}`))
	require.ErrorContains(t, err, "mood.jsonl:2")
	_, err = r.Score("money_zh.jsonl", strings.NewReader("{"))
	require.ErrorContains(t, err, "money_zh.jsonl:1")
}
