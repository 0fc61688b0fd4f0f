-- commit writes one step of a conversation, or nothing if it is not at the version that the step began with.
--
-- KEYS  1 conversation  2 outbox index  3 alarm index  4 audit trail, only if there is an entry for it
-- ARGV  1 chat  2 version at which the step began, 0 for none  3 new version  4 owner  5 lease in ms
--       6 latest that the clock may show, in ms  7 alarm in ms of the bot's clock, 0 for none
--       8 lifetime in ms, 0 for no end  9 conversation
--       10... outbox entries, then with an audit trail how many entries it keeps and the new one
-- Answers {status, line, first, before, link}: status 0 the conversation moved on, 1 written, 2 written and the outbox is for owner to
-- deliver. line is the new first line, unless the outbox is somebody else's; first the number of the first new entry, before the entries
-- that were there already, and link the chat's link (the last three with status 2 only).
-- A call that is repeated because its answer was lost finds its own new version: it writes nothing new, first is empty
-- and before has all entries.
local chat, owner, alarm = ARGV[1], ARGV[4], ARGV[7]
local r = read(KEYS[1])
local again = r.version == ARGV[3]
if not again and current(r) ~= ARGV[2] then return {0} end

local last = KEYS[4] and #ARGV - 2 or #ARGV
local first, before, now, us = '', r.outbox, 0, 0
if last > 9 or before ~= '' then now, us = clock() end
if last > 9 and not again then first = append(r, 10, last, us) end
local mine = r.outbox ~= '' and not taken(r, owner, now, ARGV[6])
if mine then lease(r, owner, now, ARGV[5]) end

local moved = r.alarm ~= alarm
local link = sub(r.body, #r.body - r.nlink + 1)
r.body = ARGV[9] .. link
r.version, r.alarm, r.ndata = ARGV[3], alarm, #ARGV[9]
if ARGV[8] == '0' then
  call('SET', KEYS[1], pack(r))
else
  call('SET', KEYS[1], pack(r), 'PX', ARGV[8])
end
if mine then call('ZADD', KEYS[2], r.due, chat) end
if moved and alarm == '0' then
  call('ZREM', KEYS[3], chat)
elseif moved then
  call('ZADD', KEYS[3], alarm, chat)
end
if KEYS[4] and not again then
  trail(KEYS[4], ARGV[last + 1], ARGV[last + 2])
end
if mine then return {2, line(r), first, before, link} end
if r.outbox == '' then return {1, line(r)} end
return {1}
