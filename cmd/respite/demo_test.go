package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"respite/bot/phone/phonetest"
	"respite/bot/store/redistest"
)

// playDemo runs the demo in this process and returns the address of its page.
func playDemo(t *testing.T) string {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	out, done := &safeBuffer{}, make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"demo", "--page", "127.0.0.1:0"}, nil, &console{strings.NewReader(""), out, out})
	}()
	t.Cleanup(func() {
		end()
		require.Equal(t, exitOK, <-done, out.String())
		require.Contains(t, out.String(), "everything in it is gone")
	})
	address := regexp.MustCompile(`http://[0-9.:]+`)
	require.NoError(t, redistest.Poll(time.Minute, func(context.Context) error {
		if !address.MatchString(out.String()) && len(done) == 0 {
			return fmt.Errorf("no address yet: %s", out.String())
		}
		return nil
	}))
	require.Regexp(t, address, out.String())
	return address.FindString(out.String())
}

// onPage is one phone on the demo's page.
type onPage struct {
	*phonetest.Window
	person int
}

func (p onPage) within(selector string) string {
	return fmt.Sprintf(`[data-person="%d"] %s`, p.person, selector)
}

// reads waits until the bot's newest message holds a text.
func (p onPage) reads(part string) {
	p.Sees(fmt.Sprintf(`[...document.querySelectorAll(%q)].at(-1)?.innerText.includes(%q)`, p.within(".theirs .text"), part))
}

// finds waits until one of the bot's messages holds a text.
func (p onPage) finds(part string) {
	p.Sees(fmt.Sprintf(`[...document.querySelectorAll(%q)].some(m => m.innerText.includes(%q))`, p.within(".theirs .text"), part))
}

func (p onPage) types(text string) {
	p.Do(chromedp.SendKeys(chromedp.CSS(p.within("textarea")), text+kb.Enter))
}

func (p onPage) presses(label string) { p.ClickText(p.within(".key"), label) }

// What the demo has no use for it does not take.
func TestTheDemoListensOnItsPageAlone(t *testing.T) {
	out := &safeBuffer{}
	require.Equal(t, exitUsage, run(t.Context(), []string{"demo", "--listen", "127.0.0.1:0"}, nil, &console{strings.NewReader(""), out, out}))
	require.Contains(t, out.String(), "unknown flag --listen")
}

// TestTheDemoFromStartToAReminder walks the whole path on the page, in English, with the agents and the clock.
func TestTheDemoFromStartToAReminder(t *testing.T) {
	page := playDemo(t)
	w := phonetest.Open(t, 1440, 1000, "en")
	w.Do(chromedp.Navigate(page))
	ann := onPage{w, 100002}
	w.Click(ann.within(".start"))
	ann.reads("may I keep your answers")
	ann.presses("I agree")
	ann.reads("How much is overdue")
	ann.types("about 8.6k")
	ann.reads("is that right")
	ann.presses("Yes")
	ann.reads("Since when")
	ann.types("3 weeks")
	ann.reads("What happened")
	ann.types("I was laid off and just found work again")
	ann.reads("may I keep them")
	ann.presses("No, thank you")
	ann.reads("What kind of debt is it")
	ann.presses("Cash loan")
	ann.reads("These ways are open")
	ann.types("I can pay 900 a month")
	ann.reads("In all")
	ann.presses("Choose this plan")
	ann.reads("Please read this")
	ann.presses("I have read this")
	ann.reads("Do you")
	ann.presses("Yes, I agree to it")
	w.ClickText(".desk .topic-name", "#1 · 待决定")
	w.ClickText(".desk .key", "通过")
	ann.finds("approved")
	w.Sees(`!document.querySelector('[data-move="alarm"]').disabled`)
	w.Click(`[data-move="alarm"]`)
	ann.finds("Your payment break ends soon")
	w.Shoot("demo")
}
