--- Plans on their way in, read from the script's arguments by `take`.
-- @needs base call now take open runs pushesTo tails postpone within ready budget wake
local function append(run, field, text)
  if text == '' then return end
  local before = call('HGET', run.key, field)
  call('HSET', run.key, field, (before and before ~= '') and (before .. '\n' .. text) or text)
end

--- Fields of a hash in batches: each value is one of the next arguments.
local function storePairs(key, count, prefix)
  local batch = {}
  for _ = 1, count do
    batch[#batch + 1] = prefix .. take()
    batch[#batch + 1] = take()
    if #batch >= 2000 then
      call('HSET', key, unpack(batch))
      batch = {}
    end
  end
  if #batch > 0 then call('HSET', key, unpack(batch)) end
end

local function storeNames(run)
  for _ = 1, tonumber(take()) do
    local alias, index = take(), take()
    call('SET', base .. 'alias:' .. alias, run.id .. ' ' .. index)
    append(run, 'aliases', alias)
  end
  local stamps = {}
  for _ = 1, tonumber(take()) do
    local stamp, index = take(), take()
    local key = base .. 'stamp:' .. stamp
    call('ZREMRANGEBYSCORE', key, '-inf', now)
    call('ZADD', key, '+inf', run.id .. ' ' .. index)
    call('PERSIST', key)
    stamps[#stamps + 1] = stamp .. '\n' .. index .. '\n'
  end
  append(run, 'stamps', table.concat(stamps))
  for _ = 1, tonumber(take()) do
    local at, index = take(), take()
    call('ZADD', base .. 'expiring', at, run.id .. ' ' .. index)
  end
end

--- Members that came to joins, and how many ends they add; the last part ends the wait for more.
local function storeGrown(run, last)
  local joins = {}
  for _ = 1, tonumber(take()) do
    local join, members, count = take(), take(), take()
    local before = call('HGET', run.key, 'grown:' .. join)
    if members ~= '' then call('HSET', run.key, 'grown:' .. join, before and (before .. ' ' .. members) or members) end
    call('HINCRBY', run.key, 'left:' .. join, count)
    if last then joins[#joins + 1] = join end
  end
  return joins
end

--- Adds the nodes that follow in the arguments. `begin` takes the calls that can start, in stretches: the queue, the priority and the
--- delay that all of one have, and how many there are, whose texts follow. Without it nothing starts.
local function addNodes(run, parts, begin)
  local callbacks = parts.callbacks
  call('HINCRBY', run.key, 'open', parts.size)
  run.next = math.max(run.next, parts.from + parts.size)
  run.keep = math.max(tonumber(run.keep), parts.keep)
  call('HSET', run.key, 'next', run.next, 'keep', string.format('%.0f', run.keep))
  append(run, 'shape', take())
  if callbacks ~= '' then
    run.callbacks = run.callbacks == '' and callbacks or (run.callbacks .. ' ' .. callbacks)
    call('HSET', run.key, 'callbacks', run.callbacks)
  end
  local roots = take()
  if roots ~= '' then call('HSET', run.key, 'roots', (call('HGET', run.key, 'roots') or '') .. roots) end
  run.roots = nil
  storePairs(run.plan, tonumber(take()), '')
  storePairs(run.key, tonumber(take()), 'left:')
  storeNames(run)
  local settled = {}
  for i = 1, tonumber(take()) do settled[i] = take() end
  for _ = 1, tonumber(take()) do
    local queue, priority, delay, count = take(), take(), take(), tonumber(take())
    if begin then begin(queue, priority, delay, count) else for _ = 1, count do take() end end
  end
  -- A join over nothing that starts a callback ends when the callback is called, not before.
  for _, index in ipairs(settled) do
    if not within(run.callbacks, index) then ready(run, index, '') end
  end
end

--- What waits for a time first. Whoever waits was told how long before this came.
local function startLater(text, delay)
  postpone(text, tonumber(delay))
  local node, queue = string.match(text, '^(%S+ %S+) (%S+)')
  if call('ZRANGE', base .. 'delayed', 0, 0)[1] == node then wake(queue) end
end

--- What is new goes to the tail of its queue.
local function startAtTail(queue, priority, delay, count)
  local list = delay == '0' and pushesTo(tails, queue, priority)
  for _ = 1, count do
    if list then list[#list + 1] = take() else startLater(take(), delay) end
  end
end

--- A run with nothing in it yet.
local function create(id, result, reply, keep)
  local key = base .. 'run:' .. id
  -- A run without a call has nothing that says how long to keep it: a day.
  if tonumber(keep) <= 0 then keep = 86400000 end
  call('HSET', key, 'open', 0, 'result', result, 'reply', reply, 'keep', keep, 'next', 0)
  runs[id] = nil
  return open(id)
end
