-- trail adds an entry to an audit trail that keeps the last ones only.
local function trail(key, most, entry)
  if redis.call('RPUSH', key, entry) > tonumber(most) then redis.call('LTRIM', key, '-' .. most, '-1') end
end

