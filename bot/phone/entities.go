package phone

import (
	"html"
	"strings"
)

// Entity is a part of a text with a format, as in the Bot API. Offset and Length are UTF-16 units.
type Entity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`
	Language string `json:"language,omitempty"`
}

// htmlTags are the tags of Telegram's HTML and the entities they make.
var htmlTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
	"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}

// formatted reads a text with its parse_mode and entities.
func formatted(p params, textName, entitiesName string) (string, []Entity, error) {
	text := p.text(textName)
	switch strings.ToLower(p.text("parse_mode")) {
	case "":
		var entities []Entity
		if err := p.object(entitiesName, &entities); err != nil {
			return "", nil, err
		}
		trimmed := strings.TrimRight(text, " \t\n\r")
		return trimmed, entities, nil
	case "html":
		text, entities, err := parseHTML(text)
		return strings.TrimRight(text, " \t\n\r"), entities, err
	}
	return "", nil, badRequest("unsupported parse_mode")
}

type openTag struct {
	name   string
	entity Entity
}

// parseHTML turns Telegram's HTML into text and entities. Offsets in its errors are bytes of the source.
func parseHTML(source string) (string, []Entity, error) {
	var out strings.Builder
	var entities []Entity
	var open []openTag
	length := 0
	for i := 0; i < len(source); {
		if source[i] != '<' {
			end := i + strings.IndexByte(source[i:]+"<", '<')
			text := html.UnescapeString(source[i:end])
			out.WriteString(text)
			length += units(text)
			i = end
			continue
		}
		end := strings.IndexByte(source[i:], '>')
		if end < 0 {
			return "", nil, badRequest("can't parse entities: Unclosed start tag at byte offset %d", i)
		}
		tag := source[i+1 : i+end]
		if !strings.HasPrefix(tag, "/") {
			t, ok := readTag(tag, length)
			if !ok {
				return "", nil, badRequest("can't parse entities: Unsupported start tag %q at byte offset %d", t.name, i)
			}
			open = append(open, t)
			i += end + 1
			continue
		}
		if len(open) == 0 {
			return "", nil, badRequest("can't parse entities: Unexpected end tag at byte offset %d", i)
		}
		last := open[len(open)-1]
		if name := strings.ToLower(strings.TrimSpace(tag[1:])); name != "" && name != last.name {
			return "", nil, badRequest("can't parse entities: Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", i, last.name, name)
		}
		open = open[:len(open)-1]
		if last.entity.Length = length - last.entity.Offset; last.entity.Length > 0 {
			entities = append(entities, last.entity)
		}
		i += end + 1
	}
	if len(open) > 0 {
		return "", nil, badRequest("can't parse entities: Can't find end tag corresponding to start tag %q", open[len(open)-1].name)
	}
	return out.String(), entities, nil
}

func readTag(tag string, offset int) (openTag, bool) {
	name, attributes, _ := strings.Cut(strings.TrimSpace(tag), " ")
	name = strings.ToLower(name)
	t := openTag{name: name, entity: Entity{Type: htmlTags[name], Offset: offset}}
	switch name {
	case "a":
		t.entity.URL = attribute(attributes, "href")
	case "span":
		return t, attribute(attributes, "class") == "tg-spoiler"
	case "code":
		t.entity.Language = strings.TrimPrefix(attribute(attributes, "class"), "language-")
	}
	return t, t.entity.Type != ""
}

func attribute(attributes, name string) string {
	_, rest, found := strings.Cut(attributes, name+"=")
	if !found || rest == "" {
		return ""
	}
	if quote := rest[0]; quote == '"' || quote == '\'' {
		value, _, _ := strings.Cut(rest[1:], string(quote))
		return html.UnescapeString(value)
	}
	value, _, _ := strings.Cut(rest, " ")
	return html.UnescapeString(value)
}
