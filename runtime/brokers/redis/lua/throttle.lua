--- Reserve the next turn of a task in its token bucket.
-- @key base
-- @arg task
-- @arg interval     ms per token
-- @arg burst        tokens that may be saved up
-- @reply            ms until the turn comes
-- @include time
local key = base .. 'rate:' .. task
local full = math.max(now, tonumber(call('GET', key) or 0)) + interval
call('SET', key, string.format('%.3f', full), 'PX', math.max(1, math.ceil(full - now)))
return math.max(0, math.ceil(full - burst * interval - now))
