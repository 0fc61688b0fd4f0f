package phrase

import (
	"fmt"
	"strings"
)

// Entry is what a lexicon file says under one name: the rest of the line, or the lines of a block.
type Entry struct {
	Section, Name string // no name: the section itself has the value
	Value         string
	At            int // the number of the value's first line
}

// Outline takes a lexicon file apart. The files are YAML of the plainest kind, sections of names with plain values or with blocks
// (name: |), and most of their many lines are in blocks: taking only that kind apart costs a tenth of reading all of YAML. An error begins
// with the number of the line.
func Outline(text string) ([]Entry, error) {
	var out []Entry
	seen := make(map[[2]string]bool)
	section := ""
	for at := 1; text != ""; at++ {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		content := strings.TrimSpace(line)
		if content == "" || content[0] == '#' {
			continue
		}
		indent := indentOf(line)
		name, value, ok := assignment(content)
		if !ok || indent > 0 && section == "" {
			return nil, fmt.Errorf("%d: %q is not understood", at, content)
		}
		e := Entry{section, name, value, at}
		if indent == 0 {
			section, e.Section, e.Name = name, name, ""
		}
		if value == "|" {
			end := blockEnd(text, indent)
			e.Value, e.At = text[:end], at+1
			at += strings.Count(e.Value, "\n")
			text = text[end:]
		}
		if value == "" && indent == 0 {
			continue
		}
		if key := [2]string{e.Section, e.Name}; seen[key] {
			return nil, fmt.Errorf("%d: %s %q is there already", e.At, e.Section, e.Name)
		}
		seen[[2]string{e.Section, e.Name}] = true
		out = append(out, e)
	}
	return out, nil
}

// assignment splits "name: value"; false if it is anything else, or YAML of another kind.
func assignment(content string) (name, value string, ok bool) {
	if quoted, found := strings.CutPrefix(content, `"`); found {
		name, value, ok = strings.Cut(quoted, `":`)
		ok = ok && !strings.ContainsAny(name, `"\\`)
	} else if at := strings.Index(content+" ", ": "); at >= 0 {
		name, value, ok = strings.TrimSpace(content[:at]), content[at+1:], true
	}
	value = strings.TrimSpace(value)
	special := value != "" && value != "|" && strings.ContainsRune("\"'[]{}>|&*!%@`#,?", rune(value[0]))
	return name, value, ok && name != "" && !special && !strings.Contains(value, " #") && !strings.Contains(value+" ", ": ")
}

// blockEnd returns where the lines end that are further in than indent, blank ones among them.
func blockEnd(text string, indent int) int {
	end := 0
	for end < len(text) {
		line, _, _ := strings.Cut(text[end:], "\n")
		if strings.TrimSpace(line) != "" && indentOf(line) <= indent {
			break
		}
		end = min(len(text), end+len(line)+1)
	}
	return end
}

// indentOf returns how many blanks a line begins with.
func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
