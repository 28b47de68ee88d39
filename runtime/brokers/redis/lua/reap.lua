--- Give back what dead workers held. What was delivered too often is set aside as poison and fails.
-- @key base
-- @arg maxDeliveries
-- @arg limit
-- @reply            how many; whether a slice was left
-- @include time
-- @include rare
-- @include tell
-- @include lists
-- @include wake
-- @include ready
-- @include cascade
-- @include ended
-- @include lone
-- @include facts
-- @include dead
-- @include revoke
-- @include slices
local most, given = tonumber(limit), 0
counted = true

--- A call that workers die under fails, and the evidence is kept.
local function poison(text, node, deliveries)
  local id, index = match(node, '^(%S+) (%S+)')
  local reply, keep, task = loneFacts(text)
  call('HSET', base .. 'aside', node, table.concat({ task, 'poison', deliveries, now, '' }, '\31') .. '\n' .. text)
  local run, lost = open(id), outcomeOf('FAILURE', '%lost')
  if run then record(run, index, lost, { edges = match(text, '^[^\n]*\n([^\n]*)') })
  else endLone(id, lost, reply, keep) end
end

local chances = 0

--- Those that died together would die together again, and the innocent with the guilty: the last chance is had alone.
local function chanceOf(deliveries)
  if deliveries < 2 or deliveries + 1 < tonumber(maxDeliveries) then return 0 end
  chances = chances + 1
  return (chances - 1) * 1000
end

local function redeliver(text)
  if endIfOver(text) then return end
  local node = match(text, '^%S+ %d+')
  if not node then return keepUnreadable(text) end
  local deliveries = call('HINCRBY', base .. 'deliveries', node, 1)
  if deliveries < tonumber(maxDeliveries) then putBack(text, fronts, chanceOf(deliveries)) else poison(text, node, deliveries) end
end

for _, worker in ipairs(call('ZRANGEBYSCORE', base .. 'workers', '-inf', now, 'LIMIT', 0, 16)) do
  local holding = base .. 'held:' .. worker
  local some = given < most and call('HRANDFIELD', holding, math.min(most - given, 1000), 'WITHVALUES') or {}
  for i = 1, #some, 2 do
    call('HDEL', holding, some[i])
    redeliver(some[i + 1])
    given = given + 1
  end
  -- The worker hears of it when it comes back.
  if #some > 0 then call('SET', base .. 'reaped:' .. worker, 1, 'PX', 3600000) end
  if call('EXISTS', holding) == 0 then
    call('ZREM', base .. 'workers', worker)
    call('DEL', base .. 'worker:' .. worker)
  end
end
return { given, finish() }
