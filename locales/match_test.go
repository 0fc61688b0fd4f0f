package locales

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct{ want, tags string }{
		{Simplified, "zh zh-hans zh-Hans zh-CN zh-cn zh-SG zh_CN zh-Hans-HK zh-hans-beta cmn yue-CN"},
		{Traditional, "zh-hant zh-Hant zh-TW zh-tw zh-HK zh-hk zh-MO zh_TW zh-Hant-CN zh-hant-raw yue cmn-Hant"},
		{English, "en en-GB fr pt-br ja id-ID x not-a-language!"},
	} {
		for tag := range strings.FieldsSeq(c.tags) {
			require.Equal(t, c.want, Match(tag), tag)
		}
	}
	require.Equal(t, Simplified, Match(""))
}

func TestEveryLanguageIsNamedInEveryOther(t *testing.T) {
	b, err := Load()
	require.NoError(t, err)
	for _, tag := range Tags() {
		for _, other := range Tags() {
			require.True(t, b.In(other).Has("language.name."+tag), "%s in %s", tag, other)
		}
	}
}
