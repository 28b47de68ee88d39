--- End whatever wait of a worker still stands. What it was handed, and has not heard of, it is given here.
-- @key base
-- @arg worker
-- @reply            as on its list: tickets and below each the message, or nothing
local call, hand = redis.call, base .. 'hand:' .. worker
call('DEL', base .. 'waiting:' .. worker)
local told = call('LRANGE', hand, 0, -1)
call('DEL', hand)
return told
