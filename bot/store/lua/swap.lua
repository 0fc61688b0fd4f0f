-- swap replaces conversations, each unless its first line is not the one that the caller left or found there. Whatever is written changes
-- that line: its version, or the end of its lease. Only a link may change without it, and the caller must not use this for a
-- conversation that has one. Many are replaced in one call, and as many as possible are read and written by one command, because most of
-- what one costs is the call and the command. Of long ones only the line is read, because Lua goes over every byte that it is handed.
--
-- KEYS  1... conversations, the short ones first, then one for each further write: an outbox index, an alarm index or an audit trail
-- ARGV  1 how many conversations  2 how many of them are short  3 lease in ms
--       4 earliest and 5 latest end of a lease in the new values; 0: there is none
--       6... of each conversation its line as expected, its lifetime in ms (0 for no end, 'keep' to leave it) and its new value, of a long one
--       also where its line ends, and then of each further write the place of its conversation, without which it is not made, and
--         'ZADD' score chat, or 'ZREM' '' chat, or 'RPUSH' how many entries the trail keeps, the new one
-- Answers of each conversation 1, or 0 if it was not replaced. None is if a lease would end earlier or later than it should, by an eighth of its
-- length: Redis' clock is not what the caller takes it to be then. A call that is repeated finds other lines, and does nothing.
local call, find = redis.call, string.find
local KEYS, ARGV = KEYS, ARGV
local n, short = tonumber(ARGV[1]), tonumber(ARGV[2])

local done = {}
if ARGV[4] ~= '0' then
  local t, lease = call('TIME'), tonumber(ARGV[3])
  local due = t[1] * 1000 + math.floor(t[2] / 1000) + lease
  if due - ARGV[4] > lease / 8 or ARGV[5] - due > lease / 8 then
    for i = 1, n do done[i] = 0 end
    return done
  end
end

-- Everything is read before anything is written: what cannot be read fails with nothing done.
local taken, a = {}, 6

-- compare says whether a conversation that was found is to be replaced, with its arguments from a on.
local function compare(i, was)
  local key, line = KEYS[i], ARGV[a]
  if taken[key] or line == '' and was ~= '' or find(was, line, 1, true) ~= 1 then
    done[i] = 0
  else
    taken[key], done[i] = true, 1
  end
end

if short > 0 then
  local found = call('MGET', unpack(KEYS, 1, short))
  for i = 1, short do
    compare(i, found[i] or '')
    a = a + 3
  end
end
for i = short + 1, n do
  compare(i, call('GETRANGE', KEYS[i], '0', ARGV[a + 3]))
  a = a + 4
end

local lasting, last = {}, 0
a = 6
for i = 1, n do
  if done[i] == 1 then
    local life = ARGV[a + 1]
    if life == '0' then
      lasting[last + 1], lasting[last + 2] = KEYS[i], ARGV[a + 2]
      last = last + 2
    elseif life == 'keep' then
      call('SET', KEYS[i], ARGV[a + 2], 'KEEPTTL')
    else
      call('SET', KEYS[i], ARGV[a + 2], 'PX', life)
    end
  end
  a = a + (i <= short and 3 or 4)
end
if last > 0 then call('MSET', unpack(lasting)) end

-- further makes the write to KEYS[k], with its arguments after a.
local function further(k, a)
  local write = ARGV[a + 1]
  if write == 'ZADD' then
    call('ZADD', KEYS[k], ARGV[a + 2], ARGV[a + 3])
  elseif write == 'ZREM' then
    call('ZREM', KEYS[k], ARGV[a + 3])
  else
    trail(KEYS[k], ARGV[a + 2], ARGV[a + 3])
  end
end

-- One that fails, on a key that is not what it should be, must not keep those of other conversations from being made.
local failed
for k = n + 1, #KEYS do
  if done[tonumber(ARGV[a])] == 1 then
    local ok, err = pcall(further, k, a)
    failed = failed or not ok and err
  end
  a = a + 4
end
if failed then error(failed, 0) end
return done
