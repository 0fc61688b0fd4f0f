package understand

import "respite/policy/day"

// These put one question to a text that is asked no other. What each answers is said at the method of Text of its name.

// Amount is Text.Amount.
func (r *Reader) Amount(text string) Amount { return r.Text(text).Amount() }

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
