--- Announce a worker, or keep its lease alive.
-- @key base
-- @arg worker
-- @arg lease        ms from now
-- @arg card         JSON
-- @reply            ok, or lost where others have been given what it held
-- @include time
call('ZADD', base .. 'workers', now + lease, worker)
call('SET', base .. 'worker:' .. worker, card, 'PX', lease)
return call('DEL', base .. 'reaped:' .. worker) == 1 and 'lost' or 'ok'
