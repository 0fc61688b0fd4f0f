package main

import (
	"runtime/debug"

	"github.com/rs/zerolog"
)

// lighten gives back the memory that only the start needed: what was thrown away while words, books and lexicons were read, and the pages of
// the program that were looked at for it. Nothing waits for this, and nothing hangs on it.
func lighten(log zerolog.Logger) {
	debug.FreeOSMemory()
	if err := unmapProgram(); err != nil {
		log.Debug().Err(err).Msg("the program's pages stay mapped")
	}
}
