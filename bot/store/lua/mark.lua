-- mark notes that a call for an entry ended without an answer, and renews the lease.
--
-- KEYS  1 conversation  2 outbox index
-- ARGV  1 chat  2 owner  3 number of the entry  4 lease in ms  5 latest that the clock may show, in ms
-- Answers 1, or 0 if another instance holds the lease; the entry is marked all the same.
local r = read(KEYS[1])
if r.outbox == '' then return 1 end
local at, body, last = find(r.outbox, ARGV[3])
if at then
  r.outbox = sub(r.outbox, 1, at - 1) .. ARGV[3] .. ' 1 ' .. (last - body + 1) .. '\n' .. sub(r.outbox, body)
end
local now = clock()
local theirs = taken(r, ARGV[2], now, ARGV[5])
if theirs then touch(r) else lease(r, ARGV[2], now, ARGV[4]) end
put(KEYS[1], KEYS[2], ARGV[1], r)
return theirs and 0 or 1
