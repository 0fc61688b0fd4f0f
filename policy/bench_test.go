package policy

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
)

// threeFacts is what is known after the first three questions.
var threeFacts = Facts{
	Owed:     {Kind: Money, N: 400_000},
	DaysLate: {Kind: Count, N: 10},
	Hardship: {Kind: Set, Names: []string{"own_illness"}},
}

var monday = day.Of(2026, 11, 23)

// grown is a book of n programmes, copies of those shipped.
func grown(t testing.TB, n int) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	var names []string
	shipped, err := fs.Glob(Shipped(), "*.yaml")
	require.NoError(t, err)
	read := func(name string) []byte {
		text, err := fs.ReadFile(Shipped(), name)
		require.NoError(t, err)
		return text
	}
	for _, name := range shipped {
		if id, ok := strings.CutSuffix(name, testEnding); ok {
			names = append(names, id)
		}
	}
	for _, name := range []string{factsFile, settingsFile, productsFile, wordsFile} {
		files[name] = &fstest.MapFile{Data: read(name)}
	}
	for i := range n {
		id := names[i%len(names)]
		copied := fmt.Sprintf("p%d", i)
		files[copied+yamlEnding] = &fstest.MapFile{Data: read(id + yamlEnding)}
		tests := strings.ReplaceAll(string(read(id+testEnding)), "programme."+id, "programme."+copied)
		files[copied+testEnding] = &fstest.MapFile{Data: []byte(tests)}
	}
	return files
}

func BenchmarkAssess(b *testing.B) {
	book := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		book.Assess(threeFacts, monday)
	}
}

func BenchmarkJudge(b *testing.B) {
	book := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		book.Judge(threeFacts)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		shipped(b)
	}
}

// The cost for each programme stays the same from 10 programmes to 1,000.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		files := grown(b, n)
		b.Run(fmt.Sprintf("load/%d", n), func(b *testing.B) {
			for b.Loop() {
				_, err := Load(files, Options{})
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/programme")
		})
		book, err := Load(files, Options{})
		require.NoError(b, err)
		b.Run(fmt.Sprintf("judge/%d", n), func(b *testing.B) {
			for b.Loop() {
				book.Judge(threeFacts)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/programme")
		})
		b.Run(fmt.Sprintf("assess/%d", n), func(b *testing.B) {
			for b.Loop() {
				book.Assess(threeFacts, monday)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/programme")
		})
	}
}

// Allocations do not depend on how busy a machine is, so these bounds can stand in a test: 150 for an assessment with offers.
func TestAllocations(t *testing.T) {
	book := shipped(t)
	require.LessOrEqual(t, testing.AllocsPerRun(20, func() { book.Judge(threeFacts) }), 20.0)
	require.LessOrEqual(t, testing.AllocsPerRun(20, func() { book.Assess(threeFacts, monday) }), 150.0)
}
