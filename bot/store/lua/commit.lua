-- commit writes one step of a conversation, or nothing if it is not at the version that the step began with.
--
-- KEYS  1 conversation  2 outbox index  3 alarm index  4 audit trail
-- ARGV  1 chat  2 version at which the step began, 0 for none  3 new version  4 owner  5 lease in ms
--       6 alarm in ms of the bot's clock, 0 for none  7 lifetime in ms, 0 for no end  8 conversation
--       9 entries that the audit trail keeps, 0 for no entry  10 audit entry  11... outbox entries
-- Answers {status, first, before}: status 0 the conversation moved on, 1 written, 2 written and the outbox is for owner to
-- deliver. first is the number of the first new entry, and before the entries that were there already (status 2 only).
-- A call that is repeated because its answer was lost finds its own new version: it writes nothing new, first is empty
-- and before has all entries.
local chat, owner = ARGV[1], ARGV[4]
local r = read(KEYS[1])
local again = r.version == ARGV[3]
if not again and (r.live and r.version or '0') ~= ARGV[2] then return {0, '', ''} end

local first, before, fresh = '', r.outbox, not again and #ARGV > 10
local now, us
if fresh or r.outbox ~= '' then now, us = clock() end
if fresh then
  local seq = tonumber(r.seq)
  -- Numbers start at the clock so that those of a conversation that was forgotten do not come back.
  if seq == 0 then seq = us end
  first = whole(seq)
  local frames = {r.outbox}
  for i = 11, #ARGV do
    frames[#frames + 1] = whole(seq) .. ' 0 ' .. #ARGV[i] .. '\n' .. ARGV[i]
    seq = seq + 1
  end
  r.outbox, r.seq = table.concat(frames), whole(seq)
end

local mine = r.outbox ~= '' and not taken(r, owner, now)
if mine then r.owner, r.due = owner, now + tonumber(ARGV[5]) end
local moved = r.alarm ~= ARGV[6]
r.version, r.live, r.data, r.alarm = ARGV[3], true, ARGV[8], ARGV[6]

if ARGV[7] == '0' then
  redis.call('SET', KEYS[1], pack(r))
else
  redis.call('SET', KEYS[1], pack(r), 'PX', ARGV[7])
end
if mine then redis.call('ZADD', KEYS[2], whole(r.due), chat) end
if moved and r.alarm == '0' then
  redis.call('ZREM', KEYS[3], chat)
elseif moved then
  redis.call('ZADD', KEYS[3], r.alarm, chat)
end
if not again and ARGV[9] ~= '0' then
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[9], '*', 'c', chat, 'e', ARGV[10])
end
if mine then return {2, first, before} end
return {1, '', ''}
