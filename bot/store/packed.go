package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"respite/bot"
)

// A conversation is one STRING: a line of numbers, then the conversation's bytes, its link, and its outbox.
//
//	VERSION SEQ ALARM DUE OWNER LENGTH LINKLENGTH \n
//	...LENGTH bytes... ...LINKLENGTH bytes...
//	SEQ TRIED LENGTH \n ...LENGTH bytes...          for each entry of the outbox
//
// VERSION is a random number, a new one with each commit: it is never met twice, not even after a conversation was
// forgotten, and a commit that is repeated because its answer was lost knows itself by it. SEQ is the next entry's number, 0
// before the first; it starts at the clock, in microseconds. ALARM is in milliseconds of the bot's clock, 0 for none. OWNER
// holds the delivery lease until DUE, in milliseconds of Redis' clock; "-" is nobody, and then DUE is when the outbox is to be
// looked at. LENGTH is -1 for a conversation that was forgotten and has something to deliver yet.
//
// Everything is in one value because of what a conversation costs: with a record of 350 bytes, a link, an alarm, the keys and the
// indexes, 572 bytes each for 10,000 on Redis 7.0, and 655 for 200,000. A HASH with the record in a field takes 819 and 895, a
// HASH of short fields beside a STRING for the record 651 and 729. It also makes a step one read and one write.

var errPacked = errors.New("not a conversation as this version of respite writes it")

// firstLine is a conversation's line of numbers.
type firstLine struct {
	version, seq int64
	alarm, owner string
	due          int64
	length, link int64 // length is negative for a conversation that was forgotten
}

func parseLine(line []byte) (firstLine, error) {
	fields := bytes.Fields(line)
	if len(fields) != 7 {
		return firstLine{}, errPacked
	}
	h := firstLine{alarm: string(fields[2]), owner: string(fields[4])}
	var errs [5]error
	h.version, errs[0] = number(fields[0])
	h.seq, errs[1] = number(fields[1])
	h.due, errs[2] = number(fields[3])
	h.length, errs[3] = number(fields[5])
	h.link, errs[4] = number(fields[6])
	return h, errors.Join(errs[:]...)
}

// parseRecord reads a conversation. The answer's slices share raw's memory.
func parseRecord(raw []byte) (bot.Record, error) {
	head, rest, ok := bytes.Cut(raw, []byte{'\n'})
	if !ok {
		return bot.Record{}, errPacked
	}
	h, err := parseLine(head)
	if err != nil {
		return bot.Record{}, err
	}
	length, link := max(h.length, 0), h.link
	if link < 0 || length > int64(len(rest)) || link > int64(len(rest))-length {
		return bot.Record{}, errPacked
	}
	entries, err := parseEntries(rest[length+link:])
	if err != nil {
		return bot.Record{}, err
	}
	r := bot.Record{Outbox: entries}
	if h.length >= 0 {
		r.Version, r.Data = h.version, rest[:length:length]
	}
	if link > 0 {
		r.Link = rest[length : length+link : length+link]
	}
	return r, nil
}

// bytesOf is as many bytes as an outbox takes at most.
func bytesOf(entries []bot.Entry) int {
	size := 0
	for _, e := range entries {
		size += len(e.Data) + 32
	}
	return size
}

// appendEntries writes an outbox.
func appendEntries(b []byte, entries []bot.Entry) []byte {
	b = slices.Grow(b, bytesOf(entries))
	for _, e := range entries {
		b = strconv.AppendInt(b, e.Seq, 10)
		if e.Tried {
			b = append(b, " 1 "...)
		} else {
			b = append(b, " 0 "...)
		}
		b = append(strconv.AppendInt(b, int64(len(e.Data)), 10), '\n')
		b = append(b, e.Data...)
	}
	return b
}

// parseEntries reads an outbox. The answer's slices share raw's memory.
func parseEntries(raw []byte) ([]bot.Entry, error) {
	var entries []bot.Entry
	for len(raw) > 0 {
		head, rest, ok := bytes.Cut(raw, []byte{'\n'})
		fields := bytes.Fields(head)
		if !ok || len(fields) != 3 {
			return nil, errPacked
		}
		seq, err1 := number(fields[0])
		length, err2 := number(fields[2])
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		if length < 0 || length > int64(len(rest)) {
			return nil, errPacked
		}
		tried := fields[1][0] == '1'
		entries = append(entries, bot.Entry{Seq: seq, Data: rest[:length:length], Tried: tried})
		raw = rest[length:]
	}
	return entries, nil
}

func number(b []byte) (int64, error) {
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errPacked, err)
	}
	return n, nil
}
