// Package bot drives conversations: it takes events in, lets the dialog decide, commits what it decided and delivers it.
package bot
