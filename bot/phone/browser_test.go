package phone_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
	tele "gopkg.in/telebot.v3"

	"respite/bot/phone"
	"respite/bot/phone/phonetest"
)

func last(person int64, text string) string {
	return fmt.Sprintf("[...document.querySelectorAll('[data-person=\"%d\"] .message')].at(-1)?.querySelector('.text')?.innerText === %q", person, text)
}

// scripted is a bot for the page: it greets, echoes, counts presses in place, and passes what is said to the agents.
func scripted(t *testing.T, f *fixture, desk int64) {
	t.Helper()
	b, err := tele.NewBot(tele.Settings{Token: f.Token(), URL: f.http.URL, Poller: &tele.LongPoller{Timeout: 10 * time.Second},
		OnError: func(err error, _ tele.Context) { t.Log(err) }})
	require.NoError(t, err)
	f.allowed("setMyDescription", fields{"description": "我帮您和放款方商量一个您还得起的办法。我是机器人，不收费，也不会问您要验证码、密码、身份证号或钱。", "language_code": "zh"})
	f.allowed("setMyDescription", fields{"description": "I help you to agree on a way to pay that you can afford. I am a bot, I am free, and I never ask for codes, passwords or money."})
	f.allowed("setMyName", fields{"name": "喘息", "language_code": "zh"})
	f.allowed("setMyCommands", fields{"language_code": "zh", "commands": []fields{{"command": "plan", "description": "我的还款计划"}, {"command": "human", "description": "转人工"}}})
	f.allowed("setMyCommands", fields{"commands": []fields{{"command": "plan", "description": "My plan"}, {"command": "human", "description": "Talk to a person"}}})
	words := func(c tele.Context, zh, en string) string {
		if c.Sender().LanguageCode == "en" {
			return en
		}
		return zh
	}
	var topic atomic.Int64
	markup := &tele.ReplyMarkup{}
	yes, no := markup.Data("✓", "yes"), markup.Data("✗", "no")
	b.Handle("/start", func(c tele.Context) error {
		return c.Send(words(c, "您好，我是<b>喘息</b>。欠了多少钱？打字或按按钮都可以，比如“两万五”。需要真人请发 /human 。", "Hello, I am <b>Respite</b>. How much is overdue? Type it or press a button. For a person, send /human ."), tele.ModeHTML)
	})
	b.Handle(tele.OnText, func(c tele.Context) error {
		if c.Chat().ID == desk {
			return nil
		}
		m := &tele.ReplyMarkup{}
		ok, change := m.Data(words(c, "对，没错", "Yes, that is right"), "yes"), m.Data(words(c, "改一下", "Change it"), "no")
		m.Inline(m.Row(ok, change))
		if topic.Load() == 0 {
			made, err := b.CreateTopic(&tele.Chat{ID: desk}, &tele.Topic{Name: "0001 · review"})
			if err != nil {
				return err
			}
			topic.Store(int64(made.ThreadID))
		}
		if _, err := b.Send(&tele.Chat{ID: desk}, "case 0001\n"+c.Text(), &tele.SendOptions{ThreadID: int(topic.Load()), ReplyMarkup: m}); err != nil {
			return err
		}
		return c.Send(words(c, "我理解为 ", "I read: ")+c.Text(), m)
	})
	b.Handle(&yes, func(c tele.Context) error {
		if err := c.Edit(c.Message().Text + " ✓"); err != nil {
			return err
		}
		return c.Respond(&tele.CallbackResponse{Text: words(c, "记下了", "Noted")})
	})
	b.Handle(&no, func(c tele.Context) error {
		return c.Respond(&tele.CallbackResponse{Text: words(c, "请把金额再打一遍。", "Please type the amount again."), ShowAlert: true})
	})
	stopped := make(chan struct{})
	go func() { defer close(stopped); b.Start() }()
	t.Cleanup(func() { f.Close(); b.Stop(); <-stopped })
}

// demo is a stand-in with its page, two agents and one borrower who has not started the bot.
func demo(t *testing.T) *fixture {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	var f *fixture
	f = newFixture(t, phone.Options{
		Zone:    zone,
		Advance: func(d time.Duration) { f.advance(d) },
		NextAlarm: func(context.Context) (time.Time, bool) {
			return f.now.Load().Truncate(24 * time.Hour).Add(26 * time.Hour), true
		},
	})
	f.Person(1, "王芳", "zh-hans")
	f.Person(ann, "Ann", "en")
	f.Person(bob, "Bob", "en")
	g := f.Group(deskID, "Agents", true)
	g.Promote(ann)
	g.Join(bob)
	scripted(t, f, deskID)
	return f
}

func TestThePage(t *testing.T) {
	f := demo(t)
	w := phonetest.Open(t, 1440, 900, "en")
	w.Do(chromedp.Navigate(f.http.URL))
	w.Sees(`document.querySelector('[data-person="1"] .welcome')?.innerText.includes("不收费")`)
	w.Shoot("start-1440")
	w.Click(`[data-person="1"] .start`)
	w.Sees(`document.querySelector('[data-person="1"] .theirs b')?.innerText === "喘息"`)

	w.Do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "两万五"+kb.Enter))
	w.Sees(last(1, "我理解为 两万五"))
	w.Sees(`document.querySelector('[data-person="1"] textarea').value === ""`)
	w.ClickText(`[data-person="1"] .key`, "改一下")
	w.Sees(`document.querySelector('[data-person="1"] [role=alertdialog]')?.innerText.includes("再打一遍")`)
	w.Shoot("alert-1440")
	w.Click(`[data-person="1"] .alert button`)
	w.ClickText(`[data-person="1"] .key`, "对，没错")
	w.Sees(last(1, "我理解为 两万五 ✓"))
	w.Sees(`[...document.querySelectorAll('[data-person="1"] .edited')].length === 1`)
	w.Sees(`document.querySelector('[data-person="1"] .toast')?.innerText === "记下了"`)

	w.Click(".chip.add")
	w.ClickText(".popup [role=menuitem]", "English")
	w.Sees(`document.querySelectorAll(".phone").length === 2`)
	w.Click(`[data-person="1001"] .start`)
	w.Sees(`document.querySelector('[data-person="1001"] .theirs b')?.innerText === "Respite"`)
	w.Do(chromedp.SendKeys(chromedp.CSS(`[data-person="1001"] textarea`), "3.5k"+kb.Enter))
	w.Sees(last(1001, "I read: 3.5k"))

	w.ClickText(".desk .topic-name", "0001 · review")
	w.Sees(`document.querySelector(".desk .main h2").innerText === "0001 · review"`)
	w.Do(chromedp.SendKeys(chromedp.CSS(`.desk textarea`), "I take this one"+kb.Enter))
	w.Sees(`[...document.querySelectorAll(".desk .mine .text")].at(-1)?.innerText === "I take this one"`)
	w.Sees(`document.querySelector(".clock-date").innerText === "Mon, Mar 2, 2026"`)
	w.Click(".desk .writer")
	w.ClickText(".popup .menu-label", "Bob")
	w.Sees(`document.querySelectorAll(".desk .mine").length === 0`)
	w.Do(chromedp.SendKeys(chromedp.CSS(`.desk textarea`), "Good, yours"+kb.Enter))
	w.Sees(`[...document.querySelectorAll(".desk .mine .text")].at(-1)?.innerText === "Good, yours"`)
	w.Shoot("talk-1440")
	w.Click(`[data-move="day"]`)
	w.Sees(`document.querySelector(".clock-date").innerText === "Tue, Mar 3, 2026"`)
	w.Sees(`document.querySelector('[data-move="alarm"]').innerText.includes("Mar 4")`)
	w.Click(`[data-move="alarm"]`)
	w.Sees(`document.querySelector(".clock-time").innerText === "10:00"`)

	w.Click(`#languages [lang="zh-Hant"]`)
	w.Sees(`document.querySelector(".desk .main h2").innerText === "0001 · review"`)
	w.Sees(`document.documentElement.lang === "zh-Hant" && document.querySelector(".notice").innerText.includes("記憶體")`)
	w.Dark()
	w.Shoot("hant-1440")
}

func TestThePageOnAPhone(t *testing.T) {
	f := demo(t)
	f.Person(2, "陳志明", "zh-hant")
	w := phonetest.Open(t, 390, 844, "zh-CN")
	w.Do(chromedp.Navigate(f.http.URL))
	w.Sees(`document.documentElement.lang === "zh-Hans"`)
	w.Shoot("start-390")
	w.Click(`[data-person="1"] .start`)
	w.Do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "欠了两万五，三个月没还上，公司把我裁了"+kb.Enter))
	w.Sees(last(1, "我理解为 欠了两万五，三个月没还上，公司把我裁了"))
	w.Shoot("talk-390")
	w.Sees(`document.documentElement.scrollWidth <= 390`)
	w.Click(`[data-person="1"] .menu-button`)
	w.Sees(`document.querySelector(".popup")?.innerText.includes("转人工")`)
	w.Shoot("menu-390")
	w.Do(chromedp.KeyEvent(kb.Escape))
	w.Sees(`document.querySelector(".popup") === null`)
	w.Click(`[data-who="desk"]`)
	w.Sees(`document.querySelector('[data-person="1"]').hidden && !document.querySelector(".desk").hidden`)
	w.Shoot("topics-390")
	w.ClickText(".desk .topic-name", "0001 · review")
	w.Shoot("desk-390")
	w.Click(`[data-who="2"]`)
	w.Sees(`document.querySelector('[data-person="2"]')?.lang === "zh-Hant"`)
	w.Click("[data-person='2'] .chat-head .icon-button")
	w.ClickText(".popup [role=menuitem]", "封鎖機器人")
	w.Sees(`document.querySelector('[data-person="2"] .hint')?.innerText.includes("已封鎖")`)
	w.Shoot("blocked-390")
}

func TestWhatAPhoneCanSend(t *testing.T) {
	f := demo(t)
	mei := f.Person(1, "", "")
	mei.Start()
	_, err := mei.WaitFor(t.Context(), "您好")
	require.NoError(t, err)
	w := phonetest.Open(t, 1440, 900, "en")
	w.Do(chromedp.Navigate(f.http.URL))
	give := func(label string) {
		t.Helper()
		w.Click(`[data-person="1"] [aria-label="附件"]`)
		w.ClickText(".popup .menu-label", label)
		w.Sees(`document.querySelector(".popup") === null`)
	}
	give("示例工资条")
	w.Sees(`document.querySelector('[data-person="1"] .mine img')?.naturalWidth === 480`)
	give("语音消息")
	w.Sees(`document.querySelector('[data-person="1"] .mine .voice') !== null`)
	give("贴纸")
	give("位置")
	give("联系人")
	w.Sees(`document.querySelectorAll('[data-person="1"] .mine .card').length === 2`)

	w.Do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "2000"+kb.Enter))
	w.Sees(last(1, "我理解为 2000"))
	menu := func(message, label string) {
		t.Helper()
		w.Do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`[...document.querySelectorAll('[data-person="1"] %s .dots')].at(-1).click()`, message)))
		w.ClickText(".popup .menu-label", label)
	}
	menu(".mine", "编辑")
	w.Sees(`document.querySelector('[data-person="1"] textarea').value === "2000"`)
	w.Do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "0"+kb.Enter))
	w.Sees(`[...document.querySelectorAll('[data-person="1"] .mine .text')].at(-1).innerText === "20000"`)
	menu(".theirs", "回复")
	w.Do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "<b>no</b>"+kb.Enter))
	w.Sees(`[...document.querySelectorAll('[data-person="1"] .mine .quote-text')].at(-1)?.innerText.startsWith("我理解为")`)
	w.Sees(last(1, "我理解为 <b>no</b>"))
	w.Shoot("media-1440")
	menu(".mine", "删除")
	w.Sees(`![...document.querySelectorAll('[data-person="1"] .mine .text')].some(x => x.innerText === "<b>no</b>")`)
	require.Contains(t, mei.Transcript(), "> 20000\n")

	w.ClickText(".desk .topic-name", "0001 · review")
	w.Click(".desk .main .chat-head [aria-label=Options]")
	w.ClickText(".popup .menu-label", "Close the topic")
	w.Sees(`document.querySelector(".desk .room .hint").innerText === "This topic is closed."`)
	w.Click(".desk .main .chat-head [aria-label=Options]")
	w.ClickText(".popup .menu-label", "Delete the topic")
	w.Sees(`document.querySelectorAll(".desk .topic").length === 1 && document.querySelector(".desk .main h2").innerText === "General"`)
	w.Shoot("deleted-1440")
}
