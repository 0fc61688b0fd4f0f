package understand

import (
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What one question finds in a text, another finds unchanged, whichever is asked first.
func TestOneTextAnswersAnyQuestions(t *testing.T) {
	r := reader(t)
	questions := []func(*Text) any{
		func(t *Text) any { return t.Amount() },
		func(t *Text) any { return t.AmountOf(PartIncome) },
		func(t *Text) any { return t.Lateness(today) },
		func(t *Text) any { return t.Hardship() },
		func(t *Text) any { return t.Crisis() },
		func(t *Text) any { return t.Intent() },
		func(t *Text) any { return t.Message(today) },
		func(t *Text) any { return t.Proposal(today) },
		func(t *Text) any { return t.Payment() },
		func(t *Text) any { n, ok := t.Count(); return []any{n, ok} },
		func(t *Text) any { more, ok := t.More(); return []any{more, ok} },
		func(t *Text) any { return []any{t.YesNo(), t.Nothing(), t.Unsure(), t.Pick(3), t.Change(), t.Topic()} },
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{"message", "intent"} {
		data, err := os.ReadFile("corpus/" + name + ".jsonl")
		require.NoError(t, err)
		for text := range texts(t, string(data)) {
			if name == "intent" && random.IntN(8) > 0 {
				continue // a part is enough
			}
			once := r.Text(text)
			for _, at := range random.Perm(len(questions)) {
				require.Equal(t, questions[at](r.Text(text)), questions[at](once), "%q, question %d", text, at)
			}
		}
	}
}

// What a long message says is read wherever it says it, however many read at the same time.
func TestLongMessagesAtOnce(t *testing.T) {
	r := reader(t)
	filling := strings.Repeat("你们好，我想说说我的情况，", 150)
	want := Message{
		Amount: Amount{Status: Value, Fen: 8600_00}, Lateness: Lateness{Status: Value, Days: 20},
		Hardship: Hardship{Confirm, []string{unemployment}, "story"}, Crisis: Crisis{Crisis: true}, Intent: Intent{Intent: "human"},
	}
	var wg sync.WaitGroup
	for _, text := range []string{
		"欠8600，逾期20天。" + filling + "上个月失业了。转人工。" + filling + "我不想活了",
		"转人工。我不想活了。" + filling + "欠8600，逾期20天。上个月失业了。" + filling,
		"上个月失业了，" + filling + filling + "转人工，我不想活了。欠8600，逾期20天",
	} {
		for range 4 {
			wg.Go(func() { assert.Equal(t, want, r.Message(text, today), text[:30]) })
		}
	}
	wg.Wait()
}
