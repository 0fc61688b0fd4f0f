package bot

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"respite/dialog"
)

// kept is a chat's record as the engine keeps it: the conversation, and the ids of the updates that were applied to it, so
// that one that is handed out again changes nothing. The record is one line of ids, then the conversation's JSON.
type kept struct {
	applied []int64 // the latest update ids, oldest first
	conv    dialog.Conversation
}

// mostApplied is how many update ids a record remembers. Telegram repeats an update within a day and hands out at most
// a hundred at a time for the whole bot; one chat never has this many on the way.
const mostApplied = 64

// farBelow is how much lower than those that are remembered the id of a late repetition may be. Ids rise by one within the bot, but after
// a quiet week Telegram goes on from a random one (core.telegram.org/bots/api#update): what is lower by more is new.
const farBelow = 100_000

// has says whether an update was applied already; id 0 never was. One that was overtaken by as many later updates of its chat as are
// remembered counts as applied: it came again after it was forgotten.
func (k *kept) has(id int64) bool {
	if id == 0 {
		return false
	}
	if slices.Contains(k.applied, id) {
		return true
	}
	if len(k.applied) < mostApplied {
		return false
	}
	below := slices.Min(k.applied) - id
	return below > 0 && below < farBelow
}

// with notes an update id as applied.
func (k *kept) with(id int64) []int64 {
	if id == 0 {
		return k.applied
	}
	ids := append(slices.Clip(k.applied), id)
	return ids[max(0, len(ids)-mostApplied):]
}

// encode writes the ids and the conversation.
func (k *kept) encode() ([]byte, error) {
	k.conv.Shape = dialog.Shape
	conv, err := dialog.Encode(k.conv)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(conv)+20+4*len(k.applied))
	return append(appendApplied(out, k.applied), conv...), nil
}

// encodeApplied writes the line of ids: the record of a conversation that has not begun.
func encodeApplied(applied []int64) []byte { return appendApplied(nil, applied) }

// appendApplied writes the first id in full and the others as differences, in base 36.
func appendApplied(out []byte, applied []int64) []byte {
	last := int64(0)
	for i, id := range applied {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, id-last, 36)
		last = id
	}
	return append(out, '\n')
}

// decodeKept reads what encode wrote; no data is a chat that has not begun.
func decodeKept(data []byte) (kept, error) {
	var k kept
	if len(data) == 0 {
		return k, nil
	}
	line, conv, ok := bytes.Cut(data, []byte{'\n'})
	if !ok {
		return k, fmt.Errorf("record has no line of update ids")
	}
	last := int64(0)
	for _, word := range bytes.Split(line, []byte{','}) {
		if len(word) == 0 {
			continue
		}
		d, err := strconv.ParseInt(string(word), 36, 64)
		if err != nil {
			return k, fmt.Errorf("record's update ids: %w", err)
		}
		last += d
		k.applied = append(k.applied, last)
	}
	var err error
	k.conv, err = dialog.Decode(conv)
	return k, err
}
