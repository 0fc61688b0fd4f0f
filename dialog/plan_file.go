package dialog

import (
	"fmt"

	"respite/policy/day"
	"respite/policy/ledger"
)

// Chart is a schedule as a picture shows it.
type Chart struct {
	Title    Text
	Sub      []Text // under the title: what is next, what is left
	Done, Of int64  // the bar
	Rows     []ChartRow
}

// ChartRow is an instalment of a chart.
type ChartRow struct {
	Status Text
	Kind   ledger.Status
	Left   Text // number and date
	Right  Text // amount
}

// Diary is a plan's due dates for a phone's calendar.
type Diary struct {
	Plan    int64 // names the plan: unix seconds at which it was agreed
	Version int   // grows with every change, so that a calendar takes the newest
	Entries []DiaryEntry
}

// DiaryEntry is one due date.
type DiaryEntry struct {
	Key  string // unique within the plan, and the same after a change
	On   day.Date
	What Text
}

// chart is the plan as a picture shows it: what is not done first if there is no room for all.
func (t *turn) chart(l ledger.Ledger) *Chart {
	const most = 24
	c := &Chart{Title: programme(t.c.Plan.Programme), Done: int64(l.Total - l.Open()), Of: int64(l.Total)}
	c.Sub = append(planHead(l), T("chart.left", "Left", l.Open()))
	lines := l.Lines
	for len(lines) > most && lines[0].Open() == 0 {
		lines = lines[1:]
	}
	for _, line := range lines[:min(len(lines), most)] {
		c.Rows = append(c.Rows, ChartRow{Status: T("status_word." + string(line.Status)), Kind: line.Status,
			Left: T("chart.line", "N", line.N, "Due", line.Due), Right: T("chart.amount", "Amount", line.Amount)})
	}
	return c
}

// sendDiary sends every due date that is still open as a file for the phone's calendar.
func (t *turn) sendDiary() {
	if t.c.Plan == nil {
		t.again(T("plan.none"))
		return
	}
	l := t.ledger()
	d := &Diary{Plan: t.c.Plan.Agreed, Version: len(t.c.Plan.Changes) + len(t.c.Plan.Payments)}
	for _, line := range l.Lines {
		if line.Open() > 0 {
			d.Entries = append(d.Entries, DiaryEntry{Key: fmt.Sprintf("%d-%d", line.N, line.Half), On: line.Due,
				What: T("diary.entry", "N", line.N, "Amount", line.Open())})
		}
	}
	if len(d.Entries) == 0 {
		t.again(T("plan.all_reported"))
		return
	}
	t.emit(Effect{Do: Send, File: &File{Name: "plan.ics", Diary: d}, Body: []Text{T("diary.sent")}})
}
