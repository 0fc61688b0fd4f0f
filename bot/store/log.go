package store

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// LogTo hands what go-redis has to say, such as a dial that failed, to write instead of to standard error. It holds for the whole
// process and is to be called once, at the start.
func LogTo(write func(text string)) { redis.SetLogger(logger(write)) }

type logger func(text string)

// Printf is what go-redis calls.
func (l logger) Printf(_ context.Context, format string, v ...any) { l(fmt.Sprintf(format, v...)) }
