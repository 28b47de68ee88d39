--- Remove a run that has ended, and all its keys.
-- @key base
-- @arg id
-- @reply            how many
-- @include ended
local call = redis.call
local open, aliases, stamps = unpack(call('HMGET', base .. 'run:' .. id, 'open', 'aliases', 'stamps'))
if open and open ~= '0' then return 0 end
for alias in string.gmatch(aliases or '', '%S+') do call('DEL', base .. 'alias:' .. alias) end
for stamp, index in string.gmatch(stamps or '', '([^\n]*)\n(%d+)\n') do call('ZREM', base .. 'stamp:' .. stamp, id .. ' ' .. index) end
local result = math.max(call('DEL', base .. 'result:' .. id), call('HDEL', siblingsOf(id), id))
call('UNLINK', base .. 'run:' .. id, base .. 'outcomes:' .. id, base .. 'plan:' .. id, base .. 'progress:' .. id)
return open and 1 or result
