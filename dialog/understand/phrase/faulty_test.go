package phrase

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// What is wrong with a file is said with the file, the line and the pattern.
func TestFaultyFiles(t *testing.T) {
	const head = "topic: t\nsenses:\n  fine: 失业\n  bad: |\n    下岗\n    "
	for text, want := range map[string]string{
		head + "被 (裁":         `one.yaml:6: sense "bad": pattern "被 (裁": a ) is missing`,
		head + "被 裁)":         `one.yaml:6: sense "bad": pattern "被 裁)": a ) too many`,
		head + ".. 裁":         `one.yaml:6: sense "bad": pattern ".. 裁": begins with a gap`,
		head + "裁 ..":         `one.yaml:6: sense "bad": pattern "裁 ..": begins or ends with a gap, or is empty`,
		head + "^":            `one.yaml:6: sense "bad": pattern "^": begins or ends with a gap, or is empty`,
		head + "<firm> 裁":     `one.yaml:6: sense "bad": pattern "<firm> 裁": there are no words "firm"`,
		head + "(<firm>|厂) 裁": `one.yaml:6: sense "bad": pattern "(<firm>|厂) 裁": there are no words "firm"`,
		head + "<firm 裁":      `one.yaml:6: sense "bad": pattern "<firm 裁": no name and > after "<firm 裁"`,
		head + "裁 $ 员":        `one.yaml:6: sense "bad": pattern "裁 $ 员": "$ 员" is not understood`,
		head + "(|)":          `one.yaml:6: sense "bad": pattern "(|)": matches nothing at all`,
		head + "job(s|)":      `one.yaml:6: sense "bad": pattern "job(s|)": a word is put together out of parts at "(s|)"`,
		head + strings.Repeat("裁", longestPhrase+1): `one.yaml:6: sense "bad": pattern "裁裁裁裁裁裁裁裁裁裁裁裁裁裁裁裁裁": a phrase has more than 16 words`,
		head + "! | 裁": `one.yaml:6: sense "bad": pattern "!": a phrase has no words`,
		head + "(裁|\n      优化) .. (\n      员|工":                         `one.yaml:6: sense "bad": pattern "(裁| 优化) .. ( 员|工": a ) is missing`,
		"senses:\n  bad: 失业":                                            `one.yaml: senses without a topic`,
		"topic: t\nsense:\n  bad: 失业":                                   `one.yaml:3: sense "bad" is not known`,
		"topic: t\nwords:\n  number: 一":                                 `one.yaml: words "number" are in the language itself already`,
		"topic: t\nwords:\n  a: b | (c\nsenses:\n  bad: <a> x":          `words "a": one.yaml:3: "(c": a ) is missing`,
		"topic: t\nwords:\n  a: <b> c\n  b: <a>\nsenses:\n  bad: <a> x": `contain themselves`,
		"fillers: |\n  了\n  (真":                                         `fillers: one.yaml:3: "(真": a ) is missing`,
		"variants:\n  \"!\": 没":                                         `one.yaml:2: variant "!" is empty`,
		"topic: t\nsenses:\n  bad: [失业]":                                `one.yaml:3: "bad: [失业]" is not understood`,
		"topic: t\nsenses:\n  bad: 失业 # so":                             `one.yaml:3: "bad: 失业 # so" is not understood`,
		"topic: t\nsenses:\n  bad: 失业\n    下岗":                          `one.yaml:4: "下岗" is not understood`,
		"topic: t\nsenses:\n  bad: 失业: 下岗":                              `one.yaml:3: "bad: 失业: 下岗" is not understood`,
		"topic: t\nenough: 0\nsenses:\n  bad: 失业":                       `one.yaml:2: enough "0" is not a number above 0`,
		"  bad: 失业":                      `one.yaml:1: "bad: 失业" is not understood`,
		"topic: t\nsenses:\n  \"bad: 失业": `one.yaml:3: "\"bad: 失业" is not understood`,
		"variants:\n  冇: 没\n  冇 : 无\n":   `one.yaml:3: variants "冇" is there already`,
	} {
		_, err := compileFiles(text)
		require.ErrorContains(t, err, want, text)
	}
}

func TestFilesThatDoNotAgree(t *testing.T) {
	files := fstest.MapFS{
		"one.yaml":   {Data: []byte("words:\n  firm: 公司\nvariants:\n  冇: 没\n")},
		"two.yaml":   {Data: []byte("words:\n  firm: 厂里\n")},
		"three.yaml": {Data: []byte("variants:\n  冇: 无\n")},
	}
	plain := func(out []rune, s string) []rune { return append(out, []rune(s)...) }
	_, err := Compile(files, []string{"one.yaml", "two.yaml"}, plain)
	require.EqualError(t, err, `two.yaml: words "firm" are in one.yaml already`)
	_, err = Compile(files, []string{"one.yaml", "three.yaml"}, plain)
	require.EqualError(t, err, `three.yaml:2: variant "冇" is there already`)
	_, err = Compile(files, []string{"four.yaml"}, plain)
	require.ErrorContains(t, err, "four.yaml")
}
