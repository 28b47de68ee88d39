--- The moves that nearly all are, made with nearly nothing: lone calls end, a step of a chain is followed by the next, members
--- of a join end while it waits for more. Most exchanges end here. What plans need besides is made below: some forty
--- functions, anew for every script that runs, which cost several times what these moves do.
-- @needs base call now take at args space serves batch timed counted followed graves delayed due gravesOf owned place nextHeld fill handOver nextOf show
local claims, plain = {}, not counted and not followed
if due and due <= now then plain = false end

--- Runs and outcomes of one text, in turn.
local function endsIn(text)
  local find, sub, from = string.find, string.sub, 1
  return function()
    local to = find(text, '\30', from, true)
    local till = find(text, '\30', to + 1, true) or #text + 1
    local run = sub(text, from, to - 1)
    from = till + 1
    return run, sub(text, to + 1, till - 1)
  end
end

--- Lone calls of one client have ended. It is told of all at once, and mostly as they were told here. Outcomes are a key each, but
--- siblings whom nobody wants `share` a hash (see `ended`): it costs a third, and nothing of theirs can be there already.
local function endLones(share)
  local reply, keep, count, ends = take(), take(), tonumber(take()), take()
  local nextEnd, ended, size, same, results = endsIn(ends), {}, 0, true, base .. 'result:'
  for _ = 1, count do
    local run, outcome = nextEnd()
    if nextHeld() and (share or call('SET', results .. run, outcome, 'NX', 'PX', keep)) then
      -- A large outcome is told without its text: whoever wants it reads it.
      same = same and #outcome < 8192
      ended[size + 1], ended[size + 2] = run, #outcome < 8192 and outcome or ''
      size = size + 2
    else same = false end
  end
  if size == 0 then return end
  if share then
    local key = base .. 'ended:' .. string.sub(ended[1], 1, -3)
    call('HSET', key, unpack(ended))
    if call('PTTL', key) < tonumber(keep) then call('PEXPIRE', key, keep) end
  end
  if not same then ends = table.concat(ended, '\30') end
  call('PUBLISH', base .. 'reply:' .. reply, 'ended\30' .. ends)
end

--- Whether all of a group have succeeded, and are none that anybody waits for.
local function areCommon(count, result)
  local sub = string.sub
  for i = at + 1, at + 2 * count, 2 do
    if args[i] == result or sub(args[i + 1], 1, 8) ~= 'SUCCESS ' then return false end
  end
  return true
end

--- Whether none of a group has ended, and another neither.
local function areOpen(outcomes, count, other)
  local indices, size = { other }, other and 1 or 0
  for i = 1, count do indices[size + i] = args[at + 2 * i - 1] end
  for _, ended in ipairs(call('HMGET', outcomes, unpack(indices))) do
    if ended then return false end
  end
  return true
end

--- Notes that a group's calls have ended, as they stand in the arguments, under so many tickets. Replies how many are new.
local function note(id, count, held)
  local new = call('HSET', base .. 'outcomes:' .. id, unpack(args, at + 1, at + 2 * count))
  for i = 1, timed and count or 0 do call('ZREM', base .. 'expiring', id .. ' ' .. args[at + 2 * i - 1]) end
  for _ = 1, held do nextHeld() end
  call('HINCRBY', base .. 'run:' .. id, 'open', -new)
  at = at + 2 * count
  return new
end

--- A step of a chain, or several in a row: the next goes to this worker. Replies whether that was all there is to do.
local function endRow(id, edges, given, count)
  local to, last = nextOf(edges)
  local result, open, revoked = unpack(call('HMGET', base .. 'run:' .. id, 'result', 'open', 'revoked'))
  if not to or not open or tonumber(open) <= count or revoked or #claims >= tonumber(space) then return false end
  if not owned[place + 1] or not areCommon(count, result) then return false end
  local text = call('HGET', base .. 'plan:' .. id, to)
  local queue, delay = string.match(text or '', '^%S+ %d+ (%S+) %d+ (%d+)\n')
  if delay ~= '0' or not serves[queue] or not areOpen(base .. 'outcomes:' .. id, count, to) then return false end
  local index, outcome = args[at + 2 * count - 1], args[at + 2 * count]
  if given == '=' then given = string.match(outcome, '^[^\n]*\n!?([^\n]*)') elseif given == '' then given = '&' .. index end
  claims[#claims + 1] = text .. '\n' .. given
  if last then show(id, #claims, to, last) end
  note(id, count, 1)
  return true
end

--- Members of a join that waits for more than these. Replies whether that was all there is to do.
local function endMembers(id, join, count)
  local result, open, left = unpack(call('HMGET', base .. 'run:' .. id, 'result', 'open', 'left:' .. join))
  if not open or not left or tonumber(open) <= count or tonumber(left) <= count or not areCommon(count, result) then return false end
  for i = 1, count do
    if not owned[place + i] then return false end
  end
  if not areOpen(base .. 'outcomes:' .. id, count) then return false end
  call('HINCRBY', base .. 'run:' .. id, 'left:' .. join, -note(id, count, count))
  return true
end

--- Groups of which there is more to do, left for the moves below: where their arguments and their replies begin.
local left = {}
while plain and at < #args do
  local start, kind = { at = at, place = place }, take()
  if kind == 'lone' then endLones(false)
  elseif kind == 'ignored' and not graves then endLones(true)
  elseif kind == 'settle' or kind == 'row' then
    local id, edges, given, count = take(), take(), take(), tonumber(take())
    local held, join = kind == 'row' and 1 or count, string.match(edges, '^j(%d+)$')
    local done = join and held == count and endMembers(id, join, count) or not join and held == 1 and endRow(id, edges, given, count)
    if not done then
      left[#left + 1] = start
      at, place = at + 2 * count, place + held
    end
  else
    at, plain = start.at, false
  end
end

if plain and #left == 0 then
  local buried = false
  claims = fill(claims, function(texts)
    if graves then for _, till in ipairs(gravesOf(texts)) do buried = buried or till end end
    return texts
  end)
  if not buried then return handOver(claims, 0) end
end
