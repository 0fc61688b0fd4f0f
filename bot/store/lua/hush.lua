-- hush takes away the alarm of a conversation that has expired.
--
-- KEYS  1 conversation  2 alarm index
-- ARGV  1 chat
-- Answers how many alarms were taken away.
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
return redis.call('ZREM', KEYS[2], ARGV[1])
