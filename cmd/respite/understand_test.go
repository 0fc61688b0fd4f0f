package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func runUnderstand(t *testing.T, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(t.Context(), append([]string{"understand"}, args...), nil, &console{strings.NewReader(stdin), &out, &errs})
	return status, out.String(), errs.String()
}

func TestUnderstandAnswersEachLine(t *testing.T) {
	status, stdout, stderr := runUnderstand(t, `{"kind":"amount","text":"两万五"}

{"kind":"lateness","text":"since Oct 3","today":"2026-11-22"}
`)
	require.Equal(t, exitOK, status, stderr)
	require.Equal(t, `{"status":"value","fen":2500000}
{"status":"value","days":50}
`, stdout)
}

func TestUnderstandNamesTheFaultyLine(t *testing.T) {
	status, stdout, stderr := runUnderstand(t, `{"kind":"amount","text":"8600"}`+"\n"+`{"kind":"lateness","text":"20天"}`)
	require.Equal(t, exitError, status)
	require.Equal(t, `{"status":"value","fen":860000}`+"\n", stdout)
	require.Contains(t, stderr, "line 2")
}

func TestUnderstandScoresAFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "own.jsonl")
	lines := `{"kind":"amount","text":"两万五","want":{"status":"value","fen":2500000}}
{"kind":"amount","text":"大概8600","want":{"status":"value","fen":860000}}`
	require.NoError(t, os.WriteFile(name, []byte(lines), 0o644))
	status, stdout, stderr := runUnderstand(t, "", "--score", name)
	require.Equal(t, exitOK, status, stderr)
	require.Contains(t, stdout, "大概8600\n    want ")
	require.Contains(t, stdout, "1 of 2 exact (50.0%), 0 wrong and given as certain (0.0%)")
}
