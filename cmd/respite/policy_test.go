package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy"
)

// called runs the command and returns its exit status and what it wrote.
func called(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(context.Background(), args, nil, &console{stdin: strings.NewReader(""), stdout: &out, stderr: &errs})
	return status, out.String(), errs.String()
}

// copied is a folder with the shipped book, in which a text of one file is replaced by another.
func copied(t *testing.T, file, old, replaced string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "book")
	require.NoError(t, os.CopyFS(dir, policy.Shipped()))
	if file == "" {
		return dir
	}
	path := filepath.Join(dir, file)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(text), old)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(text), old, replaced, 1)), 0o600))
	return dir
}

func TestPolicyLint(t *testing.T) {
	status, out, errs := called(t, "policy", "lint", copied(t, "", "", ""))
	require.Equal(t, exitOK, status, out+errs)
	require.Regexp(t, `^ok: 12 programmes, \d+ cases, book [0-9a-f]{16}\n$`, out)

	status, out, errs = called(t, "policy", "lint", copied(t, "settle-principal.yaml", "days_late <= days(14)", "owed <= days(14)"))
	require.Equal(t, exitError, status)
	require.Empty(t, errs)
	require.Equal(t, `settle-principal.yaml:8:26: cannot compare money with days
    8 |   - {id: early, if: owed <= days(14), source: s3}
      |                          ^
`, out)

	status, _, errs = called(t, "policy", "lint", filepath.Join(t.TempDir(), "nowhere"))
	require.Equal(t, exitUsage, status)
	require.Contains(t, errs, "nowhere")
}

func TestPolicyTest(t *testing.T) {
	status, out, _ := called(t, "policy", "test")
	require.Equal(t, exitOK, status, out)
	require.Contains(t, out, "ok    settle-principal             7 cases\n")
	require.NotContains(t, out, "both ways")

	status, out, _ = called(t, "policy", "test", "-v", copied(t, "settle-principal.yaml", "days_late <= days(14)", "days_late <= days(13)"))
	require.Equal(t, exitError, status)
	require.Contains(t, out, `--- FAIL: settle-principal: exactly 40 percent of the limit on day 14 is in (settle-principal_test.yaml:1)
    verdict is ineligible, not eligible
`)
	require.Contains(t, out, "--- PASS: settle-principal: day 15 is out, whatever the limit\n")
	require.Contains(t, out, "FAIL  settle-principal             2 of 7 cases failed\n")
}

// explained is what the JSON of explain is held to.
type explained struct {
	Programmes []struct {
		ID, Verdict     string
		Reasons, Offers []map[string]any
		Needs           []string
	}
	Next string
}

func explainJSON(t *testing.T, args ...string) explained {
	t.Helper()
	status, out, errs := called(t, append([]string{"policy", "explain", "--json", "--today", "2026-11-23"}, args...)...)
	require.Equal(t, exitOK, status, errs)
	var e explained
	require.NoError(t, json.Unmarshal([]byte(out), &e))
	require.Len(t, e.Programmes, 12)
	return e
}

func TestPolicyExplain(t *testing.T) {
	e := explainJSON(t, "--owed", "4000", "--days", "10", "--hardship", "own_illness", "--limit", "10000")
	settle := e.Programmes[0]
	require.Equal(t, "settle-principal", settle.ID)
	require.Equal(t, "eligible", settle.Verdict)
	require.Equal(t, []string{}, settle.Needs)
	require.Len(t, settle.Reasons, 2)
	require.InDelta(t, 4000, settle.Offers[0]["total"], 0)

	e = explainJSON(t, "--owed", "4000", "--days", "10", "--hardship", "own_illness")
	require.Equal(t, "undecided", e.Programmes[0].Verdict)
	require.Equal(t, []string{"credit_limit"}, e.Programmes[0].Needs)
	require.Equal(t, "credit_limit", e.Next)

	e = explainJSON(t, "--owed", "4000.01", "--days", "14", "--hardship", "own_illness", "--hardship", "accident", "--limit", "10000")
	require.Equal(t, "ineligible", e.Programmes[0].Verdict)

	e = explainJSON(t, "--hardship", "none", "--fact", "days_late=3", "--fact", "late_before=skipped")
	require.Equal(t, "ineligible", e.Programmes[2].Verdict, "hardship none is an answer")
}

func TestPolicyExplainInWords(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "¥4,000.00 is within 40% of your limit of ¥10,000.00", "zh-Hans": "欠款¥4,000.00，没有超过额度¥10,000.00的40%",
		"zh-Hant": "欠款¥4,000.00，沒有超過額度¥10,000.00的40%",
	} {
		status, out, errs := called(t, "policy", "explain", "--owed", "4000", "--days", "10", "--limit", "10000", "--lang", lang)
		require.Equal(t, exitOK, status, errs)
		require.Contains(t, out, want)
	}
}

func TestPolicyExplainRefuses(t *testing.T) {
	for flag, want := range map[string]string{
		"--owed=four":         `--owed: owed: "four" is not an amount in yuan such as 1234.50`,
		"--days=-1":           `--days: days_late: "-1" is outside the range that is declared, 0 to 3650`,
		"--hardship=flu":      `--hardship: hardship has no choice "flu"`,
		"--limit=0":           `--limit: credit_limit: "0" is outside the range that is declared`,
		"--fact=mortgage=3":   `--fact: "mortgage" is not a fact`,
		"--today=tomorrow":    `--today: date "tomorrow" is not of the form YYYY-MM-DD`,
		"--lang=fr":           `--lang "fr" is none of zh-Hans, zh-Hant, en`,
		"--colour=red":        "unknown flag --colour",
		"--fact=owed":         "owed",
		"--fact=budget=a lot": "--fact: budget is asked for by its members",
	} {
		status, out, errs := called(t, "policy", "explain", flag)
		require.Equal(t, exitUsage, status, flag)
		require.NotContains(t, out, "programme", flag)
		require.Contains(t, errs, want, flag)
	}
}
