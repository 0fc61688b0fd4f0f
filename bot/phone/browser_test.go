package phone_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
	tele "gopkg.in/telebot.v3"

	"respite/bot/phone"
)

// browser opens a window of a headless Chromium. Without one the test is skipped, or fails if RESPITE_REQUIRE is set.
// RESPITE_SHOTS names a folder for screenshots.
func browser(t *testing.T, width, height int64, lang string) *window {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("RESPITE_REQUIRE") != "" {
			t.Fatal("there is no Chromium on this machine, and RESPITE_REQUIRE wants one")
		}
		t.Skip("there is no Chromium on this machine (Debian: apt-get install chromium fonts-noto-cjk)")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(int(width), int(height)), chromedp.Flag("lang", lang), chromedp.Flag("accept-lang", lang),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	w := &window{t: t, ctx: ctx}
	w.do(chromedp.EmulateViewport(width, height))
	return w
}

type window struct {
	t   *testing.T
	ctx context.Context
}

func (w *window) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	require.NoError(w.t, chromedp.Do(w.ctx, actions...))
}

// patient waits in the page: chromedp's own way of waiting is refused by the page's content security policy.
const patient = `new Promise(done => {
	const until = performance.now() + 15000;
	(function look() {
		let ok = false;
		try { ok = Boolean(%s); } catch {}
		if (ok || performance.now() > until) done(ok); else requestAnimationFrame(look);
	})();
})`

// sees waits until a JavaScript expression holds; the page is shown if it never does.
func (w *window) sees(expression string) {
	w.t.Helper()
	ok, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](fmt.Sprintf(patient, expression), chromedp.EvalAwaitPromise))
	require.NoError(w.t, err)
	if !ok {
		text, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("document.body.innerText"))
		require.NoError(w.t, err)
		w.t.Fatalf("waited in vain for %s; the page shows:\n%s", expression, text)
	}
}

func (w *window) click(selector string) {
	w.t.Helper()
	w.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// clickText clicks the last button below a selector that bears this text.
func (w *window) clickText(under, text string) {
	w.t.Helper()
	find := fmt.Sprintf("[...document.querySelectorAll(%q)].filter(b => b.innerText.trim() === %q).at(-1)", under, text)
	w.sees(find + " !== undefined")
	w.do(chromedp.Evaluate[chromedp.Void](find + ".click()"))
}

func (w *window) dark() {
	w.t.Helper()
	_, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	require.NoError(w.t, err)
}

func (w *window) shoot(name string) {
	w.t.Helper()
	dir := os.Getenv("RESPITE_SHOTS")
	if dir == "" {
		return
	}
	w.sees("document.getAnimations().every(a => a.playState !== 'running' || a.animationName === 'wait')")
	png, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	require.NoError(w.t, err)
	require.NoError(w.t, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644))
}

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
	w := browser(t, 1440, 900, "en")
	w.do(chromedp.Navigate(f.http.URL))
	w.sees(`document.querySelector('[data-person="1"] .welcome')?.innerText.includes("不收费")`)
	w.shoot("start-1440")
	w.click(`[data-person="1"] .start`)
	w.sees(`document.querySelector('[data-person="1"] .theirs b')?.innerText === "喘息"`)

	w.do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "两万五"+kb.Enter))
	w.sees(last(1, "我理解为 两万五"))
	w.sees(`document.querySelector('[data-person="1"] textarea').value === ""`)
	w.clickText(`[data-person="1"] .key`, "改一下")
	w.sees(`document.querySelector('[data-person="1"] [role=alertdialog]')?.innerText.includes("再打一遍")`)
	w.shoot("alert-1440")
	w.click(`[data-person="1"] .alert button`)
	w.clickText(`[data-person="1"] .key`, "对，没错")
	w.sees(last(1, "我理解为 两万五 ✓"))
	w.sees(`[...document.querySelectorAll('[data-person="1"] .edited')].length === 1`)
	w.sees(`document.querySelector('[data-person="1"] .toast')?.innerText === "记下了"`)

	w.click(".chip.add")
	w.clickText(".popup [role=menuitem]", "English")
	w.sees(`document.querySelectorAll(".phone").length === 2`)
	w.click(`[data-person="1001"] .start`)
	w.sees(`document.querySelector('[data-person="1001"] .theirs b')?.innerText === "Respite"`)
	w.do(chromedp.SendKeys(chromedp.CSS(`[data-person="1001"] textarea`), "3.5k"+kb.Enter))
	w.sees(last(1001, "I read: 3.5k"))

	w.clickText(".desk .topic-name", "0001 · review")
	w.sees(`document.querySelector(".desk .main h2").innerText === "0001 · review"`)
	w.do(chromedp.SendKeys(chromedp.CSS(`.desk textarea`), "I take this one"+kb.Enter))
	w.sees(`[...document.querySelectorAll(".desk .mine .text")].at(-1)?.innerText === "I take this one"`)
	w.sees(`document.querySelector(".clock-date").innerText === "Mon, Mar 2, 2026"`)
	w.click(".desk .writer")
	w.clickText(".popup .menu-label", "Bob")
	w.sees(`document.querySelectorAll(".desk .mine").length === 0`)
	w.do(chromedp.SendKeys(chromedp.CSS(`.desk textarea`), "Good, yours"+kb.Enter))
	w.sees(`[...document.querySelectorAll(".desk .mine .text")].at(-1)?.innerText === "Good, yours"`)
	w.shoot("talk-1440")
	w.click(`[data-move="day"]`)
	w.sees(`document.querySelector(".clock-date").innerText === "Tue, Mar 3, 2026"`)
	w.sees(`document.querySelector('[data-move="alarm"]').innerText.includes("Mar 4")`)
	w.click(`[data-move="alarm"]`)
	w.sees(`document.querySelector(".clock-time").innerText === "10:00"`)

	w.click(`#languages [lang="zh-Hant"]`)
	w.sees(`document.querySelector(".desk .main h2").innerText === "0001 · review"`)
	w.sees(`document.documentElement.lang === "zh-Hant" && document.querySelector(".notice").innerText.includes("記憶體")`)
	w.dark()
	w.shoot("hant-1440")
}

func TestThePageOnAPhone(t *testing.T) {
	f := demo(t)
	f.Person(2, "陳志明", "zh-hant")
	w := browser(t, 390, 844, "zh-CN")
	w.do(chromedp.Navigate(f.http.URL))
	w.sees(`document.documentElement.lang === "zh-Hans"`)
	w.shoot("start-390")
	w.click(`[data-person="1"] .start`)
	w.do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "欠了两万五，三个月没还上，公司把我裁了"+kb.Enter))
	w.sees(last(1, "我理解为 欠了两万五，三个月没还上，公司把我裁了"))
	w.shoot("talk-390")
	w.sees(`document.documentElement.scrollWidth <= 390`)
	w.click(`[data-person="1"] .menu-button`)
	w.sees(`document.querySelector(".popup")?.innerText.includes("转人工")`)
	w.shoot("menu-390")
	w.do(chromedp.KeyEvent(kb.Escape))
	w.sees(`document.querySelector(".popup") === null`)
	w.click(`[data-who="desk"]`)
	w.sees(`document.querySelector('[data-person="1"]').hidden && !document.querySelector(".desk").hidden`)
	w.shoot("topics-390")
	w.clickText(".desk .topic-name", "0001 · review")
	w.shoot("desk-390")
	w.click(`[data-who="2"]`)
	w.sees(`document.querySelector('[data-person="2"]')?.lang === "zh-Hant"`)
	w.click("[data-person='2'] .chat-head .icon-button")
	w.clickText(".popup [role=menuitem]", "封鎖機器人")
	w.sees(`document.querySelector('[data-person="2"] .hint')?.innerText.includes("已封鎖")`)
	w.shoot("blocked-390")
}

func TestWhatAPhoneCanSend(t *testing.T) {
	f := demo(t)
	mei := f.Person(1, "", "")
	mei.Start()
	_, err := mei.WaitFor(t.Context(), "您好")
	require.NoError(t, err)
	w := browser(t, 1440, 900, "en")
	w.do(chromedp.Navigate(f.http.URL))
	give := func(label string) {
		t.Helper()
		w.click(`[data-person="1"] [aria-label="附件"]`)
		w.clickText(".popup .menu-label", label)
		w.sees(`document.querySelector(".popup") === null`)
	}
	give("示例工资条")
	w.sees(`document.querySelector('[data-person="1"] .mine img')?.naturalWidth === 480`)
	give("语音消息")
	w.sees(`document.querySelector('[data-person="1"] .mine .voice') !== null`)
	give("贴纸")
	give("位置")
	give("联系人")
	w.sees(`document.querySelectorAll('[data-person="1"] .mine .card').length === 2`)

	w.do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "2000"+kb.Enter))
	w.sees(last(1, "我理解为 2000"))
	menu := func(message, label string) {
		t.Helper()
		w.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`[...document.querySelectorAll('[data-person="1"] %s .dots')].at(-1).click()`, message)))
		w.clickText(".popup .menu-label", label)
	}
	menu(".mine", "编辑")
	w.sees(`document.querySelector('[data-person="1"] textarea').value === "2000"`)
	w.do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "0"+kb.Enter))
	w.sees(`[...document.querySelectorAll('[data-person="1"] .mine .text')].at(-1).innerText === "20000"`)
	menu(".theirs", "回复")
	w.do(chromedp.SendKeys(chromedp.CSS(`[data-person="1"] textarea`), "<b>no</b>"+kb.Enter))
	w.sees(`[...document.querySelectorAll('[data-person="1"] .mine .quote-text')].at(-1)?.innerText.startsWith("我理解为")`)
	w.sees(last(1, "我理解为 <b>no</b>"))
	w.shoot("media-1440")
	menu(".mine", "删除")
	w.sees(`![...document.querySelectorAll('[data-person="1"] .mine .text')].some(x => x.innerText === "<b>no</b>")`)
	require.Contains(t, mei.Transcript(), "> 20000\n")

	w.clickText(".desk .topic-name", "0001 · review")
	w.click(".desk .main .chat-head [aria-label=Options]")
	w.clickText(".popup .menu-label", "Close the topic")
	w.sees(`document.querySelector(".desk .room .hint").innerText === "This topic is closed."`)
	w.click(".desk .main .chat-head [aria-label=Options]")
	w.clickText(".popup .menu-label", "Delete the topic")
	w.sees(`document.querySelectorAll(".desk .topic").length === 1 && document.querySelector(".desk .main h2").innerText === "General"`)
	w.shoot("deleted-1440")
}
