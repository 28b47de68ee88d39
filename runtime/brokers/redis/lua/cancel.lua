--- End a run, or a node of it: what waits is revoked, what runs is told if `terminate` is set.
-- @key base
-- @arg id
-- @arg index        a node, or empty for the whole
-- @arg terminate    1 or 0
-- @reply            ok or finished; whether a slice was left
-- @include time
-- @include rare
-- @include tell
-- @include lists
-- @include wake
-- @include ready
-- @include cascade
-- @include revoke
-- @include ended
-- @include lone
-- @include facts
-- @include slices
local stop = terminate == '1'

local function cancelLone()
  if loneOutcome(id) then return 'finished' end
  bury(id)
  local node = id .. ' 0'
  local worker = heldNodes()[node]
  if worker and not stop then return 'ok' end
  local text = call('HGET', base .. 'delayed:messages', node) or call('HGET', base .. 'aside', node)
  if worker then
    tell('worker:' .. worker, 'cancel ' .. node)
    for _, message in ipairs(call('HVALS', base .. 'held:' .. worker)) do
      if string.sub(message, 1, #node + 1) == node .. ' ' then text = message end
    end
  elseif text and string.sub(text, 1, #node) ~= node then text = match(text, '\n(.*)$') end
  unqueue(node)
  local reply, keep = loneFacts(text or '')
  endLone(id, outcomeOf('REVOKED', '%revoked'), reply, keep)
  return 'ok'
end

local function cancelNode(run)
  if call('HEXISTS', run.outcomes, index) == 1 then return 'finished' end
  call('HSET', run.key, 'revoked:' .. index, 1)
  later[1] = { run = run, from = tonumber(index), till = tonumber(index) + 1, how = 'revoked', terminate = stop }
  local from, till = match(call('HGET', run.plan, index) or '', '^join %S+ %S+ (%d+) (%d+)')
  if from then
    later[2] = { run = run, from = tonumber(from), till = math.min(tonumber(till), run.next), how = 'revoked', terminate = stop }
  end
  return 'ok'
end

local function cancelRun(run)
  if call('HGET', run.key, 'open') == '0' then return 'finished' end
  if index ~= '' and index ~= run.result then return cancelNode(run) end
  call('HSET', run.key, 'revoked', 1)
  run.revoked = '1'
  later[1] = { run = run, from = 0, till = run.next, how = 'revoked', terminate = stop }
  return 'ok'
end

local run = open(id)
local reply
if run then reply = cancelRun(run) else reply = cancelLone() end
return { reply, finish() }
