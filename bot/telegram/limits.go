package telegram

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"respite/bot"
)

// Telegram's limits (core.telegram.org/bots/api and /bots/faq). Text is counted in UTF-16 code units: an emoji is two.
const (
	maxText    = 4096
	maxCaption = 1024
	maxToast   = 200
	maxTitle   = 128
	maxData    = 64 // bytes of UTF-8: a Chinese character is three. telebot does not check it
	maxButtons = 100
	maxPhoto   = 10 << 20
	maxUpload  = 50 << 20
	maxFetch   = 20 << 20
)

// check refuses what Telegram would refuse, before it costs a call. A fault here is a programming error: nothing is cut or split
// on the quiet. What it says never quotes the text.
func check(out bot.Outgoing) error {
	switch out.Op {
	case bot.OpSend, bot.OpEdit:
		if strings.TrimSpace(out.Text) == "" {
			return fmt.Errorf("the text is empty")
		}
		if err := atMost("text", units(out.Text), maxText); err != nil {
			return err
		}
	case bot.OpFile:
		if err := checkFile(out); err != nil {
			return err
		}
	case bot.OpToast:
		if err := atMost("toast", units(out.Text), maxToast); err != nil {
			return err
		}
	case bot.OpTopic, bot.OpRenameTopic:
		if strings.TrimSpace(out.Text) == "" {
			return fmt.Errorf("the title is empty")
		}
		if err := atMost("title", units(out.Text), maxTitle); err != nil {
			return err
		}
	}
	return checkButtons(out.Buttons)
}

func checkButtons(rows [][]bot.Button) error {
	n := 0
	for _, row := range rows {
		for _, b := range row {
			n++
			if strings.TrimSpace(b.Label) == "" {
				return fmt.Errorf("button %d has no label", n)
			}
			if len(b.Data) == 0 || len(b.Data) > maxData {
				return fmt.Errorf("button %d carries %d bytes, from 1 to %d are possible", n, len(b.Data), maxData)
			}
		}
	}
	return atMost("keyboard", n, maxButtons)
}

func checkFile(out bot.Outgoing) error {
	f := out.File
	if f == nil || f.ID == "" && len(f.Bytes) == 0 {
		return fmt.Errorf("there is no file to send")
	}
	shape, ok := shapes[f.Kind]
	if !ok {
		return fmt.Errorf("kind of file %q", f.Kind)
	}
	if shape.mute && out.Text != "" {
		return fmt.Errorf("a %s has no caption", f.Kind)
	}
	if err := atMost("file", len(f.Bytes), shape.upload); err != nil {
		return err
	}
	return atMost("caption", units(out.Text), maxCaption)
}

func atMost(what string, n, most int) error {
	if n > most {
		return fmt.Errorf("%s of size %d, at most %d is possible", what, n, most)
	}
	return nil
}

// units counts UTF-16 code units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff && r <= utf8.MaxRune {
			n++
		}
	}
	return n
}
