package phone

import (
	"reflect"
	"strings"
)

// maxButtons is how many buttons a message may have.
const maxButtons = 100

// keyboard reads reply_markup. Only inline keyboards are kept: the others belong to the person's keyboard and are accepted
// and forgotten.
func readKeyboard(p params) ([][]wireButton, error) {
	var markup wireKeyboard
	if err := p.object("reply_markup", &markup); err != nil {
		return nil, err
	}
	var rows [][]wireButton
	n := 0
	for _, row := range markup.Rows {
		if len(row) == 0 {
			continue
		}
		for i, b := range row {
			switch {
			case strings.TrimSpace(b.Text) == "":
				return nil, badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
			case b.Data == "" && b.URL == "":
				return nil, badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
			case len(b.Data) > maxData:
				return nil, errButtonData
			}
			row[i].Text = strings.TrimSpace(b.Text)
			n++
		}
		rows = append(rows, row)
	}
	if n > maxButtons {
		return nil, badRequest("reply markup is too long")
	}
	return rows, nil
}

func sameKeyboard(a, b [][]wireButton) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

func (m *message) button(match func(wireButton) bool) (wireButton, bool) {
	for _, row := range m.keyboard {
		for _, b := range row {
			if match(b) {
				return b, true
			}
		}
	}
	return wireButton{}, false
}
