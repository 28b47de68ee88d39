--- Tell how far a running node has come.
-- @key base
-- @arg id
-- @arg index
-- @arg progress     JSON
-- @reply            nothing
local call = redis.call
call('HSET', base .. 'progress:' .. id, index, progress)
-- It goes with its run; a lone run's does so by itself.
call('PEXPIRE', base .. 'progress:' .. id, 86400000)
call('PUBLISH', base .. 'follow:' .. id, 'progress ' .. id .. ' ' .. index .. '\n' .. progress)
