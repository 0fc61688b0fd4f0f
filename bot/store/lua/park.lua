-- park gives a delivery lease back and has the outbox looked at again later.
--
-- KEYS  1 conversation  2 outbox index
-- ARGV  1 chat  2 owner  3 wait in ms  4 latest that the clock may show, in ms
-- Answers 1, or 0 if another instance holds the lease; then nothing changes.
local r = read(KEYS[1])
if r.outbox == '' then return 1 end
local now = clock()
if taken(r, ARGV[2], now, ARGV[4]) then return 0 end
lease(r, '-', now, ARGV[3])
put(KEYS[1], KEYS[2], ARGV[1], r)
return 1
