package explain

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/day"
)

var today = day.Of(2026, 11, 23)

func small(t *testing.T) *policy.Book {
	t.Helper()
	b, err := policy.Load(os.DirFS("../testdata/small"), policy.Options{})
	require.NoError(t, err)
	return b
}

func told(t *testing.T, b *policy.Book, text string) policy.Facts {
	t.Helper()
	facts := policy.Facts{}
	for one := range strings.FieldsSeq(text) {
		id, value, _ := strings.Cut(one, "=")
		v, message := b.Parse(policy.FactID(id), value)
		require.Empty(t, message)
		facts[policy.FactID(id)] = v
	}
	return facts
}

func TestJSON(t *testing.T) {
	b := small(t)
	e := Explain(b, told(t, b, "owed=4000.5 days_late=10 hardship=illness product=card budget=skipped"), today, "en")
	out, err := json.MarshalIndent(e, "", " ")
	require.NoError(t, err)
	require.Equal(t, `{
 "book": "`+b.Hash()+`",
 "today": "2026-11-23",
 "facts": {
  "budget": "skipped",
  "days_late": 10,
  "hardship": [
   "illness"
  ],
  "owed": 4000.50,
  "product": "card"
 },
 "programmes": [
  {
   "id": "relief",
   "name": "Relief",
   "verdict": "undecided",
   "reasons": [
    {
     "id": "share",
     "verdict": "undecided",
     "text": "It depends on your limit",
     "if": "owed \u003c= percent(40, credit_limit)",
     "facts": {
      "owed": 4000.50
     },
     "needs": [
      "credit_limit"
     ],
     "source": "law",
     "sources": [
      "The law"
     ]
    },
    {
     "id": "early",
     "verdict": "eligible",
     "text": "Early enough",
     "if": "days_late \u003c= days(14)",
     "facts": {
      "days_late": 10
     },
     "needs": [],
     "source": "law, operator",
     "sources": [
      "The law",
      "Whoever runs this"
     ]
    }
   ],
   "needs": [
    "credit_limit"
   ],
   "offers": []
  }
 ],
 "next": "credit_limit"
}`, string(out))
}

func TestJSONOfAnOffer(t *testing.T) {
	b := small(t)
	e := Explain(b, told(t, b, "owed=4000 days_late=10 credit_limit=10000 income=1500 dependants=0"), today, "en")
	out, err := json.MarshalIndent(e.Programmes[0].Offers, "", " ")
	require.NoError(t, err)
	require.Equal(t, `[
 {
  "id": "relief.now",
  "method": "lump",
  "total": 4000.00,
  "waived": 0.00,
  "running": 0.00,
  "annual": 0.00,
  "if_nothing_is_paid": 4014.00,
  "last": "2026-11-30",
  "short": 4000.00,
  "needs_approval": true,
  "estimate": true,
  "exact_with": [],
  "payments": [
   {
    "n": 1,
    "due": "2026-11-30",
    "amount": 4000.00,
    "principal": 4000.00,
    "interest": 0.00,
    "fees": 0.00,
    "left": 0.00
   }
  ]
 }
]`, strings.ReplaceAll(string(out), "\t", " "))
	require.EqualValues(t, 50000, *e.Left)
}

func TestText(t *testing.T) {
	b, err := policy.Default()
	require.NoError(t, err)
	var out strings.Builder
	facts := told(t, b, "owed=12000 days_late=20 hardship=unpaid_wages monthly_payment=1000 credit_limit=skipped product=cash_loan late_before=often")
	require.NoError(t, Explain(b, facts, today, "en").Write(&out))
	text := out.String()
	for _, want := range []string{`
- settle-principal  ineligible
    Pay the principal at once
    The rules say no here; a person can look at it again if you like.
    ? share: It depends on your credit limit: the debt may be up to 40% of it
        owed <= percent(40, credit_limit)  (s3)
    - early: Days late: 20, more than the 14 that this takes
        days_late <= days(14)  (s3)
`, `
+ reduced-payments  eligible
    Lower payments first
    You have been late several times before, so a person works out with you what can last.
    + income-fell: Your income fell or comes late
        hardship.any(["unemployment", "income_drop", "unpaid_wages"])  (s4)
    = reduced-payments.half12: ¥12,000.00 by 2027-11-23; with nothing paid ¥15,285.00; needs approval
        2026-12-23       ¥500.00  3 times until 2027-02-23
        2027-03-23     ¥1,250.00  6 times until 2027-08-23
        2027-09-23     ¥1,000.00  3 times until 2027-11-23
`, `
? instalments-interest-waived  undecided, needs budget
`, `
s3: Article on settling by paying the principal at once
`, `
next question: budget
book ` + b.Hash() + ", as of 2026-11-23\n"} {
		require.Contains(t, "\n"+text, want)
	}
}

func TestTextSaysThatNothingFits(t *testing.T) {
	b, err := policy.Default()
	require.NoError(t, err)
	var out strings.Builder
	facts := told(t, b, "owed=60000 days_late=100 hardship=accident product=bank_card late_before=never income=1000 housing=900 food=900 travel=0 dependants=0 other_debts=0")
	require.NoError(t, Explain(b, facts, today, "zh-Hans").Write(&out))
	require.Contains(t, out.String(), "left over each month: -¥800.00\nno plan keeps within what is left over: a person has to look at it\nbook ")
	require.Contains(t, out.String(), "按您的收支，每月余下的不到欠款¥60,000.00的2%")
}

func TestYuan(t *testing.T) {
	for fen, want := range map[int64]string{0: "¥0.00", 5: "¥0.05", -5: "-¥0.05", 99_999: "¥999.99", 100_000: "¥1,000.00", 123_456_789: "¥1,234,567.89"} {
		require.Equal(t, want, figure(policy.Value{Kind: policy.Money, N: fen}))
	}
	require.Equal(t, "3", figure(policy.Value{Kind: policy.Count, N: 3}))
	require.Equal(t, "a, b", figure(policy.Value{Kind: policy.Set, Names: []string{"a", "b"}}))
}
