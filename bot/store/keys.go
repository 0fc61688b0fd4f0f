package store

import "strconv"

// Shards is the number of shards. It is part of the layout in Redis and never changes.
const Shards = 1024

// Shard is the shard of a chat: FNV-1a, 64 bits, over the chat id's eight bytes, lowest first, modulo Shards. It is part of
// the layout in Redis and never changes.
func Shard(chat int64) int {
	const offset, prime = 14695981039346656037, 1099511628211
	h, id := uint64(offset), uint64(chat)
	for range 8 {
		h = (h ^ (id & 0xff)) * prime
		id >>= 8
	}
	return int(h % Shards)
}

// tag begins every key of a shard. The braces are Redis Cluster's hash tag: all keys of a shard lie in one slot, so that one
// script may touch several of them.
func tag(shard int) string { return "respite:{s" + strconv.Itoa(shard) + "}:" }

// chatKey holds all that is kept of a conversation. STRING; see packed.go.
func chatKey(chat int64) string { return tag(Shard(chat)) + "c:" + strconv.FormatInt(chat, 10) }

// alarmsKey is the index of a shard's alarms. ZSET: chat -> when, in milliseconds of the bot's clock.
func alarmsKey(shard int) string { return tag(shard) + "alarms" }

// outboxKey is the index of a shard's chats with something to deliver. ZSET: chat -> when somebody has to look at it, in
// milliseconds of Redis' clock: the end of the delivery lease, or of a pause.
func outboxKey(shard int) string { return tag(shard) + "outbox" }

// trailKey is a shard's audit trail. LIST: entries as package trail writes them, oldest first. (A STREAM takes 4 KB for the first entry of each shard.)
func trailKey(shard int) string { return tag(shard) + "trail" }

// topicsKey holds the forum topics of an agents' group. HASH: topic -> chat.
func topicsKey(group int64) string {
	return tag(Shard(group)) + "topics:" + strconv.FormatInt(group, 10)
}

// cardKey says which chat a message in a group without topics is about. STRING: chat; lapses.
func cardKey(group int64, message int) string {
	return tag(Shard(group^int64(message))) + "card:" + strconv.FormatInt(group, 10) + ":" + strconv.Itoa(message)
}

// caseCounterKey counts cases. STRING: the last number given.
func caseCounterKey() string { return tag(0) + "case" }

// casesKey holds the cases whose number falls into a shard. HASH: case number -> chat.
func casesKey(number int64) string { return tag(int(uint64(number)%Shards)) + "cases" }

// groupKey is the id that the agents' group has now, by the id that was configured. A string.
func groupKey(configured int64) string {
	return tag(Shard(configured)) + "group:" + strconv.FormatInt(configured, 10)
}

// saidKey is the transcript of a chat's case. ZSET: entry -> its number in the outbox.
func saidKey(chat int64) string { return tag(Shard(chat)) + "said:" + strconv.FormatInt(chat, 10) }

// pairsKey says which message of the agents' group stands for which of a chat. HASH: "g" and the group's message -> the chat's,
// "p" and the chat's -> the group's; lapses.
func pairsKey(chat int64) string { return tag(Shard(chat)) + "pairs:" + strconv.FormatInt(chat, 10) }

// The keys of an agents' group go by the id that was configured, so that they stay when the group gets another.

// boardKey is what the board shows. HASH: chat -> entry.
func boardKey(group int64) string { return ofGroup(group, "board") }

// boardPostKey is where the board stands. STRING.
func boardPostKey(group int64) string { return ofGroup(group, "boardpost") }

// boardTurnKey is whose turn it is to bring the board up to date. STRING; lapses.
func boardTurnKey(group int64) string { return ofGroup(group, "boardturn") }

// agentsKey holds the agents who were seen in the group. HASH: user -> name.
func agentsKey(group int64) string { return ofGroup(group, "agents") }

// awayKey holds the agents who are away. HASH: user -> name.
func awayKey(group int64) string { return ofGroup(group, "away") }

// hoursKey is when agents are there. STRING.
func hoursKey(group int64) string { return ofGroup(group, "hours") }

// cannedKey holds the replies from the store. HASH: language, a space and the reply's name -> text.
func cannedKey(group int64) string { return ofGroup(group, "canned") }

func ofGroup(group int64, what string) string {
	return tag(Shard(group)) + what + ":" + strconv.FormatInt(group, 10)
}

// clockKey is the latest moment that the clock of a bot has shown. STRING: milliseconds.
func clockKey() string { return tag(0) + "clock" }
