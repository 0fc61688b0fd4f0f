-- close lets nothing more through to a chat for as long as Telegram asked. If several chats meet that within a second the limit that
-- was met is the token's, and then nothing goes out to any chat for that long.
--
-- KEYS  1 token  2 chat  3 chats that met a limit lately
-- ARGV  1 us  2 chat's id, 0 for none  3 us that calls to the chat may run ahead  4 how many chats make it the token's limit
--       5 us that calls of the token may run ahead at most
-- Answers 1 if the token is closed too, or else 0.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local function whole(n) return string.format('%.0f', n) end
local function close(key, ahead)
  local at = math.max(now + ARGV[1] + ahead, tonumber(redis.call('GET', key) or '0'))
  redis.call('SET', key, whole(at), 'PX', whole(math.ceil((at - now) / 1000) + 1))
end
if ARGV[2] ~= '0' then
  close(KEYS[2], ARGV[3])
  redis.call('SADD', KEYS[3], ARGV[2])
  redis.call('PEXPIRE', KEYS[3], 1000)
  if redis.call('SCARD', KEYS[3]) < tonumber(ARGV[4]) then return 0 end
end
close(KEYS[1], ARGV[5])
return 1
