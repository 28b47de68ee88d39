--- Settle what a worker has finished and claim what it has room for, in one round trip.
-- @key base
-- @arg worker
-- @arg lease        ms from now
-- @arg space        how many calls it has room for
-- @arg turn         makes this exchange's tickets unlike any other's
-- @arg known        tickets the worker knows it holds and turns it waits for, if it is to be relieved of any other; "*" if not
-- @rest take        queues: count, then names; moves: count, tickets, then each as its kind and fields
-- @reply            moves as letters (o ok, l lost); ms until delayed work is due, or ""; whether a slice was left; the tickets' beginning; messages
-- @include time
-- @include tell
-- @include ready
-- @include due
-- @include cascade
-- @include revoke
-- @include lone
-- @include dead
-- @include store
-- @include slices
local holding = base .. 'held:' .. worker
-- What one exchange makes ready is handed over at once up to this many.
room = math.min(tonumber(space), chunk)

local queues = {}
for i = 1, tonumber(take()) do
  queues[i] = take()
  served[queues[i]] = true
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

--- The messages behind the moves' tickets; none where the ticket is not, or no longer, this worker's.
local function takeHeld(count)
  local texts, tickets, seen = {}, {}, {}
  for i = 1, count do tickets[i] = take() end
  for from = 1, count, chunk do
    local to = math.min(count, from + chunk - 1)
    local found = call('HMGET', holding, unpack(tickets, from, to))
    for i = from, to do
      texts[i] = not seen[tickets[i]] and found[i - from + 1]
      seen[tickets[i]] = true
    end
    call('HDEL', holding, unpack(tickets, from, to))
  end
  return texts
end

local moves = {}

--- A lone call has ended.
function moves.lone(held)
  local run, keep, reply, outcome = match(take(), '^(%S+) (%S+) (%S*)\n(.*)$')
  if held then endLone(run, outcome, reply, keep) end
end

function moves.settle(held)
  local id, index, edges, outcome, given = take(), take(), take(), take(), take()
  local run = held and open(id)
  if run then record(run, index, outcome, { edges = edges, given = given ~= '' and given or nil }) end
end

function moves.retry(held)
  local text, delay = take(), tonumber(take())
  if held and not endIfRevoked(text) then putBack(text, tails, delay) end
end

function moves.release(held)
  local text, delay = take(), tonumber(take())
  if held and not endIfRevoked(text) then putBack(text, fronts, delay) end
end

function moves.setAside(held)
  local text, task, reason, refusedBy = take(), take(), take(), take()
  if not held or endIfRevoked(text) then return end
  local node = string.match(text, '^%S+ %d+')
  if not node then return keepUnreadable(text) end
  local deliveries = counted and call('HGET', base .. 'deliveries', node) or 0
  call('HSET', base .. 'aside', node, table.concat({ task, reason, deliveries, now, refusedBy }, '\31') .. '\n' .. text)
end

function moves.replace(held)
  local id, index, reply, keep = take(), take(), take(), take()
  local from, size, longest, callbacks, fields = tonumber(take()), tonumber(take()), take(), take(), tonumber(take())
  local run = held and not endIfRevoked(held) and open(id)
  if held and not run and keep ~= '' and call('EXISTS', base .. 'result:' .. id) == 0 then
    run = create(id, '0', reply, keep)
    call('HSET', run.key, 'open', 1)
    run.next = 1
  end
  if not run or call('HEXISTS', run.outcomes, index) == 1 then
    for _ = 1, fields do take() end
    return
  end
  call('HSET', run.plan, index, string.match(held, '^[^\n]*\n[^\n]*'))
  call('HSET', run.key, 'below:' .. index, from .. ' ' .. (from + size))
  -- What replaces a callback belongs to the callback.
  if within(run.callbacks, index) then callbacks = from .. '-' .. (from + size - 1) end
  addNodes(run, { from = from, size = size, callbacks = callbacks, keep = tonumber(longest) }, start)
end

local count = tonumber(take())
local texts, replies = takeHeld(count), {}
budget = budget + count
for i = 1, count do
  moves[take()](texts[i])
  replies[i] = texts[i] and 'o' or 'l'
end

local first = call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2]
if first and tonumber(first) <= now then
  promoteDue(1000)
  first = call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2]
end
local more = finish()

--- Fills what room is left from the queues, best first.
local claims, most = withoutDead(fresh), tonumber(space)
local function fill(queue)
  local pop = { 'LMPOP', 10 }
  for priority = 9, 0, -1 do pop[#pop + 1] = base .. 'queue:' .. queue .. ':' .. priority end
  pop[13], pop[14] = 'LEFT', 'COUNT'
  while #claims < most do
    pop[15] = math.min(most - #claims, chunk)
    local found = call(unpack(pop))
    if not found then return end
    for _, text in ipairs(withoutDead(found[2])) do claims[#claims + 1] = text end
  end
  if most > 0 and call('EXISTS', unpack(pop, 3, 12)) > 0 then wake(queue) end
end
for _, queue in ipairs(queues) do fill(queue) end
if next(runs) or next(told) then more = math.max(more, finish()) end

local prefix = now .. '-' .. turn .. '-'
local due = first and math.max(0, math.ceil(tonumber(first) - now)) or ''
local reply = { table.concat(replies), tostring(due), more, prefix }
for from = 1, #claims, chunk do
  local leased = {}
  for i = from, math.min(#claims, from + chunk - 1) do
    leased[#leased + 1] = prefix .. i
    leased[#leased + 1] = claims[i]
    reply[i + 4] = claims[i]
  end
  call('HSET', holding, unpack(leased))
end
call('ZADD', base .. 'workers', now + lease, worker)
return reply
