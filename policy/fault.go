package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// Fault is one thing that is wrong with a book.
type Fault struct {
	File         string
	Line, Column int    // from 1, the column in characters; Line 0: the whole file
	Message      string // lower case, no full stop
	Text         string // the line that it is on
}

// Error returns "file:line:column: message".
func (f Fault) Error() string {
	if f.Line == 0 {
		return f.File + ": " + f.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)
}

// Show returns the fault with the line that it is on and a caret under the place.
func (f Fault) Show() string {
	if f.Line == 0 {
		return f.Error() + "\n"
	}
	margin := fmt.Sprintf("%5d | ", f.Line)
	return f.Error() + "\n" + margin + f.Text + "\n" + strings.Repeat(" ", len(margin)-2) + "| " + blank(f.Text, f.Column-1) + "^\n"
}

// blank is white space as wide as the first n characters of a text are on a terminal.
func blank(text string, n int) string {
	var b strings.Builder
	for _, r := range text {
		if n <= 0 {
			break
		}
		n--
		switch k := width.LookupRune(r).Kind(); {
		case r == '\t':
			b.WriteByte('\t')
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			b.WriteString("  ")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// Faults is everything that is wrong with a book, by file and place.
type Faults struct {
	List []Fault
}

// Error returns a line for each fault.
func (f *Faults) Error() string {
	lines := make([]string, len(f.List))
	for i, one := range f.List {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Show returns each fault with its line and a caret.
func (f *Faults) Show() string {
	var b strings.Builder
	for _, one := range f.List {
		b.WriteString(one.Show())
	}
	return b.String()
}

// add notes a fault.
func (f *Faults) add(one Fault) { f.List = append(f.List, one) }

// sorted returns f as an error, its faults by place and each once, or nil if there are none.
func (f *Faults) sorted() error {
	if len(f.List) == 0 {
		return nil
	}
	slices.SortStableFunc(f.List, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	f.List = slices.Compact(f.List)
	return f
}
