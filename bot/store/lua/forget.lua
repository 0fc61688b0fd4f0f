-- forget removes a conversation with its outbox, link and alarm, or nothing if it is not at the expected version. What is
-- to be delivered last stays, without the conversation, until it is delivered.
--
-- KEYS  1 conversation  2 outbox index  3 alarm index  4 audit trail
-- ARGV  1 chat  2 version expected, 0 for none  3 new version  4 owner  5 lease in ms
--       6 entries that the audit trail keeps, 0 for no entry  7 audit entry  8... outbox entries
-- Answers as commit does; before is always empty.
local chat, owner = ARGV[1], ARGV[4]
local r = read(KEYS[1])
local again = r.version == ARGV[3]
if not again and (r.live and r.version or '0') ~= ARGV[2] then return {0, '', ''} end
if again then
  local now = clock()
  if r.outbox == '' or taken(r, owner, now) then return {1, '', ''} end
  r.owner, r.due = owner, now + tonumber(ARGV[5])
  put(KEYS[1], KEYS[2], chat, r)
  return {2, '', r.outbox}
end

redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[3], chat)
if ARGV[6] ~= '0' then
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], '*', 'c', chat, 'e', ARGV[7])
end
if #ARGV < 8 then
  redis.call('ZREM', KEYS[2], chat)
  return {1, '', ''}
end
local now, us = clock()
local seq = tonumber(r.seq)
if seq == 0 then seq = us end
local first, frames = whole(seq), {}
for i = 8, #ARGV do
  frames[#frames + 1] = whole(seq) .. ' 0 ' .. #ARGV[i] .. '\n' .. ARGV[i]
  seq = seq + 1
end
local last = {
  version = ARGV[3], live = false, seq = whole(seq), alarm = '0', due = now + tonumber(ARGV[5]), owner = owner,
  data = '', link = '', outbox = table.concat(frames),
}
put(KEYS[1], KEYS[2], chat, last)
return {2, first, ''}
