--- Count the followers of a run: while there is one, the end of every node is told.
-- @key base
-- @arg id
-- @arg change       1 or -1
-- @reply            nothing
if redis.call('HINCRBY', base .. 'followers', id, change) <= 0 then redis.call('HDEL', base .. 'followers', id) end
