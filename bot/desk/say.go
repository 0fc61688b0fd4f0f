package desk

import (
	"strings"
	"time"

	"respite/locales"
)

// speaker speaks the language of the group.
func (d *Desk) speaker() *locales.Speaker { return d.Words().In(d.Language) }

// say says a text of the locales; its key if there is none, which a test of the locales rules out.
func (d *Desk) say(key string, args map[string]any) string {
	if d.Words == nil {
		return key
	}
	words, err := d.speaker().Say(key, args)
	if err != nil {
		d.log.Error().Err(err).Msg("a text is missing")
		return key
	}
	return strings.TrimSpace(words)
}

// moment writes a time; unix seconds.
func (d *Desk) moment(unix int64) string {
	return d.speaker().Moment(time.Unix(unix, 0).In(d.Zone), d.Clock().In(d.Zone))
}
