package dialog

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/day"
)

// asking is a machine, and a conversation in which a question is put.
func asking(t *testing.T, id policy.FactID) (*Machine, Conversation) {
	t.Helper()
	m, c := answered(t, AskMore)
	m.Agents = true
	c.Asking, c.Details = id, 1
	switch id {
	case policy.Owed:
		c.State, c.Facts, c.Asked, c.Answers = AskOwed, nil, nil, nil
	case policy.DaysLate:
		c.State = AskLate
	case policy.Hardship:
		c.State = AskWhy
	}
	delete(c.Facts, id)
	return m, c
}

// hears steps with a typed text.
func hears(m *Machine, c Conversation, text string) (Conversation, []Effect) {
	return m.Step(c, Event{ID: 9, Kind: Typed, Message: 8, Text: text, At: day.Of(2026, 11, 23).In(time.UTC, 10, 0)})
}

// says says whether one of the effects says something under a key.
func says(effects []Effect, key string) bool {
	for _, e := range effects {
		for _, text := range e.Body {
			if text.Key == key {
				return true
			}
		}
	}
	return false
}

// Whatever is asked, a wish is heard, in each language.
func TestWishesAreHeardAmidEveryQuestion(t *testing.T) {
	wishes := map[string][]string{
		"human.coming":         {"我想跟真人说", "可唔可以轉真人", "can I talk to a person", "你们服务太差了", "你哋態度好差", "worst service ever"},
		"cancel.done":          {"不弄了，取消吧", "唔搞喇", "cancel this application"},
		"remind.off":           {"别再给我发提醒", "唔好再send提示", "stop the reminders", "别催了", "唔好再催", "stop texting me"},
		"language.ask":         {"换成英文", "轉繁體", "can we do Chinese"},
		"help.a.credit_record": {"会上征信吗", "會唔會影響信貸紀錄", "will it hurt my credit score?"},
		"greeting":             {"你好", "早晨", "hello"},
		"paid.no_plan":         {"这期的钱我已经转给你们了", "我尋日過咗數", "I already paid you"},
	}
	for _, id := range []policy.FactID{policy.Owed, policy.DaysLate, policy.Hardship, "late_before", "product", "income", "food", "dependants"} {
		m, c := asking(t, id)
		for key, texts := range wishes {
			for _, text := range texts {
				next, effects := hears(m, c, text)
				require.True(t, says(effects, key), "%s: %s", id, text)
				require.NotContains(t, next.Facts, id, "%s: %s", id, text)
			}
		}
	}
}

// An answer to the question at hand is one, though elsewhere its words would be a wish.
func TestAnswersThatSoundLikeWishes(t *testing.T) {
	money := func(yuan int64) Value { return Value{Kind: policy.Money, N: yuan * 100} }
	why := func(names ...string) Value { return Value{Kind: policy.Set, Names: names} }
	late := func(days int64) Value { return Value{Kind: policy.Count, N: days} }
	for id, answers := range map[policy.FactID]map[string]Value{
		policy.Owed: {"昨天还了600，还欠5900": money(5900), "欠三千六，沒錢還": money(3600), "paid half, 1,200 left": money(1200)},
		policy.DaysLate: {"10号就该还了": late(13), "5号扣款失败的": late(18), "忘了还，两周了": late(14), "due on Oct 20, forgot to pay": late(34),
			"上禮拜三該繳的": late(5)},
		policy.Hardship: {"忘还了": why(), "老板骗人工资不发": why("unpaid_wages"), "被裁了，这个年纪谁还要我": why("unemployment"),
			"公司把我岗位取消了": why("unemployment"), "新经理跟我谈话让我走人": why("unemployment"), "唔記得找數": why(),
			"my contract was cancelled": why("unemployment"), "got let go, who will hire me at 55": why("unemployment")},
		"other_debts": {"都还清了": money(0), "別的都繳清了": money(0), "all paid off": money(0)},
		"housing":     {"房贷还清了": money(0), "mortgage is paid off": money(0)},
	} {
		m, c := asking(t, id)
		for text, want := range answers {
			next, _ := hears(m, c, text)
			require.Equal(t, want, next.Facts[id], "%s: %s", id, text)
		}
	}
}

// A message that answers the question at hand and wants no more reminders does both, and the next question follows.
func TestAnswersThatWantNoReminders(t *testing.T) {
	money := func(yuan int64) Value { return Value{Kind: policy.Money, N: yuan * 100} }
	late := Value{Kind: policy.Count, N: 20}
	jobless := Value{Kind: policy.Set, Names: []string{"unemployment"}}
	for id, answers := range map[policy.FactID]map[string]Value{
		policy.Owed: {"三千，别催了": money(3000), "欠三千 别再发提醒了": money(3000), "三千蚊人仔，唔好再催": money(3000), "3000，不要再提醒我了": money(3000),
			"3000, stop reminding me": money(3000), "I owe 3,000, no more reminders please": money(3000)},
		policy.DaysLate: {"20天，别催了": late, "逾期二十天 别再提醒我": late, "逾期廿日，唔好再send提示": late, "20 days, stop texting me": late},
		policy.Hardship: {"失业了，别催了": jobless, "失業咗，唔好再催": jobless, "I lost my job, stop the reminders": jobless},
		"income":        {"四千，别催了": money(4000), "4000, stop the reminders": money(4000)},
	} {
		m, c := asking(t, id)
		for text, want := range answers {
			next, effects := hears(m, c, text)
			require.Equal(t, want, next.Facts[id], "%s: %s", id, text)
			require.True(t, next.Silent, "%s: %s", id, text)
			require.True(t, says(effects, "remind.off"), "%s: %s", id, text)
			require.NotEqual(t, id, next.Asking, "%s: %s", id, text)
			require.False(t, says(effects, "miss.first"), "%s: %s", id, text)
		}
	}
}

// So does one that gives a better figure than that which waits for a yes; one that gives none leaves it waiting.
func TestBetterFiguresThatWantNoReminders(t *testing.T) {
	m, c := asking(t, policy.Owed)
	waiting, _ := hears(m, c, "大概三千")
	require.Equal(t, Confirming, waiting.State)
	for _, text := range []string{"是3200，别催了", "3200, and stop reminding me"} {
		next, effects := hears(m, waiting, text)
		require.Equal(t, Value{Kind: policy.Money, N: 320000}, next.Facts[policy.Owed], text)
		require.True(t, next.Silent && says(effects, "remind.off"), text)
	}
	next, effects := hears(m, waiting, "别催了")
	require.True(t, next.Silent && says(effects, "remind.off"))
	require.Equal(t, Confirming, next.State)
	require.Empty(t, next.Facts[policy.Owed])
}

// A message that answers the question at hand and wants a person, or another language, does both. What comes next waits.
func TestAnswersThatWantSomethingElse(t *testing.T) {
	money := func(yuan int64) Value { return Value{Kind: policy.Money, N: yuan * 100} }
	late := Value{Kind: policy.Count, N: 20}
	jobless := Value{Kind: policy.Set, Names: []string{"unemployment"}}
	for id, wishes := range map[policy.FactID]map[string]map[string]Value{
		policy.Owed: {
			"human.coming": {"3000，转人工": money(3000), "三千蚊人仔，可唔可以轉真人": money(3000), "3000, can I talk to someone": money(3000)},
			"language.ask": {"3000, English please": money(3000), "三千，换成英文": money(3000), "三千，轉繁體": money(3000)},
		},
		policy.DaysLate: {
			"human.coming": {"20天，转人工": late, "逾期廿日，我想搵真人": late, "20 days, let me talk to a person": late},
			"language.ask": {"20天，换成英文": late, "20 days, can we do Chinese": late},
		},
		policy.Hardship: {"human.coming": {"失业了，转人工": jobless, "就是忘了，转人工": {Kind: policy.Set}, "I lost my job, can I talk to a person": jobless}},
		"income":        {"human.coming": {"四千，转人工": money(4000), "4000, can I talk to someone": money(4000)}},
	} {
		m, c := asking(t, id)
		for key, texts := range wishes {
			for text, want := range texts {
				next, effects := hears(m, c, text)
				require.Equal(t, want, next.Facts[id], "%s: %s", id, text)
				require.True(t, says(effects, key) && says(effects, "noted"), "%s: %s", id, text)
				require.NotEqual(t, c.Asking, next.Asking, "%s: %s", id, text)
			}
		}
	}
}

// After a person was wanted, the conversation goes on behind the answer that was given with that wish.
func TestAnswersAreNotAskedForAgainAfterAPerson(t *testing.T) {
	m, c := asking(t, policy.Owed)
	next, effects := hears(m, c, "3000, can I talk to someone")
	require.False(t, says(effects, "ask.days_late"))
	_, effects = m.Step(next, Event{ID: 10, Kind: Pressed, Message: 9, Press: ".bot.", At: day.Of(2026, 11, 23).In(time.UTC, 11, 0)})
	require.True(t, says(effects, "ask.days_late"))
}

// Who types an answer instead of pressing the language that was wanted has answered what comes next.
func TestAnswersAfterAnotherLanguageWasWanted(t *testing.T) {
	m, c := asking(t, policy.Owed)
	delete(c.Facts, policy.DaysLate)
	next, _ := hears(m, c, "3000, English please")
	next, _ = hears(m, next, "20 days")
	require.Equal(t, int64(20), next.Facts[policy.DaysLate].N)
	require.Equal(t, int64(3000_00), next.Facts[policy.Owed].N)
}

// Neither a doubtful answer nor a mere no is taken with a wish for a person.
func TestNoAnswersThatWantAPerson(t *testing.T) {
	for id, texts := range map[policy.FactID][]string{
		policy.Owed:     {"三千左右，转人工", "about 3000, can I talk to someone", "不是3000，转人工", "no, let me talk to a person"},
		policy.Hardship: {"没事，转人工", "no hardship, let me talk to a person"},
		"late_before":   {"no, let me talk to a person", "不，转人工"},
		"income":        {"no, let me talk to a person", "没有，转人工"},
		"dependants":    {"no, let me talk to a person", "let me talk to one person"},
	} {
		m, c := asking(t, id)
		for _, text := range texts {
			next, effects := hears(m, c, text)
			require.NotContains(t, next.Facts, id, "%s: %s", id, text)
			require.True(t, says(effects, "human.coming"), "%s: %s", id, text)
		}
	}
}

// What is answered in doubt is asked about, and what answers another question is kept, though reminders are turned off.
func TestDoubtfulAnswersThatWantNoReminders(t *testing.T) {
	m, c := asking(t, policy.Owed)
	next, effects := hears(m, c, "三千左右，别催了")
	require.True(t, next.Silent)
	require.Equal(t, Confirming, next.State)
	require.True(t, says(effects, "remind.off"))

	next, _ = hears(m, c, "逾期20天了，别催了")
	require.True(t, next.Silent)
	require.Equal(t, int64(20), next.Facts[policy.DaysLate].N)
	require.Equal(t, policy.Owed, next.Asking)
}
