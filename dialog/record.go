package dialog

import (
	"encoding/json"
	"fmt"
)

// Shape is the version of the record's form. Who changes what a field means, or takes one away, raises it, writes an
// upgrade, and adds a golden record of the old form to testdata/records.
const Shape = 1

// upgrades bring a record from the shape of its index to the next one.
var upgrades = map[int]func(map[string]json.RawMessage) error{}

// Encode writes a conversation as it is kept.
func Encode(c Conversation) ([]byte, error) { return json.Marshal(c) }

// Decode reads a record of this shape or any older one. No record at all is a conversation that has not begun.
func Decode(data []byte) (Conversation, error) {
	var c Conversation
	if len(data) == 0 {
		return c, nil
	}
	if err := json.Unmarshal(data, &c); err == nil && c.Shape == Shape {
		return c, nil
	}
	return upgraded(data)
}

func upgraded(data []byte) (Conversation, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return Conversation{}, fmt.Errorf("conversation record: %w", err)
	}
	var shape int
	if err := json.Unmarshal(fields["V"], &shape); err != nil {
		return Conversation{}, fmt.Errorf("conversation record has no shape: %w", err)
	}
	if shape > Shape {
		return Conversation{}, fmt.Errorf("conversation record of shape %d was written by a newer version; this one knows %d", shape, Shape)
	}
	for ; shape < Shape; shape++ {
		up, ok := upgrades[shape]
		if !ok {
			return Conversation{}, fmt.Errorf("conversation record of shape %d has no upgrade", shape)
		}
		if err := up(fields); err != nil {
			return Conversation{}, fmt.Errorf("upgrade of conversation record from shape %d: %w", shape, err)
		}
	}
	whole, err := json.Marshal(fields)
	if err != nil {
		return Conversation{}, fmt.Errorf("conversation record: %w", err)
	}
	var c Conversation
	if err := json.Unmarshal(whole, &c); err != nil {
		return Conversation{}, fmt.Errorf("conversation record of shape %d: %w", shape, err)
	}
	c.Shape = Shape
	return c, nil
}
