package locales

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v4"
)

// One folder for each language, with message files of go-i18n's kind: key -> text, or key -> plural form -> text.
//
//go:embed words
var shipped embed.FS

// read makes a bundle of the folder of each language under root.
func read(files fs.FS, root string) (*Bundle, error) {
	b := &Bundle{speakers: map[string]*Speaker{}}
	var faults []error
	for _, tag := range b.Tags() {
		texts, err := readFolder(files, path.Join(root, tag))
		faults = append(faults, err)
		s, err := newSpeaker(tag, texts)
		faults = append(faults, err)
		b.speakers[tag] = s
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return b, nil
}

func readFolder(files fs.FS, folder string) (map[string]text, error) {
	names, err := fs.Glob(files, path.Join(folder, "*.yaml"))
	faults := []error{err}
	texts, home := map[string]text{}, map[string]string{}
	for _, name := range names {
		messages, err := readFile(files, name)
		faults = append(faults, err)
		for _, m := range messages {
			if other, twice := home[m.ID]; twice {
				faults = append(faults, fmt.Errorf("%s: key %q is also in %s", name, m.ID, other))
				continue
			}
			home[m.ID] = name
			texts[m.ID], err = compile(m)
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: key %q: %w", name, m.ID, err))
			}
		}
	}
	return texts, errors.Join(faults...)
}

func readFile(files fs.FS, name string) ([]*i18n.Message, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	messages, err := i18n.ParseMessageBytes(data, yaml.Unmarshal)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return messages, nil
}
