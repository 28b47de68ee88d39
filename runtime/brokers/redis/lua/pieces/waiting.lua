--- Workers that wait.
-- @needs base call now
--- Notes that a worker waits for queues. The turn is that of the ticket it may be handed; empty where it is only to be woken.
local function noteWaiting(worker, queues, turn, ms)
  call('SET', base .. 'waiting:' .. worker, turn, 'PX', ms)
  -- Who has nothing to do goes before those that only have room for more.
  local till = string.format('%.0f', now + ms + (turn == '' and 0 or 86400000))
  for _, queue in ipairs(queues) do
    local idle = base .. 'idle:' .. queue
    call('ZADD', idle, till, worker)
    call('PEXPIRE', idle, '3600000')
  end
end
