-- Every script begins with this part. It reads and writes the STRING that holds a conversation; packed.go has the layout.

-- read returns a conversation. A missing one has version '0', is not live and has an empty outbox.
local function read(key)
  local raw = redis.call('GET', key)
  if not raw then
    return {version = '0', live = false, seq = '0', alarm = '0', due = 0, owner = '-', data = '', link = '', outbox = ''}
  end
  local version, seq, alarm, due, owner, ndata, nlink, at =
    string.match(raw, '^(%d+) (%d+) (%d+) (%d+) (%S+) (%-?%d+) (%d+)\n()')
  local live = ndata ~= '-1'
  local link = at + (live and tonumber(ndata) or 0)
  local outbox = link + tonumber(nlink)
  return {
    version = version, live = live, seq = seq, alarm = alarm, due = tonumber(due), owner = owner,
    data = string.sub(raw, at, link - 1), link = string.sub(raw, link, outbox - 1), outbox = string.sub(raw, outbox),
  }
end

-- whole writes a number without an exponent.
local function whole(n) return string.format('%.0f', n) end

-- pack is the counterpart of read.
local function pack(r)
  return r.version .. ' ' .. r.seq .. ' ' .. r.alarm .. ' ' .. whole(r.due) .. ' ' .. r.owner .. ' ' ..
    (r.live and #r.data or -1) .. ' ' .. #r.link .. '\n' .. r.data .. r.link .. r.outbox
end

-- clock returns Redis' time in whole milliseconds and in microseconds.
local function clock()
  local t = redis.call('TIME')
  local us = t[1] * 1000000 + t[2]
  return math.floor(us / 1000), us
end

-- taken says whether somebody else holds a lease on the outbox that has not lapsed.
local function taken(r, owner, now)
  return r.owner ~= '-' and r.owner ~= owner and r.due > now
end

-- find returns where the entry begins, where its bytes begin and where it ends; nil if it is not in the outbox.
local function find(outbox, seq)
  local at = 1
  while at <= #outbox do
    local s, n, body = string.match(outbox, '^(%d+) [01] (%d+)\n()', at)
    local last = body + tonumber(n) - 1
    if s == seq then return at, body, last end
    at = last + 1
  end
end

-- put writes a conversation and its place in the outbox index. The index is cleared first because a command that frees
-- memory is let through when Redis is out of memory, and then so is the rest of its script: what was delivered must be
-- struck off even then.
local function put(key, index, chat, r)
  redis.call('ZREM', index, chat)
  if r.outbox == '' then
    r.owner, r.due = '-', 0
    if not r.live then
      redis.call('DEL', key)
      return
    end
  end
  redis.call('SET', key, pack(r), 'KEEPTTL')
  if r.outbox ~= '' then redis.call('ZADD', index, whole(r.due), chat) end
end
