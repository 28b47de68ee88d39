--- Delayed calls that are due go to the tail of their queue.
-- @needs base call now put tails
local function promoteDue(limit)
  local nodes = call('ZRANGEBYSCORE', base .. 'delayed', '-inf', now, 'LIMIT', 0, limit)
  if #nodes == 0 then return 0 end
  local texts = call('HMGET', base .. 'delayed:messages', unpack(nodes))
  call('ZREM', base .. 'delayed', unpack(nodes))
  call('HDEL', base .. 'delayed:messages', unpack(nodes))
  for _, text in ipairs(texts) do
    if text then
      local queue, priority = string.match(text, '^%S+ %S+ (%S+) (%d+)')
      put(tails, queue, priority, text)
    end
  end
  return #nodes
end
