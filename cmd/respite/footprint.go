package main

import (
	"os"
	"runtime/debug"

	"github.com/rs/zerolog"
)

// headroom is by how many percent the heap may grow before it is collected, unless GOGC says so. What lives on it is small, 9 MiB with 200 chats
// answered at once: with Go's 100 percent collecting takes an eighth of the processor time, with 125 a tenth, for 4 MiB more.
const headroom = 125

// lighten gives back the memory that only the start needed: what was thrown away while words, books and lexicons were read, and the pages of
// the program that were looked at for it. Nothing waits for this, and nothing hangs on it.
func lighten(log zerolog.Logger) {
	debug.FreeOSMemory()
	if _, said := os.LookupEnv("GOGC"); !said {
		debug.SetGCPercent(headroom)
	}
	if err := unmapProgram(); err != nil {
		log.Debug().Err(err).Msg("the program's pages stay mapped")
	}
}
