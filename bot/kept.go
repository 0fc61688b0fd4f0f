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

// has says whether an update was applied already; id 0 never was.
func (k *kept) has(id int64) bool { return id != 0 && slices.Contains(k.applied, id) }

// with notes an update id as applied.
func (k *kept) with(id int64) []int64 {
	if id == 0 {
		return k.applied
	}
	ids := append(slices.Clip(k.applied), id)
	return ids[max(0, len(ids)-mostApplied):]
}

// encode writes the ids, the first in full and the others as differences in base 36, and the conversation.
func (k *kept) encode() ([]byte, error) {
	conv, err := dialog.Encode(k.conv)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(conv)+4*len(k.applied)+12)
	last := int64(0)
	for i, id := range k.applied {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, id-last, 36)
		last = id
	}
	out = append(out, '\n')
	return append(out, conv...), nil
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
