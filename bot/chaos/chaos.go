// Package chaos holds the settings of the chaos test: processes of the engine are killed, Telegram and Redis fail, and what borrowers
// sent and saw is held against a model. One command line goes to every test binary under bot, so each of them imports this package:
//
//	go test -run Chaos ./bot/... -chaos.seconds=600 -chaos.seed=7
package chaos

import "flag"

// Flags of the test.
var (
	Seconds = flag.Int("chaos.seconds", 4, "how long each chaos test makes trouble")
	Seed    = flag.Uint64("chaos.seed", 1, "which trouble it makes, in which order")
)
