--- What a worker holds: a hash of messages by ticket. A move that names a ticket which is not there changes nothing.
-- @needs base call now listsOf wake noteWaiting worker lease space turn known offer tickets holding queues prefix wait shown
local batch = 1000

--- What it holds without knowing, because a reply was lost on the way, is left for others as a dead worker's.
if known ~= '*' then
  local has = {}
  for ticket in string.gmatch(known, '%S+') do has[ticket] = true end
  for _, ticket in ipairs(call('HKEYS', holding)) do
    if not has[ticket] and not has[string.match(ticket, '%-(%w+)%-')] then
      call('HSET', holding .. '~lost', ticket, call('HGET', holding, ticket))
      call('HDEL', holding, ticket)
      call('ZADD', base .. 'workers', 0, worker .. '~lost')
    end
  end
end

--- Whether the moves' tickets are this worker's; none is any more. One by one: what hands back the messages takes longer.
local owned, place, late = {}, 0, false
for beginning, ends in string.gmatch(tickets, '(%S*)([^\n]*)\n?') do
  for word in string.gmatch(ends, '%S+') do
    local ours = call('HDEL', holding, beginning .. word) == 1
    place = place + 1
    owned[place] = ours
    late = late or not ours
  end
end
place = 0

--- Whether the move whose turn it is is this worker's to make.
local function nextHeld()
  place = place + 1
  return owned[place]
end

--- A letter for each move, where one was lost.
local function letters()
  if not late then return '' end
  local each = {}
  for i, ours in ipairs(owned) do each[i] = ours and 'o' or 'l' end
  return table.concat(each)
end

--- Fills what room is left from the queues, best first, and gives back all claims. `alive` picks those that may start.
local function fill(claims, alive)
  local most = tonumber(space)
  for _, queue in ipairs(queues) do
    local lists, found = listsOf(queue), true
    lists[12] = 'COUNT'
    while found and #claims < most do
      lists[13] = math.min(most - #claims, batch)
      found = call('LMPOP', '10', unpack(lists))
      if found and #claims == 0 then claims = alive(found[2])
      else for _, text in ipairs(found and alive(found[2]) or {}) do claims[#claims + 1] = text end end
    end
    if found and most > 0 and call('EXISTS', unpack(lists, 1, 10)) > 0 then wake(queue) end
  end
  return claims
end

--- Hands messages to the worker, and replies as the exchange does.
local function handOver(claims, more)
  for from = 1, #claims, batch do
    local leased, size = {}, 0
    for i = from, math.min(#claims, from + batch - 1) do
      leased[size + 1], leased[size + 2] = prefix .. i, claims[i]
      size = size + 2
    end
    call('HSET', holding, unpack(leased))
  end
  -- What it held before, its heartbeat keeps for it.
  if #claims > 0 then call('ZADD', base .. 'workers', now + lease, worker)
  elseif offer ~= '0' then noteWaiting(worker, queues, turn, offer) end
  return { letters(), wait, more, prefix, claims, shown }
end
