package bot

import (
	"context"

	"respite/dialog"
	"respite/policy/money"
)

// Arrived takes the lender's word that money has arrived for a chat's plan. id is the lender's own for the payment: the same one
// again changes nothing, so a caller that got no answer calls again.
func (e *Engine) Arrived(ctx context.Context, chat int64, id string, amount money.Fen) error {
	return e.Apply(ctx, chat, dialog.Event{At: e.Clock(), Kind: dialog.Arrived, Ref: id, Amount: amount})
}
