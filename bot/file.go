package bot

import (
	"fmt"

	"respite/bot/diary"
	"respite/bot/picture"
	"respite/dialog"
)

// file makes a document of what an effect says is in it.
func (v voice) file(f *dialog.File) (*FileOut, error) {
	switch {
	case f.Chart != nil:
		return v.drawn(f.Name, *f.Chart)
	case f.Diary != nil:
		return v.dated(f.Name, *f.Diary)
	}
	return &FileOut{Kind: Document, Name: f.Name, Bytes: f.Bytes}, nil
}

// drawn draws a plan.
func (v voice) drawn(name string, c dialog.Chart) (*FileOut, error) {
	title, err := v.text(c.Title)
	if err != nil {
		return nil, err
	}
	p := picture.Chart{Title: title, Done: c.Done, Of: c.Of}
	for _, t := range c.Sub {
		line, err := v.text(t)
		if err != nil {
			return nil, err
		}
		p.Sub = append(p.Sub, line)
	}
	for _, r := range c.Rows {
		words := make([]string, 3)
		for i, t := range []dialog.Text{r.Left, r.Right, r.Status} {
			if words[i], err = v.text(t); err != nil {
				return nil, err
			}
		}
		p.Rows = append(p.Rows, picture.Row{Left: words[0], Right: words[1], Status: words[2], Mark: picture.Mark(r.Kind)})
	}
	data, err := picture.Draw(p)
	if err != nil {
		return nil, fmt.Errorf("draw the plan: %w", err)
	}
	return &FileOut{Kind: Photo, Name: name, Bytes: data}, nil
}

// dated writes a plan's dates for a calendar.
func (v voice) dated(name string, d dialog.Diary) (*FileOut, error) {
	c := diary.Calendar{Plan: d.Plan, Version: d.Version, Stamp: v.now}
	for _, e := range d.Entries {
		what, err := v.text(e.What)
		if err != nil {
			return nil, err
		}
		c.Entries = append(c.Entries, diary.Entry{Key: e.Key, On: e.On, What: what})
	}
	return &FileOut{Kind: Document, Name: name, Bytes: c.Bytes()}, nil
}
