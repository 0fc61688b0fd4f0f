-- claim takes the delivery lease of an outbox that nobody delivers.
--
-- KEYS  1 conversation  2 outbox index
-- ARGV  1 chat  2 owner  3 lease in ms
-- Answers {1, link, entries}, or {0, '', ''} if there is nothing to deliver or it is not time yet.
local r = read(KEYS[1])
if r.outbox == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
  return {0, '', ''}
end
local now = clock()
if r.due > now then
  redis.call('ZADD', KEYS[2], whole(r.due), ARGV[1])
  return {0, '', ''}
end
r.owner, r.due = ARGV[2], now + tonumber(ARGV[3])
put(KEYS[1], KEYS[2], ARGV[1], r)
return {1, r.link, r.outbox}
