-- swap replaces conversations, each unless its first line is not the one that the caller left or found there. Whatever is written changes
-- that line: its version, or the end of its lease. Only a link may change without it, and the caller must not use this for a
-- conversation that has one. Many are replaced in one call because most of what one costs is the call.
--
-- KEYS  of each conversation: 1 conversation, and as far as they are needed  2 outbox index  3 alarm index  4 audit trail
-- ARGV  of each conversation how many keys and how many arguments follow, and then
--       1 the line that is expected  2 lifetime in ms, 0 for no end, 'keep' to leave it  3 the new value
--       and if somebody is to hold the lease: 3 the new value up to DUE  4 what follows DUE  5 lease in ms, else 0
--       6 when the outbox index has the chat looked at, as far as the caller knows, or 'out' to take it out  7 chat
--       8 alarm in ms of the bot's clock, 0 for none, empty for as before  9 how many entries the trail keeps  10 the new one
-- Answers of each conversation DUE, or 1 without a lease, or 0 if nothing was done. A call that fails in the middle has done all before
-- that; to repeat it does nothing more, because the lines are others then.
local call = redis.call
local KEYS, ARGV = KEYS, ARGV
local now

-- swap replaces one conversation, with its keys after k and its n arguments after a.
local function swap(k, a, n)
  local key, line, life, value = KEYS[k + 1], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3]
  if call('GETRANGE', key, 0, #line - 1) ~= line then return 0 end

  local lease, due = n >= 5 and tonumber(ARGV[a + 5]) or 0, 1
  if lease > 0 then
    if not now then
      local t = call('TIME')
      now = t[1] * 1000 + math.floor(t[2] / 1000)
    end
    due = now + lease
    value = value .. due .. ARGV[a + 4]
  end
  if life == 'keep' then
    call('SET', key, value, 'KEEPTTL')
  elseif life == '0' then
    call('SET', key, value)
  else
    call('SET', key, value, 'PX', life)
  end
  -- Else a chat is taken out of the index only when it is looked at, which is not before its time. That it is there already counts while
  -- this is not near.
  if n >= 7 and ARGV[a + 6] == 'out' then
    call('ZREM', KEYS[k + 2], ARGV[a + 7])
  elseif lease > 0 then
    local listed = tonumber(ARGV[a + 6])
    if listed < now + lease / 4 or listed > due then call('ZADD', KEYS[k + 2], due, ARGV[a + 7]) end
  end
  local alarm = n >= 8 and ARGV[a + 8] or ''
  if alarm == '0' then
    call('ZREM', KEYS[k + 3], ARGV[a + 7])
  elseif alarm ~= '' then
    call('ZADD', KEYS[k + 3], alarm, ARGV[a + 7])
  end
  if n >= 10 then trail(KEYS[k + 4], ARGV[a + 9], ARGV[a + 10]) end
  return due
end

local answers, k, a = {}, 0, 0
while a < #ARGV do
  local n = tonumber(ARGV[a + 2])
  answers[#answers + 1] = swap(k, a + 2, n)
  k, a = k + ARGV[a + 1], a + 2 + n
end
return answers
