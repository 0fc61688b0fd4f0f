package main

import (
	"fmt"
	"slices"
	"strings"

	"respite/dialog"
	"respite/locales"
)

// inDanger reads the numbers to call in danger: those for everybody, and by language those that differ.
func (s *serving) inDanger() (dialog.Lines, map[string]dialog.Lines, error) {
	var all dialog.Lines
	differ := make(map[string]dialog.Lines)
	for _, setting := range []struct {
		name, value string
		of          func(*dialog.Lines) *string
	}{
		{"COMFORT_LINE", s.ComfortLine, func(l *dialog.Lines) *string { return &l.Comfort }},
		{"AMBULANCE_LINE", s.AmbulanceLine, func(l *dialog.Lines) *string { return &l.Ambulance }},
		{"POLICE_LINE", s.PoliceLine, func(l *dialog.Lines) *string { return &l.Police }},
	} {
		first, rest, _ := strings.Cut(setting.value, ",")
		if strings.Contains(first, "=") {
			return all, nil, usage{fmt.Errorf("%s %q must begin with the number for everybody", setting.name, setting.value)}
		}
		*setting.of(&all) = strings.TrimSpace(first)
		for other := range strings.SplitSeq(rest, ",") {
			tag, number, ok := strings.Cut(strings.TrimSpace(other), "=")
			if tag == "" && rest == "" {
				continue
			}
			if tag, number = strings.TrimSpace(tag), strings.TrimSpace(number); !ok || number == "" ||
				!slices.Contains(locales.Tags(), tag) {
				return all, nil, usage{fmt.Errorf("%s: %q is not of the form zh-Hant=1925, with one of %s", setting.name, other, strings.Join(locales.Tags(), ", "))}
			}
			l := differ[tag]
			*setting.of(&l) = number
			differ[tag] = l
		}
	}
	return all, differ, nil
}
