package bot

import (
	"context"
	"errors"
	"fmt"

	"respite/dialog"
	"respite/policy/money"
)

// ErrNoPlan says that no plan runs in a chat, so that a payment can be counted nowhere.
var ErrNoPlan = errors.New("no plan runs in this chat")

// Arrived takes the lender's word that money has arrived for a chat's plan. id is the lender's own for the payment: the same one
// again changes nothing, so a caller that got no answer calls again. An error that is ErrNoPlan will not go away by that.
func (e *Engine) Arrived(ctx context.Context, chat int64, id string, amount money.Fen) error {
	if id == "" || amount <= 0 {
		return fmt.Errorf("a payment has an id and an amount above zero")
	}
	rec, err := e.Store.Load(ctx, chat)
	if err != nil {
		return fmt.Errorf("load chat: %w", err)
	}
	k, err := decodeKept(rec.Data)
	if err != nil {
		return fmt.Errorf("payment %q: %w", id, err)
	}
	if k.conv.Plan == nil {
		return fmt.Errorf("payment %q: %w", id, ErrNoPlan)
	}
	return e.Apply(ctx, chat, dialog.Event{At: e.Clock(), Kind: dialog.Arrived, Ref: id, Amount: amount})
}
