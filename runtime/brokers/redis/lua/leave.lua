--- Remove a worker that has told what it did last. What it should still hold is given back at the next reaping.
-- @key base
-- @arg worker
-- @rest take        what it tells, as `chronicle` reads it
-- @reply            nothing
-- @include time
-- @include chronicle
addCounts(worker)
keepEnded()
call('DEL', base .. 'worker:' .. worker, base .. 'counted:' .. worker)
if call('EXISTS', base .. 'held:' .. worker) == 1 then call('ZADD', base .. 'workers', 0, worker)
else call('ZREM', base .. 'workers', worker) end
