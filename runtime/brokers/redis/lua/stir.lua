--- End a worker's wait. What it has been handed meanwhile stays its own.
-- @key base
-- @arg worker
-- @reply            nothing
local call, hand = redis.call, base .. 'hand:' .. worker
call('DEL', base .. 'waiting:' .. worker)
call('RPUSH', hand, '')
call('PEXPIRE', hand, '60000')
