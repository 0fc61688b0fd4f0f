-- reclaim makes an outbox due at once on which an owner holds the lease that does not deliver it any more.
--
-- KEYS  1 conversation  2 outbox index
-- ARGV  1 chat  2 owner
-- Answers 1, or 0 if the lease is not that owner's.
local r = read(KEYS[1])
if r.outbox == '' or r.owner ~= ARGV[2] then return 0 end
lease(r, '-', clock(), 0)
put(KEYS[1], KEYS[2], ARGV[1], r)
return 1
