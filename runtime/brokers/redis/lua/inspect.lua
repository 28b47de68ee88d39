--- Read a run's nodes and states.
-- @key base
-- @arg id
-- @reply            fields of the run; then lists: leased as worker, ticket, message; delayed as due, message, both without arguments; aside as node, record; progress; whether outcomes are many; outcomes
local call = redis.call
local fields = call('HMGET', base .. 'run:' .. id, 'result', 'open', 'next', 'shape')
local mine = id .. ' '

--- A message without its arguments, which may be large.
local function headOf(text) return text and string.match(text, '^[^\n]*\n[^\n]*\n[^\n]*') or '' end

--- What a worker holds may be large in all, so it is looked at in batches.
local leased = {}
for _, worker in ipairs(call('ZRANGE', base .. 'workers', 0, -1)) do
  local tickets = call('HKEYS', base .. 'held:' .. worker)
  for from = 1, #tickets, 50 do
    local held = call('HMGET', base .. 'held:' .. worker, unpack(tickets, from, math.min(#tickets, from + 49)))
    for i, text in ipairs(held) do
      if string.sub(text, 1, #mine) == mine then
        leased[#leased + 1], leased[#leased + 2], leased[#leased + 3] = worker, tickets[from + i - 1], headOf(text)
      end
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
local result = call('GET', base .. 'result:' .. id)
return { fields, leased, delayed, aside, progress, many and 1 or 0, outcomes, result }
