-- forget removes a conversation with its outbox, link and alarm, or nothing if it is not at the expected version. What is
-- to be delivered last stays, without the conversation, until it is delivered.
--
-- KEYS  1 conversation  2 outbox index  3 alarm index  4 audit trail, only if there is an entry for it
-- ARGV  1 chat  2 version expected, 0 for none  3 new version  4 owner  5 lease in ms
--       6 latest that the clock may show, in ms
--       7... outbox entries, then with an audit trail how many entries it keeps and the new one
-- Answers {status, first, before} as commit does; before is empty unless the call is repeated.
local chat, owner = ARGV[1], ARGV[4]
local r = read(KEYS[1])
if r.version == ARGV[3] then
  local now = clock()
  if r.outbox == '' or taken(r, owner, now, ARGV[6]) then return {1} end
  lease(r, owner, now, ARGV[5])
  put(KEYS[1], KEYS[2], chat, r)
  return {2, '', r.outbox}
end
if current(r) ~= ARGV[2] then return {0} end

local last = KEYS[4] and #ARGV - 2 or #ARGV
call('DEL', KEYS[1])
call('ZREM', KEYS[3], chat)
if KEYS[4] then
  trail(KEYS[4], ARGV[last + 1], ARGV[last + 2])
end
local goodbye = {
  version = ARGV[3], seq = r.seq, alarm = '0', due = '0', owner = '-', ndata = -1, nlink = 0, body = '', outbox = '',
}
if last < 7 then
  put(KEYS[1], KEYS[2], chat, goodbye)
  return {1}
end
local now, us = clock()
local first = append(goodbye, 7, last, us)
lease(goodbye, owner, now, ARGV[5])
put(KEYS[1], KEYS[2], chat, goodbye)
return {2, first}
