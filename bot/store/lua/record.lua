-- Every script begins with this part. It reads and writes the STRING that holds a conversation; packed.go has the layout.
local call, match, sub = redis.call, string.match, string.sub

-- read returns a conversation. body is its bytes and its link, of which ndata and nlink say the lengths. A missing one has
-- version '0', is not live (ndata is -1) and has an empty outbox.
local function read(key)
  local raw = call('GET', key)
  if not raw then
    return {version = '0', seq = '0', alarm = '0', due = '0', owner = '-', ndata = -1, nlink = 0, body = '', outbox = ''}
  end
  local version, seq, alarm, due, owner, ndata, nlink, at =
    match(raw, '^(%d+) (%d+) (%d+) (%d+) (%S+) (%-?%d+) (%d+)\n()')
  ndata, nlink = tonumber(ndata), tonumber(nlink)
  local outbox = at + math.max(ndata, 0) + nlink
  return {
    version = version, seq = seq, alarm = alarm, due = due, owner = owner, ndata = ndata, nlink = nlink,
    body = sub(raw, at, outbox - 1), outbox = sub(raw, outbox),
  }
end

-- line is the first line of a conversation.
local function line(r)
  return r.version .. ' ' .. r.seq .. ' ' .. r.alarm .. ' ' .. r.due .. ' ' .. r.owner .. ' ' .. r.ndata .. ' ' .. r.nlink .. '\n'
end

-- pack is the counterpart of read.
local function pack(r) return line(r) .. r.body .. r.outbox end

-- current is the version that a step may begin with.
local function current(r)
  if r.ndata < 0 then return '0' end
  return r.version
end

-- whole writes a number without an exponent.
local function whole(n) return string.format('%.0f', n) end

-- clock returns Redis' time in whole milliseconds and in microseconds.
local function clock()
  local t = call('TIME')
  local us = t[1] * 1000000 + t[2]
  return math.floor(us / 1000), us
end

-- waits says whether it is not time yet to look at the outbox. believed is the latest that the caller takes the clock to show: if it
-- shows more it was set, and no lease has lapsed by that.
local function waits(r, now, believed)
  return tonumber(r.due) > math.min(now, tonumber(believed))
end

-- taken says whether somebody else holds a lease on the outbox that has not lapsed.
local function taken(r, owner, now, believed)
  return r.owner ~= '-' and r.owner ~= owner and waits(r, now, believed)
end

-- lease gives the outbox to owner for some milliseconds.
local function lease(r, owner, now, length)
  r.owner, r.due = owner, whole(now + length)
end

-- touch changes the first line of a conversation whose entries are changed under somebody else's lease: whoever knows them by that line
-- must not take them to be as they were.
local function touch(r) r.due = whole(r.due + 1) end

-- append adds entries to the outbox, ARGV[from] to ARGV[to], and returns the first one's number. Numbers start at the clock so
-- that those of a conversation that was forgotten do not come back.
local function append(r, from, to, us)
  local first = r.seq
  if first == '0' then first = whole(us) end
  local seq = tonumber(first)
  for i = from, to do
    r.outbox = r.outbox .. whole(seq) .. ' 0 ' .. #ARGV[i] .. '\n' .. ARGV[i]
    seq = seq + 1
  end
  r.seq = whole(seq)
  return first
end

-- find returns where the entry begins, where its bytes begin and where it ends; nil if it is not in the outbox.
local function find(outbox, seq)
  local at = 1
  while at <= #outbox do
    local s, n, body = match(outbox, '^(%d+) [01] (%d+)\n()', at)
    local last = body + n - 1
    if s == seq then return at, body, last end
    at = last + 1
  end
end

-- put writes a conversation and its place in the outbox index. The index is cleared first because a command that frees
-- memory is let through when Redis is out of memory, and then so is the rest of its script: what was delivered must be
-- struck off even then.
local function put(key, index, chat, r)
  call('ZREM', index, chat)
  if r.outbox == '' then
    r.owner, r.due = '-', '0'
    if r.ndata < 0 then
      call('DEL', key)
      return
    end
  end
  call('SET', key, pack(r), 'KEEPTTL')
  if r.outbox ~= '' then call('ZADD', index, r.due, chat) end
end

