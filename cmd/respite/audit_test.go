package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/store"
	"respite/bot/trail"
)

func TestAudit(t *testing.T) {
	m := miniredis.RunT(t)
	url := "redis://" + m.Addr()
	s, err := store.Open(t.Context(), url, store.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	note := func(chat int64, entry []byte) {
		_, err := s.Commit(t.Context(), bot.Commit{Chat: chat, Owner: "a", Audit: entry})
		require.NoError(t, err)
	}
	other := int64(8)
	for store.Shard(other) != store.Shard(7) {
		other++
	}
	note(7, []byte(`{"at":1,"chat":7,"what":["consent given"]}`)) // as earlier versions wrote it
	note(other, (&trail.Entry{At: 2, Chat: other, Book: "f39d", What: []string{"assessed owed=m100", "<new>"}}).Pack())

	first := `{"at":1,"chat":7,"what":["consent given"]}` + "\n"
	second := fmt.Sprintf(`{"at":2,"chat":%d,"book":"f39d","what":["assessed owed=m100","<new>"]}`, other) + "\n"
	printed := func(status int, args ...string) (out, complaints string) {
		var stdout, stderr strings.Builder
		require.Equal(t, status, run(t.Context(), append([]string{"audit"}, args...), []string{"REDIS_URL=" + url}, &console{stdout: &stdout, stderr: &stderr}))
		return stdout.String(), stderr.String()
	}
	out, complaints := printed(exitOK)
	require.Equal(t, first+second, out)
	require.Empty(t, complaints)
	out, _ = printed(exitOK, "--chat", "7")
	require.Equal(t, first, out)

	note(9, []byte{9})
	out, complaints = printed(exitError)
	require.Equal(t, first+second, out)
	require.Equal(t, "respite: entries that cannot be read, because a later version of respite wrote them: 1\n", complaints)

	_, complaints = printed(exitUsage, "--redis-url", "nowhere")
	require.Contains(t, complaints, "REDIS_URL")
	m.SetError("ERR out of order")
	_, complaints = printed(exitError, "--chat", "7")
	require.Contains(t, complaints, "audit trail")
}
