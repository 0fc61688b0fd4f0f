package locales

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestMoney(t *testing.T) {
	b := bundle(t, nil)
	for _, c := range []struct {
		fen             int64
		zh, zhExact, en string
	}{
		{0, "0元", "0.00元", "¥0"},
		{5, "0.05元", "0.05元", "¥0.05"},
		{99900, "999元", "999.00元", "¥999"},
		{100010, "1,000.10元", "1,000.10元", "¥1,000.10"},
		{2500000, "25,000元", "25,000.00元", "¥25,000"},
		{123456789012, "1,234,567,890.12元", "1,234,567,890.12元", "¥1,234,567,890.12"},
		{-150, "-1.50元", "-1.50元", "-¥1.50"},
		{math.MinInt64, "-92,233,720,368,547,758.08元", "-92,233,720,368,547,758.08元", "-¥92,233,720,368,547,758.08"},
	} {
		require.Equal(t, c.zh, b.In(Simplified).Money(c.fen))
		require.Equal(t, c.zhExact, b.In(Traditional).MoneyExact(c.fen))
		require.Equal(t, c.en, b.In(English).Money(c.fen))
	}
}

func TestDates(t *testing.T) {
	b := bundle(t, nil)
	zone := time.FixedZone("east", 8*3600)
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, zone)
	monday := time.Date(2026, 11, 30, 9, 5, 0, 0, zone)
	newYear := time.Date(2027, 1, 1, 21, 0, 0, 0, zone)
	for _, c := range []struct{ tag, day, next, date, moment string }{
		{Simplified, "11月30日（周一）", "2027年1月1日（周五）", "2026年11月30日", "11月30日（周一）09:05"},
		{Traditional, "11月30日（週一）", "2027年1月1日（週五）", "2026年11月30日", "11月30日（週一）09:05"},
		{English, "Mon 30 Nov", "Fri 1 Jan 2027", "30 November 2026", "Mon 30 Nov, 09:05"},
	} {
		s := b.In(c.tag)
		require.Equal(t, c.day, s.Day(monday, now))
		require.Equal(t, c.next, s.Day(newYear, now))
		require.Equal(t, c.date, s.Date(monday))
		require.Equal(t, c.moment, s.Moment(monday, now))
	}
}

func TestList(t *testing.T) {
	b := bundle(t, nil)
	zh, en := b.In(Simplified), b.In(English)
	require.Empty(t, en.List(nil))
	require.Equal(t, "a", en.List([]string{"a"}))
	require.Equal(t, "a and b", en.List([]string{"a", "b"}))
	require.Equal(t, "a, b, c and d", en.List([]string{"a", "b", "c", "d"}))
	require.Equal(t, "甲、乙", zh.List([]string{"甲", "乙"}))
	require.Equal(t, "甲、乙、丙", zh.List([]string{"甲", "乙", "丙"}))
}
