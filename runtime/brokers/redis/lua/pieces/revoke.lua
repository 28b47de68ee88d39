--- Nodes that must not start any more. They are ended highest first: so none of them is ended by another's failure.
-- @needs base call now graves tell open record edgesOf within outcomeOf later
local held

--- Who runs what, over all workers: node -> worker. Read once per script.
local function heldNodes()
  if held then return held end
  held = {}
  for _, worker in ipairs(call('ZRANGE', base .. 'workers', 0, -1)) do
    for _, text in ipairs(call('HVALS', base .. 'held:' .. worker)) do held[string.match(text, '^%S+ %S+') or text] = worker end
  end
  return held
end

--- Messages of this run that are still queued may be dead: whoever claims them looks.
local function bury(id)
  call('ZADD', base .. 'cancelled', now + 2592000000, id)
  graves = true
end

--- A node that waits for a time, or was set aside, does not any more.
local function unqueue(node)
  if call('ZREM', base .. 'delayed', node) == 1 then call('HDEL', base .. 'delayed:messages', node) end
  call('HDEL', base .. 'aside', node)
end

local function revokeNode(run, index, how, terminate)
  local node = run.id .. ' ' .. index
  local worker = heldNodes()[node]
  if worker and not terminate then return end
  local edges, join = edgesOf(run, index)
  if not edges or not record(run, index, outcomeOf('REVOKED', '%' .. how), { edges = edges, join = join }) then return end
  if worker then tell('worker:' .. worker, 'cancel ' .. node) else unqueue(node) end
end

--- The top of a region; what is left of it goes back on the list.
local function revokeSome(region)
  local run, size = region.run, 250
  local from = math.max(region.from, region.till - size)
  if from > region.from then
    later[#later + 1] = { run = run, from = region.from, till = from, how = region.how, terminate = region.terminate }
  end
  local names, fields = {}, {}
  for index = region.till - 1, from, -1 do
    names[#names + 1] = tostring(index)
    fields[#fields + 1] = 'below:' .. index
  end
  if #names == 0 then return end
  local below, ended = call('HMGET', run.key, unpack(fields)), call('HMGET', run.outcomes, unpack(names))
  for i, index in ipairs(names) do
    if not within(run.callbacks, index) then
      local first, till = string.match(below[i] or '', '^(%d+) (%d+)$')
      if first then
        later[#later + 1] = { run = run, from = tonumber(first), till = tonumber(till), how = region.how, terminate = region.terminate }
      end
      if not ended[i] then revokeNode(run, index, region.how, region.terminate) end
    end
  end
  bury(run.id)
end
