package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"respite/bot/phone/phonetest"
)

// office is the agents' group on the demo's page.
type office struct{ *phonetest.Window }

// finds waits until a message in the open topic holds a text.
func (o office) finds(part string) {
	o.Sees(fmt.Sprintf(`[...document.querySelectorAll(".desk .room .text")].some(m => m.innerText.includes(%q))`, part))
}

// lists waits until a topic of that name is listed.
func (o office) lists(name string) {
	o.Sees(fmt.Sprintf(`[...document.querySelectorAll(".desk .topic-name")].some(n => n.innerText === %q)`, name))
}

func (o office) opens(name string) { o.ClickText(".desk .topic-name", name) }

func (o office) presses(label string) { o.ClickText(".desk .key", label) }

func (o office) types(text string) {
	o.Do(chromedp.SendKeys(chromedp.CSS(".desk textarea"), text+kb.Enter))
}

// becomes goes on as another agent.
func (o office) becomes(name string) {
	o.Click(".desk .writer")
	o.ClickText(".popup .menu-label", name)
	o.Sees(fmt.Sprintf(`document.querySelector(".desk .writer").getAttribute("aria-label").includes(%q)`, name))
}

func (o office) option(label string) {
	o.Click(".desk .main .chat-head [aria-label=Options]")
	o.ClickText(".popup .menu-label", label)
}

// TestTheDemosDesk works as two agents on the page: claim, talk, a note, a topic that is deleted by hand, the bot thrown out and added
// again, the board, and the end with a rating.
func TestTheDemosDesk(t *testing.T) {
	page := playDemo(t)
	w := phonetest.Open(t, 1440, 900, "en")
	w.Do(chromedp.Navigate(page))
	lin, desk := onPage{w, 100001}, office{w}
	w.Click(lin.within(".start"))
	lin.types("转人工")
	lin.finds("请您同意")
	lin.presses("同意")
	lin.finds("会有人回复")
	desk.finds("等待1件")
	w.Shoot("board-1440")
	desk.opens("#1 · 等人接手")
	desk.presses("认领")
	desk.finds("客服小周已认领")
	desk.types("您好，我是小周，怎么帮您？")
	lin.finds("怎么帮您")
	lin.types("我上个月失业了，能不能晚点还？")
	desk.finds("能不能晚点还")
	desk.becomes("Agent Kim")
	desk.types("this stays here")
	w.Sees(`document.querySelector(".desk .room .reaction") !== null`)
	w.Shoot("case-1440")
	desk.becomes("客服小周")
	desk.option("Delete the topic")
	lin.types("话题被删了以后写的")
	desk.lists("#1 · 人工对话中")
	desk.opens("#1 · 人工对话中")
	desk.finds("话题被删了以后写的")
	desk.finds("能不能晚点还")
	w.Shoot("restored-1440")
	desk.option("Remove the bot")
	lin.types("机器人被移出以后写的")
	lin.types("/status")
	lin.finds("暂时联系不上工作人员")
	desk.option("Add the bot")
	w.Sees(`document.querySelector(".desk .main .status").hidden`) // it is a member again
	desk.option("Give the bot its rights")
	desk.presses("结束对话")
	lin.finds("您打几分")
	w.Shoot("rating-1440")
	lin.presses("★5")
	lin.finds("谢谢您")
	desk.opens("General")
	desk.types("/find 1")
	desk.finds("t.me/c/")
	desk.types("/help")
	desk.finds("/claim /release")
	w.Shoot("general-1440")
}

// TestTheDemosDeskOnAPhone looks at the same on a narrow screen.
func TestTheDemosDeskOnAPhone(t *testing.T) {
	page := playDemo(t)
	w := phonetest.Open(t, 390, 844, "zh-CN")
	w.Do(chromedp.Navigate(page))
	lin, desk := onPage{w, 100001}, office{w}
	w.Click(lin.within(".start"))
	lin.types("转人工")
	lin.finds("请您同意")
	lin.presses("同意")
	lin.finds("会有人回复")
	w.Shoot("asked-390")
	w.Click(`[data-who="desk"]`)
	desk.lists("#1 · 等人接手")
	w.Shoot("topics-390")
	desk.opens("#1 · 等人接手")
	desk.presses("认领")
	desk.finds("客服小周已认领")
	w.Shoot("case-390")
	w.Sees(`document.documentElement.scrollWidth <= 390`)
}
