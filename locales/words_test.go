package locales

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var load = sync.OnceValues(Load)

func loaded(t *testing.T) *Bundle {
	t.Helper()
	b, err := load()
	require.NoError(t, err)
	return b
}

// exempt are the formats, which are no sentences, and texts in two languages, for those who cannot read the present one.
var exempt = regexp.MustCompile(`^format\.|^language\.name\.|^button\.lang$|^command\.language$`)

// each runs fault on every form of every text, its placeholders replaced by sample, and fails with what it returned.
func each(t *testing.T, tag, sample string, fault func(key, words string) string) {
	t.Helper()
	var faults []string
	for key, text := range loaded(t).In(tag).texts {
		if exempt.MatchString(key) {
			continue
		}
		for _, p := range text {
			args := map[string]any{}
			for _, name := range text.names() {
				args[name] = sample
			}
			words, err := p.fill(args)
			require.NoError(t, err, key)
			if f := fault(key, words); f != "" {
				faults = append(faults, fmt.Sprintf("%s/%s: %s", tag, key, f))
			}
		}
	}
	slices.Sort(faults)
	assert.Empty(t, faults, "%s", strings.Join(faults, "\n"))
}

func TestEveryTextIsInEveryLanguage(t *testing.T) {
	require.NoError(t, loaded(t).Check())
}

func TestPluralFormsAreThoseOfTheLanguage(t *testing.T) {
	b := loaded(t)
	for _, tag := range b.Tags() {
		s := b.In(tag)
		used := map[string]bool{}
		for _, n := range []int{0, 1, 2, 3, 5, 11, 21, 100, 101, 1_000_000} {
			form, err := s.plural.form(n)
			require.NoError(t, err)
			used[form] = true
		}
		for key, text := range s.texts {
			for _, form := range text {
				require.True(t, used[form.name], "%s has no plural form %q, which text %q gives", tag, form.name, key)
			}
			if text.plural() {
				require.Len(t, text, len(used), "text %q in %q lacks a plural form", key, tag)
			}
		}
	}
}

func TestCountedThingsHavePluralForms(t *testing.T) {
	things := regexp.MustCompile(`^ [a-z]+s\b`)
	several := []string{"offers.line", "offers.line_waived"} // never said of one thing
	for key, text := range loaded(t).In(English).texts {
		p := text.in(other)
		for i := 1; i < len(p); i += 2 {
			if p[i] == count && things.MatchString(p[i+1]) && !slices.Contains(several, key) {
				require.True(t, text.plural(), "text %q counts%s without a plural form", key, things.FindString(p[i+1]))
			}
		}
	}
}

// columns counts a text's width as a phone shows it: a Chinese character or emoji takes two columns.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == '\ufe0f' || r == '\u200d':
		case unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300:
			n += 2
		default:
			n++
		}
	}
	return n
}

func TestTextsFitWhereTheyAreShown(t *testing.T) {
	units := func(s string) int { return len(utf16.Encode([]rune(s))) }
	limits := []struct {
		keys   *regexp.Regexp
		max    int
		length func(string) int
		why    string
	}{
		{regexp.MustCompile(`^button\.|^help\.q\.|^choice\.|^refusal_short\.`), 24, columns, "columns of a button on a narrow phone"},
		{regexp.MustCompile(`^toast\.`), 200, utf8.RuneCountInString, "characters of answerCallbackQuery"},
		{regexp.MustCompile(`^command\.`), 256, utf8.RuneCountInString, "characters of setMyCommands"},
		{regexp.MustCompile(`^about\.description$`), 512, utf8.RuneCountInString, "characters of setMyDescription"},
		{regexp.MustCompile(`^about\.short$`), 120, utf8.RuneCountInString, "characters of setMyShortDescription"},
		{regexp.MustCompile(``), 2000, units, "units: half a message, so that texts can be put together"},
	}
	for _, tag := range loaded(t).Tags() {
		each(t, tag, "12,345.67", func(key, words string) string {
			for _, l := range limits {
				if n := l.length(words); n > l.max && l.keys.MatchString(key) {
					return fmt.Sprintf("%d is more than %d %s: %q", n, l.max, l.why, words)
				}
			}
			return ""
		})
	}
}

func TestTextsAreWellSet(t *testing.T) {
	all := []string{English, Simplified, Traditional}
	chinese := all[1:]
	rules := []struct {
		tags []string
		bad  string // regular expression
		why  string
	}{
		{all, `  `, "doubled space"},
		{all, `[ \t](\n|$)|^\s`, "space at the edge of a line"},
		{all, `\n\n\n`, "two empty lines"},
		{all, `\t`, "tab"},
		{all, `[\p{L}\p{N}]/[a-z]+|/[a-z]+\p{Han}`, "Telegram makes no link of a command that touches a letter"},
		{all[:1], `[\p{Han}\x{3000}-\x{303f}\x{ff00}-\x{ff60}]`, "Chinese in English"},
		{all[:1], ` [,.;:!?](\s|$)`, "space before punctuation"},
		{all[:1], `[“”‘’]|\.\.\.`, "quotes are straight and the ellipsis is one character in English"},
		{chinese, `\p{Han}[,.!?:;()]|[,!?:;()]\p{Han}`, "half-width punctuation next to Chinese"},
		{chinese, `\p{Han} +[\p{L}\p{N}]|[\p{Han}\p{N}，。：；！？）] +\p{Han}`, "space next to Chinese"},
		{chinese, `["']`, "half-width quotes"},
		{chinese, `你`, "borrowers are addressed as 您"},
		{chinese, `。。|\.\.\.|(^|[^…])…([^…]|$)`, "the Chinese ellipsis is ……"},
		{all[1:2], `[「」『』]`, "quotes of the other script"},
		{all[2:], `[“”‘’]`, "quotes of the other script"},
		{all[2:], `信息|短信|默認|軟件|視頻|鏈接|屏幕|網絡|網路|賬`, "a word of one region only"},
	}
	commands := regexp.MustCompile(` ?/[a-z]+( [0-9A-Za-z:-]+)* ?`) // examples of what to type keep their spaces
	for _, r := range rules {
		bad := regexp.MustCompile(r.bad)
		for _, tag := range r.tags {
			each(t, tag, "7", func(_, words string) string {
				if !slices.Contains(r.tags, English) {
					words = commands.ReplaceAllString(words, "X")
				}
				return found(bad, words, r.why)
			})
		}
	}
}

// found returns why with the first match and what stands around it, or "" if there is none.
func found(bad *regexp.Regexp, words, why string) string {
	at := bad.FindStringIndex(words)
	if at == nil {
		return ""
	}
	from, to := max(0, at[0]-30), min(len(words), at[1]+30)
	return fmt.Sprintf("%s: %q in %q", why, words[at[0]:at[1]], strings.ToValidUTF8(words[from:to], ""))
}

// Collectors' words, and promises that nobody can keep: credit entries stay for five years after the default has ended
// (regulation on the credit reporting industry, Art. 16).
func TestTextsNeitherThreatenNorPromiseTooMuch(t *testing.T) {
	for tag, forbidden := range map[string]string{
		English: `(?i)blacklist|legal action|\bsue\b|lawsuit|\bjail|prison|arrest|immediately|or else|` +
			`(not|never|n't) (affect|touch|harm|show)[^.]* credit|credit repair|guarantee`,
		Simplified:  `黑名单|起诉|坐牢|拘留|老赖|立即还|马上还|立刻还|后果自负|不影响征信|不影响信用|不上征信|修复征信|征信修复|保证通过|包过`,
		Traditional: `黑名單|起訴|坐牢|拘留|老賴|立即還|馬上還|立刻還|後果自負|不影響徵信|不影響信用|不上徵信|修復徵信|徵信修復|保證通過|包過`,
	} {
		bad := regexp.MustCompile(forbidden)
		each(t, tag, "7", func(_, words string) string { return found(bad, words, "forbidden") })
	}
}
