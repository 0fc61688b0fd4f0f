package schedule

import "testing"

func BenchmarkSchedule(b *testing.B) {
	c := china(b)
	terms := Terms{Start: on(b, "2026-11-22"), Owed: Parts{5000000, 80000, 20000}, Method: EqualPayment, Count: 60, First: on(b, "2026-12-31"),
		PayDay: 31, Working: true}
	for _, x := range []struct{ name, rate string }{{"60 with interest", "0.1825"}, {"60 without", ""}} {
		terms.Rate = x.rate
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := terms.Schedule(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
