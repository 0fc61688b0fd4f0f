// Package phonetest drives the stand-in's page in a headless Chromium, for tests.
package phonetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Open opens a window of a headless Chromium. Without one the test is skipped, or fails if RESPITE_REQUIRE is set.
// RESPITE_SHOTS names a folder for screenshots.
func Open(t *testing.T, width, height int64, lang string) *Window {
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
	w := &Window{t: t, ctx: ctx}
	w.Do(chromedp.EmulateViewport(width, height))
	return w
}

// Window is a page in a browser. Its methods fail the test that opened it.
type Window struct {
	t   *testing.T
	ctx context.Context
}

// Do carries out actions of chromedp.
func (w *Window) Do(actions ...chromedp.Action[chromedp.Void]) {
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

// Sees waits until a JavaScript expression holds; the page is shown if it never does.
func (w *Window) Sees(expression string) {
	w.t.Helper()
	ok, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](fmt.Sprintf(patient, expression), chromedp.EvalAwaitPromise))
	require.NoError(w.t, err)
	if !ok {
		text, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("document.body.innerText"))
		require.NoError(w.t, err)
		w.t.Fatalf("waited in vain for %s; the page shows:\n%s", expression, text)
	}
}

// Click clicks what a CSS selector finds, once it is visible.
func (w *Window) Click(selector string) {
	w.t.Helper()
	w.Do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// ClickText clicks the last button below a selector that bears this text.
func (w *Window) ClickText(under, text string) {
	w.t.Helper()
	find := fmt.Sprintf("[...document.querySelectorAll(%q)].filter(b => b.innerText.trim() === %q).at(-1)", under, text)
	w.Sees(find + " !== undefined")
	w.Do(chromedp.Evaluate[chromedp.Void](find + ".click()"))
}

// Dark switches to the dark colours.
func (w *Window) Dark() {
	w.t.Helper()
	_, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	require.NoError(w.t, err)
}

// Shoot writes a screenshot into the folder that RESPITE_SHOTS names, if it does.
func (w *Window) Shoot(name string) {
	w.t.Helper()
	dir := os.Getenv("RESPITE_SHOTS")
	if dir == "" {
		return
	}
	w.Sees("document.getAnimations().every(a => a.playState !== 'running' || a.animationName === 'wait')")
	png, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	require.NoError(w.t, err)
	require.NoError(w.t, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644))
}
