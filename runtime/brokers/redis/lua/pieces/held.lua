--- What a worker holds: a hash of messages by ticket. A move that names a ticket which is not there changes nothing.
-- @needs base call now listsOf wake noteWaiting worker lease space turn known offer take
local holding, batch = base .. 'held:' .. worker, 1000
local queues, serves = {}, {}
for i = 1, tonumber(take()) do
  queues[i] = take()
  serves[queues[i]] = true
end

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
local owned, replies, place = {}, {}, 0
for i = 1, tonumber(take()) do owned[i] = call('HDEL', holding, take()) == 1 end

--- Whether the move whose turn it is is this worker's to make.
local function nextHeld()
  place = place + 1
  replies[place] = owned[place] and 'o' or 'l'
  return owned[place]
end

--- Fills what room is left from the queues, best first. `alive` picks those that may start.
local function fill(claims, alive)
  local most = tonumber(space)
  for _, queue in ipairs(queues) do
    local lists, found = listsOf(queue), true
    lists[12] = 'COUNT'
    while found and #claims < most do
      lists[13] = math.min(most - #claims, batch)
      found = call('LMPOP', '10', unpack(lists))
      for _, text in ipairs(found and alive(found[2]) or {}) do claims[#claims + 1] = text end
    end
    if found and most > 0 and call('EXISTS', unpack(lists, 1, 10)) > 0 then wake(queue) end
  end
end

--- Hands messages to the worker, and replies as the exchange does. `due` is when delayed work is.
local function handOver(claims, due, more)
  local prefix = now .. '-' .. turn .. '-'
  local wait = due and tostring(math.max(0, math.ceil(due - now))) or ''
  local reply = { table.concat(replies), wait, more, prefix }
  for from = 1, #claims, batch do
    local leased = {}
    for i = from, math.min(#claims, from + batch - 1) do
      leased[#leased + 1] = prefix .. i
      leased[#leased + 1] = claims[i]
      reply[i + 4] = claims[i]
    end
    call('HSET', holding, unpack(leased))
  end
  -- What it held before, its heartbeat keeps for it.
  if #claims > 0 then call('ZADD', base .. 'workers', now + lease, worker)
  elseif offer ~= '0' then noteWaiting(worker, queues, turn, offer) end
  return reply
end
