--- Make due delayed calls ready, end what has expired, revoke fan-outs that were left open, and go on with slices.
-- @key base
-- @arg limit
-- @reply            how many; whether a slice was left
-- @include time
-- @include rare
-- @include tell
-- @include lists
-- @include wake
-- @include ready
-- @include due
-- @include cascade
-- @include revoke
-- @include slices
local most = tonumber(limit)
local done = promoteDue(math.min(most, 1000))

local function takeDue(key)
  local found = call('ZRANGEBYSCORE', base .. key, '-inf', now, 'LIMIT', 0, math.min(most, 500))
  if #found > 0 then call('ZREM', base .. key, unpack(found)) end
  done = done + #found
  return found
end

for _, node in ipairs(takeDue('expiring')) do
  local id, index = match(node, '^(%S+) (%S+)')
  local run = open(id)
  if run and call('HEXISTS', run.outcomes, index) == 0 then
    -- What runs may end; given back, it does not start again.
    if heldNodes()[node] then call('HSET', run.key, 'expired:' .. index, 1)
    else
      bury(id)
      revokeNode(run, index, 'expired', false)
    end
  end
end

--- A join that is submitted as it comes has no end to its region; nobody will seal it now.
local function seal(run)
  local nodes = call('HGETALL', run.plan)
  for i = 2, #nodes, 2 do
    if match(nodes[i], '^join %S+ %S+ %d+ 9007199254740991\n') then countDown(run, nodes[i - 1]) end
  end
end

for _, id in ipairs(takeDue('opening')) do
  local run = open(id)
  if run then
    call('HSET', run.key, 'revoked', 1)
    run.revoked = '1'
    later[#later + 1] = { run = run, from = 0, till = run.next, how = 'revoked', terminate = false }
    -- Before the seal: a join must not succeed with the members that happened to come.
    while budget > 0 and #later > 0 do revokeSome(table.remove(later)) end
    seal(run)
  end
end

call('ZREMRANGEBYSCORE', base .. 'cancelled', '-inf', now)
local slice = call('LPOP', base .. 'slices')
if slice then
  resume(slice)
  done = done + 1
end
return { done, math.max(finish(), call('EXISTS', base .. 'slices')) }
