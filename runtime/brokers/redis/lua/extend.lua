--- Announce a worker, or keep its lease alive, and note what it tells of its work.
-- @key base
-- @arg worker
-- @arg lease        ms from now
-- @arg card         JSON
-- @rest take        its queues; then what it tells, as `chronicle` reads it
-- @reply            ok, or lost where others have been given what it held
-- @include time
-- @include chronicle
call('ZADD', base .. 'workers', now + lease, worker)
call('SET', base .. 'worker:' .. worker, card, 'PX', lease)
sampleQueues()
addCounts(worker)
keepEnded()
return call('DEL', base .. 'reaped:' .. worker) == 1 and 'lost' or 'ok'
