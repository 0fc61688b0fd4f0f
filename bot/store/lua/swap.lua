-- swap replaces a conversation, or does nothing if its first line is not the one that the caller left or found there. Whatever is
-- written changes that line: its version, or the end of its lease. Only a link may change without it, and the caller must not use this
-- for a conversation that has one.
--
-- KEYS  1 conversation, and as far as they are needed  2 outbox index  3 alarm index  4 audit trail
-- ARGV  1 the line that is expected  2 lifetime in ms, 0 for no end, 'keep' to leave it  3 the new value
--       and if somebody is to hold the lease: 3 the new value up to DUE  4 what follows DUE  5 lease in ms, else 0
--       6 when the outbox index has the chat looked at, as far as the caller knows  7 chat
--       8 alarm in ms of the bot's clock, 0 for none, empty for as before  9 how many entries the trail keeps  10 the new one
-- Answers DUE, or 1 without a lease, or 0 if nothing was done.
local call = redis.call
local line, value = ARGV[1], ARGV[3]
if call('GETRANGE', KEYS[1], 0, #line - 1) ~= line then return 0 end

local lease, now, due = tonumber(ARGV[5] or 0), 0, 1
if lease > 0 then
  local t = call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
  due = now + lease
  value = value .. due .. ARGV[4]
end
if ARGV[2] == 'keep' then
  call('SET', KEYS[1], value, 'KEEPTTL')
elseif ARGV[2] == '0' then
  call('SET', KEYS[1], value)
else
  call('SET', KEYS[1], value, 'PX', ARGV[2])
end
-- A chat is taken out of the index only when it is looked at, which is not before its time. That it is there already counts while this
-- is not near.
if lease > 0 then
  local listed = tonumber(ARGV[6])
  if listed < now + lease / 4 or listed > due then call('ZADD', KEYS[2], due, ARGV[7]) end
end
local alarm = ARGV[8] or ''
if alarm == '0' then
  call('ZREM', KEYS[3], ARGV[7])
elseif alarm ~= '' then
  call('ZADD', KEYS[3], alarm, ARGV[7])
end
if ARGV[10] then trail(KEYS[4], ARGV[9], ARGV[10]) end
return due
