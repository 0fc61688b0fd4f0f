-- take asks for room for calls under the limits of the token and of one chat, by the generic cell rate algorithm: each key holds the
-- moment at which all that was let through is used up at the permitted rate.
--
-- KEYS  1 token  2 chat  3 queue of those that the token's limit keeps waiting
-- ARGV  1 calls  2 us between calls of the token, 0 for no limit  3 how many us calls of this class may run ahead
--       4 us between calls to the chat, 0 for no limit  5 how many us they may run ahead
-- Answers {calls let through, us until the next may be}.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local function whole(n) return string.format('%.0f', n) end
local function level(key) return math.max(tonumber(redis.call('GET', key) or '0'), now) end
local function keep(key, at) redis.call('SET', key, whole(at), 'PX', whole(math.ceil((at - now) / 1000) + 1)) end

local token, chat = level(KEYS[1]), level(KEYS[2])
local each, ahead, own, own_ahead = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local passed = 0
while passed < tonumber(ARGV[1]) and token - now <= ahead and chat - now <= own_ahead do
  token, chat, passed = token + each, chat + own, passed + 1
end
if passed > 0 then
  if each > 0 then keep(KEYS[1], token) end
  if own > 0 then keep(KEYS[2], chat) end
  return {passed, 0}
end
local wait = math.max(chat - now - own_ahead, 1)
if token - now > ahead then
  -- Each that waits for the token gets a moment of its own, so that they do not all come back at once.
  local free = math.max(level(KEYS[3]), token - ahead) + each
  keep(KEYS[3], free)
  wait = math.max(wait, free - now)
end
return {0, wait}
