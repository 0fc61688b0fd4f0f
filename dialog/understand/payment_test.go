package understand

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/money"
)

func TestPayment(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]Amount{
		"I paid 300":                        {Status: Value, Fen: money.Yuan(300)},
		"paid 300 today":                    {Status: Value, Fen: money.Yuan(300)},
		"already paid 300 yuan":             {Status: Value, Fen: money.Yuan(300), Currency: "CNY"},
		"transferred 1,166.67":              {Status: Value, Fen: 116667},
		"I paid about 300":                  {Status: Confirm, Fen: money.Yuan(300), Why: "approximate"},
		"我还了300":                            {Status: Value, Fen: money.Yuan(300)},
		"还了300块":                            {Status: Value, Fen: money.Yuan(300), Currency: "CNY"},
		"我今天还了五百":                           {Status: Value, Fen: money.Yuan(500)},
		"只还了300":                            {Status: Value, Fen: money.Yuan(300)},
		"還了300":                             {Status: Value, Fen: money.Yuan(300)},
		"剛還了1200元":                          {Status: Value, Fen: money.Yuan(1200), Currency: "CNY"},
		"昨天还了300，今天还了500":                   {Status: Confirm, Fen: money.Yuan(500), Why: "several"},
		"I have paid":                       {Status: Unknown},
		"我还了":                               {Status: Unknown},
		"300":                               {Status: Unknown},
		"I can pay 300":                     {Status: Unknown},
		"I could not pay 300":               {Status: Unknown},
		"还有300没还":                           {Status: Unknown},
		"可以先还300吗":                          {Status: Unknown},
		"我欠8600":                            {Status: Unknown},
		"my salary is 5000 and rent is 900": {Status: Unknown},
	} {
		require.Equal(t, want, r.Text(text).Payment(), text)
	}
}

func TestMore(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]money.Fen{
		"if I pay 200 more a month":                   money.Yuan(200),
		"what happens if I paid an extra 50 a month?": money.Yuan(50),
		"每月多还200会怎样":                                  money.Yuan(200),
		"如果每個月多還兩百呢":                                  money.Yuan(200),
		"can I pay more each month":                   0,
		"每个月多还100还是200":                               0,
		"每月还500":                                      0,
		"I paid 300":                                  0,
	} {
		got, ok := r.Text(text).More()
		require.Equal(t, want > 0, ok, text)
		if ok {
			require.Equal(t, want, got, text)
		}
	}
}
