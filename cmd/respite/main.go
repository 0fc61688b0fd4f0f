// Command respite runs the bot, its demo, and the tools around its policy and its dialog.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	_ "time/tzdata" // zones are known on a machine that has none

	"github.com/alecthomas/kong"
)

// Exit statuses.
const (
	exitOK    = 0
	exitError = 1 // the command ran and failed
	exitUsage = 2 // the command could not run as it was called or set up
)

// console is where a command reads and writes, and what was set around it.
type console struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// usage is an error of the caller or of a setting: exit status 2.
type usage struct{ error }

func (u usage) Unwrap() error { return u.error }

type cli struct {
	Serve      serveCmd      `cmd:"" help:"Run the bot."`
	Demo       demoCmd       `cmd:"" help:"Run everything in this process: bot, Redis and a stand-in for Telegram with phones in a web page. Needs no account."`
	Policy     policyCmd     `cmd:"" help:"Check, test and explain the policy book."`
	Dialog     dialogCmd     `cmd:"" help:"Look at the dialog."`
	Understand understandCmd `cmd:"" help:"Read JSON lines and say what the bot would understand."`
	Audit      auditCmd      `cmd:"" help:"Print the audit trail as JSON lines."`
	Health     healthCmd     `cmd:"" help:"Ask a running bot how it is, for health checks."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Environ(), &console{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(status)
}

// run is the whole command: it returns the exit status.
func run(ctx context.Context, args, environ []string, c *console) int {
	status := -1
	parser, err := kong.New(&cli{}, kong.Name("respite"), kong.Description("A Telegram bot that helps people who have fallen behind on credit."),
		kong.Writers(c.stdout, c.stderr), kong.Exit(func(code int) { status = code }), kong.UsageOnError(),
		kong.Resolvers(environment(environ)), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(c))
	if err != nil {
		return failed(c, err)
	}
	command, err := parser.Parse(args)
	if status >= 0 {
		return status // --help was answered
	}
	if err != nil {
		return failed(c, usage{named(err)})
	}
	if err := command.Run(); err != nil {
		return failed(c, err)
	}
	return exitOK
}

// named puts the variable's name before an error that names only the flag, for most set the one and not the other.
func named(err error) error {
	var parse *kong.ParseError
	if !errors.As(err, &parse) || parse.Context == nil {
		return err
	}
	for _, flag := range parse.Context.Flags() {
		if said, ok := strings.CutPrefix(err.Error(), "--"+flag.Name+":"); ok && flag.Tag.Get("var") != "" {
			return fmt.Errorf("%s (--%s):%s", flag.Tag.Get("var"), flag.Name, said)
		}
	}
	return err
}

// failed says what went wrong, in one line, and returns the exit status for it.
func failed(c *console, err error) int {
	var quiet silent
	if errors.As(err, &quiet) {
		return exitError
	}
	_, _ = fmt.Fprintln(c.stderr, "respite:", err)
	var u usage
	if errors.As(err, &u) {
		return exitUsage
	}
	return exitError
}

// silent is a failure that the command has already reported.
type silent struct{ error }

// environment resolves each flag from the variable of its name, or from the file that the variable with _FILE names.
func environment(environ []string) kong.Resolver {
	vars := map[string]string{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		vars[name] = value
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if flag.Tag.Get("var") == "" {
			return nil, nil
		}
		name := flag.Tag.Get("var")
		if value, ok := vars[name]; ok && value != "" {
			return value, nil
		}
		file, ok := vars[name+"_FILE"]
		if !ok || file == "" {
			return nil, nil
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, usage{fmt.Errorf("%s_FILE: %w", name, err)}
		}
		return strings.TrimSpace(string(data)), nil
	})
}
