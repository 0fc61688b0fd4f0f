-- strike takes a delivered entry out of the outbox and renews the lease, or gives it back if nothing is left.
--
-- KEYS  1 conversation  2 outbox index
-- ARGV  1 chat  2 owner  3 number of the entry  4 lease in ms  5 1 if there is a new link  6 link
-- Answers {status, left}: status 1 with all entries left, or 0 if another instance holds the lease.
local owner = ARGV[2]
local r = read(KEYS[1])
if not r.live and r.outbox == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
  return {1, ''}
end
local at, _, last = find(r.outbox, ARGV[3])
if at then r.outbox = string.sub(r.outbox, 1, at - 1) .. string.sub(r.outbox, last + 1) end
if ARGV[5] == '1' and r.live then r.link = ARGV[6] end
local theirs = false
if r.outbox ~= '' then
  local now = clock()
  theirs = taken(r, owner, now)
  if not theirs then r.owner, r.due = owner, now + tonumber(ARGV[4]) end
end
put(KEYS[1], KEYS[2], ARGV[1], r)
if theirs then return {0, ''} end
return {1, r.outbox}
