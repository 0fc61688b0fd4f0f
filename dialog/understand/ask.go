package understand

import (
	"respite/policy/day"
	"respite/policy/money"
)

// These ask one question of a text that is not asked another: what each answers is said at the method of Text of its name.

// Amount is Text.Amount.
func (r *Reader) Amount(text string) Amount { return r.Text(text).Amount() }

// AmountOf is Text.AmountOf.
func (r *Reader) AmountOf(part Part, text string) Amount { return r.Text(text).AmountOf(part) }

// Lateness is Text.Lateness.
func (r *Reader) Lateness(text string, today day.Date) Lateness { return r.Text(text).Lateness(today) }

// Hardship is Text.Hardship.
func (r *Reader) Hardship(text string) Hardship { return r.Text(text).Hardship() }

// Crisis is Text.Crisis.
func (r *Reader) Crisis(text string) Crisis { return r.Text(text).Crisis() }

// Intent is Text.Intent.
func (r *Reader) Intent(text string) Intent { return r.Text(text).Intent() }

// Message is Text.Message.
func (r *Reader) Message(text string, today day.Date) Message { return r.Text(text).Message(today) }

// Proposal is Text.Proposal.
func (r *Reader) Proposal(text string, today day.Date) Proposal { return r.Text(text).Proposal(today) }

// Payment is Text.Payment.
func (r *Reader) Payment(text string) Amount { return r.Text(text).Payment() }

// More is Text.More.
func (r *Reader) More(text string) (money.Fen, bool) { return r.Text(text).More() }

// Count is Text.Count.
func (r *Reader) Count(text string) (int, bool) { return r.Text(text).Count() }

// Choice is Text.Choice.
func (r *Reader) Choice(fact, text string) string { return r.Text(text).Choice(fact) }

// Nothing is Text.Nothing.
func (r *Reader) Nothing(text string) bool { return r.Text(text).Nothing() }

// Unsure is Text.Unsure.
func (r *Reader) Unsure(text string) bool { return r.Text(text).Unsure() }

// Pick is Text.Pick.
func (r *Reader) Pick(text string, n int) int { return r.Text(text).Pick(n) }

// Change is Text.Change.
func (r *Reader) Change(text string) string { return r.Text(text).Change() }

// YesNo is Text.YesNo.
func (r *Reader) YesNo(text string) YesNo { return r.Text(text).YesNo() }

// Topic is Text.Topic.
func (r *Reader) Topic(text string) string { return r.Text(text).Topic() }
