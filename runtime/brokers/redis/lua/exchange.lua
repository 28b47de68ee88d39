--- Settle what a worker has finished and claim what it has room for, in one round trip.
-- @key base
-- @arg worker
-- @arg lease        ms from now
-- @arg space        how many calls it has room for
-- @arg turn         makes this exchange's tickets unlike any other's
-- @arg known        tickets the worker knows it holds and turns it waits for, if it is to be relieved of any other; "*" if not
-- @arg ahead        how many calls it would run ahead, of those that follow one it is given
-- @arg offer        ms for which it may be handed a call, if it gets none now; 0 if it is not to be
-- @arg names        of the queues it serves, best first
-- @arg tickets      of the moves: a line for those that begin alike, their beginning, and how each goes on
-- @rest take        the moves, in groups: kind, what they share, and each
-- @reply            moves as letters (o ok, l lost), none where none is lost; ms until delayed work is due, or ""; whether a slice was left; the tickets' beginning; the messages; for those that may be run ahead of, a list: which, and what follows
-- @include time
-- @include rare
-- @include lists
-- @include waiting
-- @include alone
-- @include wake
-- @include held
-- @include plain
-- @include tell
-- @include ended
-- @include lone
-- @include ready
-- @include due
-- @include cascade
-- @include revoke
-- @include facts
-- @include dead
-- @include store
-- @include slices
-- What one exchange makes ready is handed over at once up to this many.
fresh, served, room = claims, serves, math.min(tonumber(space), chunk)

local moves = {}

function moves.lone()
  local reply, keep, count, ends = take(), take(), tonumber(take()), take()
  local nextEnd = endsIn(ends)
  for _ = 1, count do
    local run, outcome = nextEnd()
    if nextHeld() then endLone(run, outcome, reply, keep) end
  end
end

--- Where runs may have been revoked, each is asked after.
moves.ignored = moves.lone

--- Calls of one run with the same edges have ended.
function moves.settle()
  local id, edges, given, count = take(), take(), take(), tonumber(take())
  local run = open(id)
  local members = run and string.find(edges, '^j%d+$') and not (counted or timed or followed) and {}
  for _ = 1, count do
    local index, outcome = take(), take()
    if not nextHeld() or not run then
    elseif members and string.sub(outcome, 1, 8) == 'SUCCESS ' and index ~= run.result then
      members[#members + 1] = index
      members[#members + 1] = outcome
    else record(run, index, outcome, { edges = edges, given = given == '=' and valueOf(outcome) or given ~= '' and given or nil }) end
  end
  if members and #members > 0 then recordMembers(run, string.sub(edges, 2), members) end
end

--- A call has ended, and so have those that follow it one by one, ahead of their turn.
function moves.row()
  local id, edges, given, count = take(), take(), take(), tonumber(take())
  local first, outcome = take(), take()
  local run, held, before = open(id), nextHeld(), { edges = edges, given = given }
  local parts = before
  early = early or {}
  for i = 2, count do
    local index, later = take(), take()
    before.edges, before.given = 'n' .. index, '='
    before = { outcome = later, edges = edges, given = given }
    if held and run then early[id .. ' ' .. index] = before end
  end
  if held and run then recordEarly(run, first, outcome, parts) end
end

function moves.retry()
  local text, delay = take(), tonumber(take())
  if nextHeld() and not endIfOver(text) then putBack(text, tails, delay) end
end

function moves.release()
  local text, delay = take(), tonumber(take())
  if nextHeld() and not endIfOver(text) then putBack(text, fronts, delay) end
end

function moves.setAside()
  local text, task, reason, refusedBy = take(), take(), take(), take()
  if not nextHeld() or endIfOver(text) then return end
  local node = string.match(text, '^%S+ %d+')
  if not node then return keepUnreadable(text) end
  local deliveries = counted and call('HGET', base .. 'deliveries', node) or 0
  call('HSET', base .. 'aside', node, table.concat({ task, reason, deliveries, now, refusedBy }, '\31') .. '\n' .. text)
end

local function startEach(_, _, _, count)
  for _ = 1, count do start(take()) end
end

function moves.replace()
  local id, index, edges, reply, keep = take(), take(), take(), take(), take()
  local from, size, longest, callbacks, fields = tonumber(take()), tonumber(take()), take(), take(), tonumber(take())
  local text = id .. ' ' .. index .. '\n' .. edges
  local alive = nextHeld() and not endIfRevoked(text)
  local run = alive and open(id)
  if alive and not run and keep ~= '' and not loneOutcome(id) then
    run = create(id, '0', reply, keep)
    call('HSET', run.key, 'open', 1)
    run.next = 1
  end
  if not run or call('HEXISTS', run.outcomes, index) == 1 then
    for _ = 1, fields do take() end
    return
  end
  call('HSET', run.plan, index, text)
  call('HSET', run.key, 'below:' .. index, from .. ' ' .. (from + size))
  -- What replaces a callback belongs to the callback.
  if within(run.callbacks, index) then callbacks = from .. '-' .. (from + size - 1) end
  addNodes(run, { from = from, size = size, callbacks = callbacks, keep = tonumber(longest) }, startEach)
end

budget = budget + #owned
local rest = { at = at, place = place }
for _, group in ipairs(left) do
  at, place = group.at, group.place
  moves[take()]()
end
at, place = rest.at, rest.place
for kind in take do moves[kind]() end

local function lookAhead()
  due = delayed and tonumber(call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2])
end
lookAhead()
if due and due <= now then
  promoteDue(1000)
  lookAhead()
end
local more = finish()

claims = withoutDead(fresh)
if #claims < #fresh then shown, behind = {}, {} end
for place, pure in pairs(behind) do show(pure[1], place, pure[2], pure[3]) end
claims = fill(claims, withoutDead)
if next(runs) or next(told) then more = math.max(more, finish()) end
wait = due and tostring(math.max(0, math.ceil(due - now))) or ''
return handOver(claims, more)
