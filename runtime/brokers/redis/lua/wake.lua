--- Wake one idle worker per queue.
-- @key base
-- @rest take        queues
-- @reply            nothing
-- @include time
-- @include lists
-- @include wake
for queue in take do wake(queue) end
