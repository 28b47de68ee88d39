--- Remove a worker. What it should still hold is given back at the next reaping.
-- @key base
-- @arg worker
-- @reply            nothing
local call = redis.call
call('DEL', base .. 'worker:' .. worker)
if call('EXISTS', base .. 'held:' .. worker) == 1 then call('ZADD', base .. 'workers', 0, worker)
else call('ZREM', base .. 'workers', worker) end
