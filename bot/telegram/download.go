package telegram

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// opDownload names the fetching of a file in failures.
const opDownload bot.Op = "download"

// Download fetches a file by its id, at most most bytes of it (0: the 20 MB that Telegram gives out). A larger one is refused
// without being fetched. The error is always a *bot.Failure.
func (c *Client) Download(ctx context.Context, id string, most int64) ([]byte, error) {
	if most <= 0 || most > maxFetch {
		most = maxFetch
	}
	var file telebot.File
	err := c.library(ctx, func(b *telebot.Bot) (err error) {
		file, err = b.FileByID(id)
		return err
	})
	if err != nil {
		return nil, err
	}
	if file.FileSize > most {
		return nil, refusedFile("%d bytes, at most %d are taken", file.FileSize, most)
	}
	if file.FilePath == "" || strings.HasPrefix(file.FilePath, "/") {
		return nil, refusedFile("the server keeps files on its own disk")
	}
	return c.fetchFile(ctx, file.FilePath, most)
}

func (c *Client) fetchFile(ctx context.Context, path string, most int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, uploadTimeout)
	defer cancel()
	address := c.api + "/file/bot" + c.token + "/" + (&url.URL{Path: path}).EscapedPath()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, refusedFile("no address can be made of its path")
	}
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return nil, c.cut(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, &bot.Failure{Kind: bot.Unavailable, Op: opDownload, Err: fmt.Errorf("status %d", resp.StatusCode)}
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err != nil {
		return nil, c.cut(err)
	}
	if int64(len(data)) > most {
		return nil, refusedFile("more than %d bytes", most)
	}
	return data, nil
}

// cut is the failure of a download that broke off: it can always be started again.
func (c *Client) cut(err error) error {
	return &bot.Failure{Kind: bot.Unavailable, Op: opDownload, Err: c.redact(err)}
}

func refusedFile(format string, args ...any) error {
	return &bot.Failure{Kind: bot.Refused, Op: opDownload, Err: fmt.Errorf("file: "+format, args...)}
}
