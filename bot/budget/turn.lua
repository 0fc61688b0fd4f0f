-- turn gives a reminder its turn: a moment of its own, so far from the next that room is left for answers.
--
-- KEYS  1 turns: the moment until which they are given away  2 queue of the reminders that the token's limit keeps waiting
-- ARGV  1 us between turns
-- Answers the us until the turn, 0 for now.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(redis.call('GET', KEYS[2]) or '0'))
local free = at + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', string.format('%.0f', math.ceil((free - now) / 1000) + 1))
return at - now
