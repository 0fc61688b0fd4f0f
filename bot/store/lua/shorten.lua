-- shorten brings the moment at which an outbox is looked at forward, if it is further away than it may be.
--
-- KEYS  1 conversation  2 outbox index
-- ARGV  1 chat  2 how far away it may be, in ms
-- Answers 1 if it was too far away, or else 0.
local r = read(KEYS[1])
if r.outbox == '' then return 0 end
local now = clock()
if tonumber(r.due) <= now + ARGV[2] then return 0 end
lease(r, r.owner, now, ARGV[2])
put(KEYS[1], KEYS[2], ARGV[1], r)
return 1
