--- Note that a worker waits to be woken up; where there is work already, or will be sooner than it waits, it is at once.
-- @key base
-- @arg worker
-- @arg ms           how long it waits
-- @rest take        queues
-- @reply            nothing
-- @include time
-- @include lists
-- @include waiting
local queues, first = {}, call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2]
-- It was told when delayed work is due; but for the time that word took, this came later.
local news = first and tonumber(first) < now + ms - 100
for queue in take do
  queues[#queues + 1] = queue
  news = news or call('EXISTS', unpack(listsOf(queue), 1, 10)) > 0
end
if news then
  call('RPUSH', base .. 'hand:' .. worker, '')
  call('PEXPIRE', base .. 'hand:' .. worker, '60000')
else noteWaiting(worker, queues, '', ms) end
