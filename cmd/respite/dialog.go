package main

import (
	"fmt"

	"respite/dialog"
)

type dialogCmd struct {
	Graph graphCmd `cmd:"" help:"Draw the dialog's states as a Mermaid diagram."`
}

type graphCmd struct{}

// Run prints the diagram.
func (graphCmd) Run(c *console) error {
	_, err := fmt.Fprint(c.stdout, dialog.Graph())
	return err
}
