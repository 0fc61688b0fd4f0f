-- room says how many calls of a class may go out now to a chat, without taking any.
--
-- KEYS  1 token  2 chat
-- ARGV  1 us between calls of the token, 0 for no limit  2 how many us calls of this class may run ahead
--       3 us between calls to the chat, 0 for no limit  4 how many us they may run ahead
-- Answers how many, or -1 without a limit.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local least = -1
for i = 1, 2 do
  local every, ahead = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  if every > 0 then
    local used = math.max(tonumber(redis.call('GET', KEYS[i]) or '0') - now, 0)
    local free = math.max(math.floor((ahead - used) / every) + 1, 0)
    if least < 0 or free < least then least = free end
  end
end
return least
