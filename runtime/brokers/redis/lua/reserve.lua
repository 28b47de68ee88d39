--- Indices for further nodes of a run; the first of them. A lone run's own node is 0.
-- @key base
-- @arg id
-- @arg count
-- @reply            the first index
local key = base .. 'run:' .. id
if redis.call('HEXISTS', key, 'next') == 0 then return 1 end
return redis.call('HINCRBY', key, 'next', count) - count
