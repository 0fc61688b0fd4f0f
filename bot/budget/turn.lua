-- turn gives a reminder its turn: a moment of its own, so far from the next that room is left for answers.
--
-- KEYS  1 turns: the moment until which they are given away  2 queue of the reminders that the token's limit keeps waiting
--       3 turn of the chat, for as long as two instances may ask for the same reminder
-- ARGV  1 us between turns  2 us for which a turn that has come is remembered
-- Answers the us until the turn, 0 for now.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local function level(key) return tonumber(redis.call('GET', key) or '0') end
local function keep(key, value, until_) redis.call('SET', key, string.format('%.0f', value), 'PX', string.format('%.0f', math.ceil((until_ - now) / 1000) + 1)) end

local own = level(KEYS[3])
if own > 0 then return math.max(own - now, 0) end
local at = math.max(now, level(KEYS[1]), level(KEYS[2]))
local free = at + tonumber(ARGV[1])
keep(KEYS[1], free, free)
keep(KEYS[3], at, at + tonumber(ARGV[2]))
return at - now
