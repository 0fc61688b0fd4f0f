-- claim takes the delivery lease of an outbox that nobody delivers.
--
-- KEYS  1 conversation  2 outbox index
-- ARGV  1 chat  2 owner  3 lease in ms  4 latest that the clock may show, in ms
-- Answers {1, link, entries}, {0} if it is not time yet, or {2} if there is nothing to deliver: then the chat leaves the index.
local r = read(KEYS[1])
local now = clock()
if r.outbox == '' then
  local at = call('ZSCORE', KEYS[2], ARGV[1])
  if at and tonumber(at) > now then return {0} end
  call('ZREM', KEYS[2], ARGV[1])
  return {2}
end
if waits(r, now, ARGV[4]) then
  call('ZADD', KEYS[2], r.due, ARGV[1])
  return {0}
end
lease(r, ARGV[2], now, ARGV[3])
put(KEYS[1], KEYS[2], ARGV[1], r)
return {1, sub(r.body, #r.body - r.nlink + 1), r.outbox}
