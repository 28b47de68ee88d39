--- Store a plan, or a part of one, and make its first nodes ready.
-- @key base
-- @arg id
-- @arg chosen       1 where the user chose the id
-- @arg part         first, more, last, or empty; lone for calls without a plan
-- @arg from         the first index this adds
-- @arg size         how many nodes
-- @arg result       the index of the run's result
-- @arg client       whom to tell
-- @arg keep         ms
-- @arg callbacks    ranges
-- @rest take        the joins that grow; then the nodes, as `store` reads them
-- @reply            ok or duplicate; whether a slice was left
-- @include time
-- @include rare
-- @include tell
-- @include lists
-- @include wake
-- @include ready
-- @include cascade
-- @include revoke
-- @include store
-- @include slices
-- @include ended
local further = part == 'more' or part == 'last'
local run = open(id)
if further and not run then return { 'duplicate', 0 } end
if chosen == '1' and (run or loneOutcome(id) or call('EXISTS', base .. 'alias:' .. id) == 1) then return { 'duplicate', 0 } end

-- Lone calls that wait for a time: only their messages count.
if part == 'lone' then
  local texts = {}
  for text in take do texts[#texts + 1] = text end
  startLater(texts[#texts], string.match(texts[#texts], '^%S+ %S+ %S+ %d+ (%d+)'))
  return { 'ok', finish() }
end

if not further then run = create(id, result, client, keep) end
local growing = storeGrown(run, part == 'last')
local before = run.next
addNodes(run, { from = tonumber(from), size = tonumber(size), callbacks = callbacks, keep = tonumber(keep) }, not run.revoked and startAtTail)
if run.revoked then later[#later + 1] = { run = run, from = math.min(tonumber(from), before), till = run.next, how = 'revoked', terminate = false } end
if part == 'first' or part == 'more' then call('ZADD', base .. 'opening', now + 60000, id)
elseif part == 'last' then
  call('ZREM', base .. 'opening', id)
  for _, join in ipairs(growing) do countDown(run, join) end
end
return { 'ok', finish() }
