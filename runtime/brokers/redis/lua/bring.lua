--- Bring one message: where nothing comes before it, a worker that has nothing to do is handed it, and it is never queued.
-- @key base
-- @arg queue
-- @arg priority
-- @arg text
-- @reply            nothing
-- @include time
-- @include lists
-- @include wake
local lists, worker, turn, handed = listsOf(queue), nil, nil, nil
local first = call('EXISTS', unpack(lists, 1, 10)) == 0 and call('HEXISTS', base .. 'paused', queue) == 0
if first then worker, turn = nextIdle(queue) end
if worker then handed = handOut(lists, worker, turn, text) end
if not handed or handed == '' then call('RPUSH', base .. 'queue:' .. queue .. ':' .. priority, text) end
if worker then hand(worker, handed or '') end
if not first or worker and not handed then wake(queue) end
