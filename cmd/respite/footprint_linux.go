package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// unmapProgram takes the pages of the program's code and constants out of the process. They stay in the page cache, and each comes back with
// its neighbours when it is next looked at. The start runs through nearly all of them, a bot at work needs less than two thirds again: the rest
// would count as its memory for as long as it runs.
func unmapProgram() error {
	self, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return err
	}
	smaps, err := os.Open("/proc/self/smaps")
	if err != nil {
		return err
	}
	defer func() { _ = smaps.Close() }()
	spans, err := untouched(smaps, self)
	if err != nil {
		return err
	}
	for _, s := range spans {
		if _, _, errno := syscall.Syscall(syscall.SYS_MADVISE, s.from, s.to-s.from, syscall.MADV_DONTNEED); errno != 0 {
			return fmt.Errorf("madvise %x-%x: %w", s.from, s.to, errno)
		}
	}
	return nil
}

// span is a range of addresses, without its end.
type span struct{ from, to uintptr }

// untouched reads a list of mappings as in proc_pid_smaps(5) and gives those of a file that may not be written and are as in the file. One with
// pages of its own, such as relocated constants or a debugger's breakpoints, would lose them.
func untouched(smaps io.Reader, file string) (spans []span, err error) {
	var at span
	candidate := false
	lines := bufio.NewScanner(smaps)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) < 2:
		case words[0] == "Anonymous:":
			if candidate && words[1] == "0" {
				spans = append(spans, at)
			}
		case !strings.HasSuffix(words[0], ":"): // the head of a mapping
			candidate = (words[1] == "r-xp" || words[1] == "r--p") && strings.HasSuffix(lines.Text(), " "+file)
			if at, err = parseSpan(words[0]); err != nil {
				return nil, err
			}
		}
	}
	return spans, lines.Err()
}

// parseSpan reads two hexadecimal addresses with a dash between them.
func parseSpan(s string) (span, error) {
	from, to, _ := strings.Cut(s, "-")
	a, err := strconv.ParseUint(from, 16, 64)
	if err != nil {
		return span{}, fmt.Errorf("mapping %q: %w", s, err)
	}
	b, err := strconv.ParseUint(to, 16, 64)
	if err != nil {
		return span{}, fmt.Errorf("mapping %q: %w", s, err)
	}
	return span{uintptr(a), uintptr(b)}, nil
}
