-- strike takes delivered entries out of the outbox and renews the lease, or gives it back if nothing is left.
--
-- KEYS  1 conversation  2 outbox index
-- ARGV  1 chat  2 owner  3 numbers of the entries  4 lease in ms  5 latest that the clock may show, in ms
--       6 the new link, only if there is one
-- Answers {status, left}: status 1 with all entries left, or 0 if another instance holds the lease.
local owner, link = ARGV[2], ARGV[6]
local r = read(KEYS[1])
-- Nothing changes then, and so nothing may in the index either: another instance may count on what stands there.
if r.outbox == '' and (not link or #link + r.nlink == 0) then return {1, ''} end
for seq in string.gmatch(ARGV[3], '%d+') do
  local at, _, last = find(r.outbox, seq)
  if at then r.outbox = sub(r.outbox, 1, at - 1) .. sub(r.outbox, last + 1) end
end
if link and r.ndata >= 0 then
  r.body, r.nlink = sub(r.body, 1, r.ndata) .. link, #link
end
local theirs = false
if r.outbox ~= '' then
  local now = clock()
  theirs = taken(r, owner, now, ARGV[5])
  if theirs then touch(r) else lease(r, owner, now, ARGV[4]) end
end
put(KEYS[1], KEYS[2], ARGV[1], r)
if theirs then return {0, ''} end
return {1, r.outbox}
