package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"respite/dialog/understand"
)

type understandCmd struct {
	Score []string `help:"Score the readings of corpus files of JSON lines: the share that is exact, and every miss." sep:"none" placeholder:"FILE"`
}

// Run answers the JSON lines of standard input, or scores corpus files.
func (u *understandCmd) Run(c *console) error {
	reader, err := understand.New()
	if err != nil {
		return err
	}
	if len(u.Score) == 0 {
		return answer(c, reader)
	}
	for _, name := range u.Score {
		if err := score(c, reader, name); err != nil {
			return err
		}
	}
	return nil
}

// answer prints a JSON line for each line that it reads.
func answer(c *console, reader *understand.Reader) error {
	lines := bufio.NewScanner(c.stdin)
	lines.Buffer(nil, 1<<20)
	out := bufio.NewWriter(c.stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var q understand.Query
		err := json.Unmarshal(lines.Bytes(), &q)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		a, err := reader.Answer(q)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if err := encoder.Encode(a); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	return lines.Err()
}

// score prints how well the lines of a file are read.
func score(c *console, reader *understand.Reader, name string) (err error) {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	s, err := reader.Score(name, file)
	if err != nil {
		return err
	}
	for _, m := range s.Misses {
		mark := ""
		if m.Certain {
			mark = "  (given as certain)"
		}
		if _, err := fmt.Fprintf(c.stdout, "%s\n    want %s\n    got  %s%s\n", m.Text, m.Want, m.Got, mark); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(c.stdout, "%s: %d of %d exact (%.1f%%), %d wrong and given as certain (%.1f%%)\n", name, s.Exact, s.Cases,
		share(s.Exact, s.Cases), s.Certain, share(s.Certain, s.Cases))
	return err
}

// share returns n in percent of all.
func share(n, all int) float64 { return 100 * float64(n) / float64(max(all, 1)) }
