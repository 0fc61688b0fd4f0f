package phone_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

type update struct {
	ID      int64 `json:"update_id"`
	Message *struct {
		ID       int `json:"message_id"`
		Thread   int `json:"message_thread_id"`
		IsTopic  bool
		Text     string
		Entities []struct{ Type string }
		From     struct {
			Language string `json:"language_code"`
		}
		ReplyTo *struct {
			ID      int                    `json:"message_id"`
			Created *struct{ Name string } `json:"forum_topic_created"`
		} `json:"reply_to_message"`
		MigrateTo   int64  `json:"migrate_to_chat_id"`
		MigrateFrom int64  `json:"migrate_from_chat_id"`
		Album       string `json:"media_group_id"`
		Caption     string
		Photo       []struct {
			FileID string `json:"file_id"`
			Unique string `json:"file_unique_id"`
			Width  int
		}
		Document *struct {
			FileID string `json:"file_id"`
			Name   string `json:"file_name"`
			MIME   string `json:"mime_type"`
			Size   int    `json:"file_size"`
		}
		Voice    *struct{ Duration int }
		Sticker  *struct{ Emoji string }
		Contact  *struct{ UserID int64 }
		Location *struct{ Latitude float64 }
		Closed   *struct{}              `json:"forum_topic_closed"`
		Reopened *struct{}              `json:"forum_topic_reopened"`
		Created  *struct{ Name string } `json:"forum_topic_created"`
	}
	Edited *struct{ Text string } `json:"edited_message"`
	Query  *struct{ Data string } `json:"callback_query"`
	Mine   *membership            `json:"my_chat_member"`
	Theirs *membership            `json:"chat_member"`
}

type membership struct {
	Chat struct{ ID int64 }
	From struct{ ID int64 }
	Old  struct{ Status string } `json:"old_chat_member"`
	New  struct {
		Status       string
		ManageTopics bool `json:"can_manage_topics"`
	} `json:"new_chat_member"`
}

func (f *fixture) updates(p fields) []update {
	f.t.Helper()
	var list []update
	f.allowed("getUpdates", p).into(f.t, &list)
	return list
}

// drain takes all updates and confirms them.
func (f *fixture) drain() []update {
	f.t.Helper()
	list := f.updates(nil)
	if len(list) > 0 {
		require.Empty(f.t, f.updates(fields{"offset": list[len(list)-1].ID + 1}))
	}
	return list
}

func TestUpdatesWaitUntilTheyAreConfirmed(t *testing.T) {
	f := newFixture(t, phone.Options{})
	p := f.Person(11, "Mei", "zh-hans")
	p.Start()
	p.Say("one")
	p.Say("two")
	list := f.updates(fields{"limit": 2})
	require.Len(t, list, 2)
	require.Equal(t, "/start", list[0].Message.Text)
	require.Equal(t, "bot_command", list[0].Message.Entities[0].Type)
	require.Equal(t, "zh-hans", list[0].Message.From.Language)
	require.Equal(t, list[0].ID+1, list[1].ID)
	require.Len(t, f.updates(nil), 3, "nothing was confirmed")
	left := f.updates(fields{"offset": list[1].ID + 1})
	require.Len(t, left, 1)
	require.Equal(t, "two", left[0].Message.Text)
	p.Say("three")
	require.Equal(t, "three", f.updates(fields{"offset": -1})[0].Message.Text)
	require.Len(t, f.updates(nil), 1, "a negative offset forgets what is older")
}

func TestAllowedUpdatesAreRemembered(t *testing.T) {
	f := newFixture(t, phone.Options{})
	p := f.Person(11, "Mei", "zh-hans")
	f.updates(fields{"allowed_updates": []string{"message"}})
	id := p.Say("one")
	p.Edit(id, "uno")
	require.Len(t, f.drain(), 1, "absent, the list stays as it was")
	f.updates(fields{"allowed_updates": []string{}})
	p.Edit(id, "eins")
	list := f.drain()
	require.Len(t, list, 1)
	require.Equal(t, "eins", list[0].Edited.Text)
}

// poll starts a long poll.
func (f *fixture) poll() <-chan reply {
	f.t.Helper()
	done := make(chan reply, 1)
	go func() {
		r, err := f.try("getUpdates", fields{"timeout": 50})
		if err != nil {
			r.Description = err.Error()
		}
		done <- r
	}()
	return done
}

func TestALongPollEndsWithTheFirstUpdate(t *testing.T) {
	f := newFixture(t, phone.Options{})
	done := f.poll()
	require.NoError(t, f.Wait(t.Context(), f.Polling))
	f.Person(11, "Mei", "zh-hans").Say("hello")
	var list []update
	(<-done).into(t, &list)
	require.Len(t, list, 1)
}

func TestASecondPollerEndsTheFirst(t *testing.T) {
	f := newFixture(t, phone.Options{})
	first := f.poll()
	require.NoError(t, f.Wait(t.Context(), f.Polling))
	second := f.poll()
	r := <-first
	require.Equal(t, 409, r.Code)
	require.Equal(t, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", r.Description)
	f.Person(11, "Mei", "zh-hans").Say("hello")
	require.True(t, (<-second).OK)
	require.False(t, f.Polling())
}

func TestConfirmed(t *testing.T) {
	f := newFixture(t, phone.Options{})
	f.Person(11, "Mei", "zh-hans").Say("hello")
	done := make(chan error, 1)
	go func() { done <- f.Confirmed(t.Context()) }()
	f.drain()
	require.NoError(t, <-done)
}
