--- Read a run's nodes and states.
-- @key base
-- @arg id
-- @reply            fields of the run; then lists: leased as worker, ticket, message; delayed as due, message, both without arguments; aside as node, record; progress; whether outcomes are many; outcomes; the outcome of a lone run; workers that hold too much to be looked at here
-- @include ended
local call = redis.call
local fields = call('HMGET', base .. 'run:' .. id, 'result', 'open', 'next', 'shape')
local mine = id .. ' '

--- A message without its arguments, which may be large.
local function headOf(text) return text and string.match(text, '^[^\n]*\n[^\n]*\n[^\n]*') or '' end

--- The tickets of what a worker holds; none where that is too much to be looked at in one go.
local function ticketsOf(holding)
  if call('HLEN', holding) > 2000 then return nil end
  local tickets, bytes = call('HKEYS', holding), 0
  for _, ticket in ipairs(tickets) do bytes = bytes + call('HSTRLEN', holding, ticket) end
  return bytes < 1000000 and tickets or nil
end

local leased, large = {}, {}
for _, worker in ipairs(call('ZRANGE', base .. 'workers', 0, -1)) do
  local holding = base .. 'held:' .. worker
  local tickets = ticketsOf(holding)
  if not tickets then large[#large + 1] = worker end
  for i, text in ipairs(tickets and #tickets > 0 and call('HMGET', holding, unpack(tickets)) or {}) do
    if string.sub(text, 1, #mine) == mine then
      leased[#leased + 1], leased[#leased + 2], leased[#leased + 3] = worker, tickets[i], headOf(text)
    end
  end
end

--- The run's nodes, in batches.
local function eachBatch(act)
  local last = tonumber(fields[3] or 1) - 1
  for from = 0, last, 1000 do
    local nodes = {}
    for index = from, math.min(last, from + 999) do nodes[#nodes + 1] = mine .. index end
    act(nodes)
  end
end

local delayed, aside = {}, {}
if call('EXISTS', base .. 'delayed') == 1 then
  eachBatch(function(nodes)
    for i, due in ipairs(call('ZMSCORE', base .. 'delayed', unpack(nodes))) do
      if due then
        delayed[#delayed + 1] = due
        delayed[#delayed + 1] = headOf(call('HGET', base .. 'delayed:messages', nodes[i]))
      end
    end
  end)
end
if call('EXISTS', base .. 'aside') == 1 then
  eachBatch(function(nodes)
    for i, record in ipairs(call('HMGET', base .. 'aside', unpack(nodes))) do
      if record then
        aside[#aside + 1] = nodes[i]
        aside[#aside + 1] = record
      end
    end
  end)
end

local progress = call('HGETALL', base .. 'progress:' .. id)
local many = call('HLEN', base .. 'outcomes:' .. id) > 1000
local outcomes = many and {} or call('HGETALL', base .. 'outcomes:' .. id)
local result = loneOutcome(id)
return { fields, leased, delayed, aside, progress, many and 1 or 0, outcomes, result, large }
