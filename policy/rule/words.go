package rule

import (
	"fmt"
	"regexp"
	"strings"
)

// noOverload is how cel-go says that an operator does not take the types that it was given.
var noOverload = regexp.MustCompile(`^found no matching overload for '(.+)' applied to '(.+?)'$`)

// plain turns a message of cel-go into the words of this language.
func plain(message string) string {
	message = strings.TrimPrefix(message, "Syntax error: ")
	if strings.HasPrefix(message, "mismatched input '<EOF>'") {
		return "the expression ends too soon"
	}
	m := noOverload.FindStringSubmatch(message)
	if m == nil {
		return message
	}
	types := strings.Split(strings.Trim(m[2], "()"), ", ")
	for i, t := range types {
		types[i] = typeName(t)
	}
	op := strings.Trim(m[1], "_@")
	if len(types) == 2 && types[0] != types[1] && strings.Trim(op, "<>=!") == "" {
		return "cannot compare " + types[0] + " with " + types[1]
	}
	return op + " does not take " + strings.Join(types, " and ")
}

// typeName names a type of cel-go in the words of this language.
func typeName(t string) string {
	switch t {
	case "list(string)":
		return "a set of names"
	case "string":
		return "a text"
	case "int":
		return "a number without a unit"
	case "bool":
		return "a condition"
	}
	return t
}

// suggest adds the nearest of some names to a message, if one is near.
func suggest(name string, among []string) string {
	if best := Nearest(name, among); best != "" {
		return fmt.Sprintf(", did you mean %q?", best)
	}
	return ""
}

// Nearest returns the name that differs from the given one in at most two letters, or a third of them; empty if none does.
func Nearest(name string, among []string) string {
	best, least := "", max(2, len(name)/3)+1
	for _, a := range among {
		if d := distance(name, a); d < least {
			best, least = a, d
		}
	}
	return best
}

// distance is the number of letters to add, drop or change between two texts.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
