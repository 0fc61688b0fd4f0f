package desk_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/desk"
	"respite/bot/phone"
	"respite/bot/store"
	"respite/bot/telegram"
)

const (
	group    = -1001000000001
	chat     = 77
	agent    = 900
	borrower = 77
)

// office is a desk in front of the stand-in.
type office struct {
	*desk.Desk
	group *phone.Group
	phone *phone.Server
	link  []byte
}

// members asks the stand-in.
type members struct{ *telegram.Client }

// Member says whether somebody is in a group, and an administrator there.
func (m members) Member(ctx context.Context, group, user int64) (inside, admin bool, err error) {
	is, err := m.Client.Member(ctx, group, user)
	return is.Inside, is.Admin, err
}

func newOffice(t *testing.T, id int64, topics bool) *office {
	t.Helper()
	standIn := phone.New(phone.Options{})
	server := httptest.NewServer(standIn)
	t.Cleanup(func() { standIn.Close(); server.Close() })
	client, err := telegram.New(telegram.Options{Token: phone.DefaultToken, URL: server.URL})
	require.NoError(t, err)
	kept, err := store.Open(t.Context(), "redis://"+miniredis.RunT(t).Addr(), store.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = kept.Close() })
	standIn.Person(agent, "Zhou", "zh-hans")
	standIn.Person(borrower, "Ann", "en").Start()
	g := standIn.Group(id, "agents", topics)
	g.Join(agent)
	g.Promote(agent)
	g.AddBot(agent)
	g.PromoteBot(agent, phone.AllRights)
	return &office{Desk: desk.New(desk.Options{Send: client, Index: kept.Desk(), Members: members{client}, Group: id, Log: zerolog.Nop()}), group: g, phone: standIn}
}

// deliver puts a parcel into the group and keeps the link as the store would.
func (o *office) deliver(t *testing.T, p bot.Parcel) bot.Filed {
	t.Helper()
	filed, err := o.Deliver(t.Context(), chat, o.link, []bot.Parcel{p})
	require.NoError(t, err)
	if filed.Link != nil {
		o.link = filed.Link
	}
	return filed
}

func card(text, title string) bot.Parcel {
	return bot.Parcel{Desk: bot.DeskCard, Title: title, Out: bot.Outgoing{Op: bot.OpSend, Text: text, Buttons: [][]bot.Button{{{Label: "Approve", Data: "approve."}}}}}
}

func tell(text string) bot.Parcel {
	return bot.Parcel{Desk: bot.DeskTell, Out: bot.Outgoing{Op: bot.OpSend, Text: text}}
}

// topic finds the case's topic.
func (o *office) topic(t *testing.T) phone.Topic {
	t.Helper()
	topics := o.group.Topics()
	require.NotEmpty(t, topics)
	return topics[len(topics)-1]
}

// texts are what the bot wrote into the case's topic.
func (o *office) texts(t *testing.T) (all []string) {
	for _, m := range o.group.Messages(o.topic(t).ID) {
		if m.Bot && m.Service == "" {
			all = append(all, m.Text)
		}
	}
	return all
}

func TestACaseGetsATopicWithACardThatIsChangedInPlace(t *testing.T) {
	o := newOffice(t, group, true)
	o.deliver(t, card("first", "open"))
	o.deliver(t, tell("the borrower wants a person"))
	o.deliver(t, card("second", "to decide"))
	o.deliver(t, card("second", "to decide"))
	require.Equal(t, "#1 · to decide", o.topic(t).Name)
	require.Equal(t, []string{"#1 · second", "the borrower wants a person"}, o.texts(t))

	found, ok, err := o.Borrower(t.Context(), bot.Update{Kind: bot.Typed, Thread: o.topic(t).ID})
	require.NoError(t, err)
	require.True(t, ok)
	require.EqualValues(t, chat, found)
	_, ok, err = o.Borrower(t.Context(), bot.Update{Kind: bot.Typed})
	require.NoError(t, err)
	require.False(t, ok, "the general topic belongs to no case")
}

func TestADeletedTopicIsMadeAgainAndAsksForItsCard(t *testing.T) {
	for name, remove := range map[string]func(*phone.Group, int){"noticed": (*phone.Group).DeleteTopic, "unnoticed": (*phone.Group).DeleteTopicUnnoticed} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, group, true)
			o.deliver(t, card("first", "open"))
			before := o.topic(t).ID
			remove(o.group, before)
			filed := o.deliver(t, tell("words that must not be lost"))
			require.True(t, filed.Bare, "the new topic has no card yet")
			require.NotEqual(t, before, o.topic(t).ID)
			require.Equal(t, []string{"words that must not be lost"}, o.texts(t))
			require.False(t, o.deliver(t, card("first", "open")).Bare)
			require.Equal(t, "#1 · open", o.topic(t).Name, "the case keeps its number")
		})
	}
}

func TestAClosedTopicIsOpenedAgain(t *testing.T) {
	o := newOffice(t, group, true)
	o.deliver(t, card("first", "open"))
	o.group.CloseTopic(o.topic(t).ID, agent)
	o.deliver(t, tell("more"))
	require.Equal(t, []string{"#1 · first", "more"}, o.texts(t))
}

func TestACardThatWasDeletedIsMadeAgain(t *testing.T) {
	o := newOffice(t, group, true)
	o.deliver(t, card("first", "open"))
	for _, m := range o.group.Messages(o.topic(t).ID) {
		if strings.Contains(m.Text, "first") {
			o.group.Delete(m.ID, agent)
		}
	}
	o.deliver(t, card("second", "open"))
	require.Equal(t, []string{"#1 · second"}, o.texts(t))
}

func TestAGroupWithoutTopicsGetsRepliesToTheCard(t *testing.T) {
	for name, make := range map[string]func(*testing.T) *office{
		"no forum": func(t *testing.T) *office { return newOffice(t, group, false) },
		"no right": func(t *testing.T) *office {
			o := newOffice(t, group, true)
			o.group.PromoteBot(agent, phone.Rights{})
			return o
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := make(t)
			o.deliver(t, card("first", "open"))
			o.deliver(t, tell("more"))
			messages := o.group.Messages(0)
			var kept []phone.Message
			for _, m := range messages {
				if m.Bot && m.Text != "" {
					kept = append(kept, m)
				}
			}
			require.Len(t, kept, 2)
			require.Equal(t, kept[0].ID, kept[1].ReplyTo)
			for _, m := range kept {
				found, ok, err := o.Borrower(t.Context(), bot.Update{Kind: bot.Typed, ReplyTo: m.ID})
				require.NoError(t, err)
				require.True(t, ok)
				require.EqualValues(t, chat, found)
			}
		})
	}
}

func TestAGroupThatBecomesASupergroupIsFollowed(t *testing.T) {
	o := newOffice(t, -4000, false)
	o.deliver(t, card("first", "open"))
	o.group.Upgrade(agent, group)
	o.deliver(t, tell("more"))
	require.EqualValues(t, group, o.Group())
	messages := o.group.Messages(0)
	require.Equal(t, "more", messages[len(messages)-1].Text)
}
