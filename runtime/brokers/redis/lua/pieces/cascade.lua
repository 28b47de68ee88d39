--- What the end of one node means to the others. A node is ended once: its outcome is written only if there is none. Then
--- its edges are followed, and those of every node that this ends. What does not fit in one script's budget is left as a
--- slice, for `promote` to go on with.
-- @needs base call now tell tellOutcome counted timed followed start
local match = string.match
local budget = 1000
-- `work` is a stack of edges to follow, `later` holds regions to revoke once it is empty, `counts` the ends of joins.
local work, later, counts, runs = {}, {}, {}, {}

--- A run with a plan, read once per script; nothing where there is none.
local function open(id)
  local run = runs[id]
  if run ~= nil then return run end
  local key = base .. 'run:' .. id
  local fields = call('HMGET', key, 'result', 'reply', 'keep', 'next', 'revoked', 'callbacks')
  run = fields[1] and {
    id = id, key = key, plan = base .. 'plan:' .. id, outcomes = base .. 'outcomes:' .. id, closed = 0,
    result = fields[1], reply = fields[2], keep = fields[3], next = tonumber(fields[4]), revoked = fields[5],
    callbacks = fields[6] or '',
  } or false
  runs[id] = run
  return run
end

--- What a call gives to those that follow it: its value, also where readers are not to see it.
local function valueOf(outcome)
  return match(outcome, '^[^\n]*\n!?([^\n]*)')
end

local function outcomeOf(state, value)
  return state .. ' - - ' .. now .. ' - - -\n' .. value
end

--- Whether a node is in one of some ranges.
local function within(ranges, index)
  index = tonumber(index)
  for first, last in string.gmatch(ranges, '(%d+)%-?(%d*)') do
    if tonumber(first) <= index and index <= tonumber(last == '' and first or last) then return true end
  end
  return false
end

--- The edges of calls that could start when they came, by index: stored in stretches of like edges.
local function rootsOf(run)
  if run.roots then return run.roots end
  local single, stretches = {}, {}
  for first, last, edges in string.gmatch(call('HGET', run.key, 'roots') or '', '(%d+)%-?(%d*) ([^\n]*)\n') do
    if last == '' then single[first] = edges
    else stretches[#stretches + 1] = { tonumber(first), tonumber(last), edges } end
  end
  run.roots = { single = single, stretches = stretches }
  return run.roots
end

--- The edges that leave a node, and whether it is a join; nothing where there is no such node.
local function edgesOf(run, index, text)
  text = text or call('HGET', run.plan, index)
  if text then return match(text, '^[^\n]*\n([^\n]*)'), string.sub(text, 1, 5) == 'join ' end
  local roots = rootsOf(run)
  local edges = roots.single[tostring(index)]
  if edges then return edges, false end
  for _, stretch in ipairs(roots.stretches) do
    if stretch[1] <= tonumber(index) and tonumber(index) <= stretch[2] then return stretch[3], false end
  end
  return nil, false
end

local function pushWork(run, edges, parts)
  local tokens = { edges }
  if string.find(edges, ' ', 1, true) then
    tokens = {}
    for token in string.gmatch(edges, '%S+') do tokens[#tokens + 1] = token end
  end
  for i = #tokens, 1, -1 do
    work[#work + 1] = {
      run = run, token = tokens[i], index = parts.index, ok = parts.ok, origin = parts.origin, word = parts.word,
      join = parts.join, given = parts.given,
    }
  end
end

--- Ends a node, unless it has ended. `parts` may hold what is known already: edges, join, given, origin, word.
local function record(run, index, outcome, parts)
  if call('HSETNX', run.outcomes, index, outcome) == 0 then return false end
  run.closed = run.closed + 1
  budget = budget - 1
  if counted then call('HDEL', base .. 'deliveries', run.id .. ' ' .. index) end
  if timed then call('ZREM', base .. 'expiring', run.id .. ' ' .. index) end
  if tostring(index) == run.result then tellOutcome('reply:' .. run.reply, run.id, index, outcome) end
  if followed then tellOutcome('follow:' .. run.id, run.id, index, outcome) end
  local edges, join = parts.edges, parts.join
  if not edges then edges, join = edgesOf(run, index, parts.text) end
  if not edges or edges == '' then return true end
  local ok, origin, word = string.sub(outcome, 1, 8) == 'SUCCESS ', parts.origin, parts.word
  if not ok and not origin then
    origin, word = match(outcome, '^[^\n]*\n&(%d+) (%a+)')
    if not origin then origin, word = index, 'edge' end
  end
  pushWork(run, edges, { index = index, ok = ok, origin = origin, word = word, join = join, given = parts.given or ('&' .. index) })
  return true
end

--- Ends of calls that were run ahead of their turn, by run and index. They are recorded when it comes, in place of a start.
local early

local function recordEarly(run, index, outcome, parts)
  local given = parts.given
  if given == '=' then given = valueOf(outcome) elseif given == '' then given = nil end
  return record(run, index, outcome, { edges = parts.edges, given = given })
end

local function fail(run, index, origin, word)
  record(run, index, outcomeOf('FAILURE', '&' .. origin .. ' ' .. word), {})
end

local function listOf(run, join, text)
  local policy = match(text, '^join (%S+)')
  local members = match(text, '^[^\n]*\n[^\n]*\n([^\n]*)') or ''
  local grown = call('HGET', run.key, 'grown:' .. join)
  if grown and grown ~= '' then members = members == '' and grown or (members .. ' ' .. grown) end
  return (policy == 'settle' and '@settle ' or '@') .. members
end

--- Starts a call, ends a join over nothing. A run that was revoked starts nothing but its callbacks.
local function ready(run, index, given, last)
  budget = budget - 1
  local text = call('HGET', run.plan, index)
  if not text then return end
  if string.sub(text, 1, 5) == 'join ' then record(run, index, outcomeOf('SUCCESS', listOf(run, index, text)), { text = text })
  elseif call('HEXISTS', run.outcomes, index) == 1 then return
  elseif run.revoked and not within(run.callbacks, index) then record(run, index, outcomeOf('REVOKED', '%revoked'), { text = text })
  else
    local ended = early and early[run.id .. ' ' .. index]
    if ended then recordEarly(run, index, ended.outcome, ended) else start(text .. '\n' .. given, last and { run.id, index, last }) end
  end
end

--- Ends of a join, one if it is not said; they are subtracted together, once per script.
local function countDown(run, join, ended)
  local ends = counts[run]
  if not ends then ends = {}; counts[run] = ends end
  ends[join] = (ends[join] or 0) + (ended or 1)
end

--- Members of one join have succeeded. All at once, what `record` and `follow` do for each: a command for all, and no stack.
local function recordMembers(run, join, members)
  local indices, fresh = {}, {}
  for i = 1, #members, 2 do indices[#indices + 1] = members[i] end
  local ended = call('HMGET', run.outcomes, unpack(indices))
  for i, index in ipairs(indices) do
    if not ended[i] then
      fresh[#fresh + 1] = index
      fresh[#fresh + 1] = members[2 * i]
    end
  end
  if #fresh == 0 then return end
  local count = call('HSET', run.outcomes, unpack(fresh))
  run.closed = run.closed + count
  budget = budget - count
  countDown(run, join, count)
end

local function failJoin(run, join, origin, word, gate)
  local text = call('HGET', run.plan, join)
  if not text then return end
  local policy, from, till = match(text, '^join (%S+) %S+ (%d+) (%d+)')
  if policy == 'settle' and not gate then return end
  if not record(run, join, outcomeOf('FAILURE', '&' .. origin .. ' ' .. word), { text = text }) then return end
  if policy == 'cancel' then later[#later + 1] = { run = run, from = tonumber(from), till = math.min(tonumber(till), run.next), how = 'cancelled' } end
end

--- Part of a token's nodes, as far as the budget goes; the rest goes back on the stack.
local function eachOf(item, act)
  local first, last = match(item.token, '^%a(%d+)%-?(%d*)')
  if not first then return end
  first, last = tonumber(first), tonumber(last == '' and first or last)
  local upto = math.min(last, first + math.max(budget, 1) - 1)
  if upto < last then
    item.token = string.sub(item.token, 1, 1) .. string.format('%d-%d', upto + 1, last)
    work[#work + 1] = item
  end
  for index = first, upto do act(index) end
end

local function callback(item, taken, given)
  local roots, from, till = match(item.token, '^%a([%d,%-]*):(%d+)%-(%d+)$')
  -- Edges of ours are never otherwise; others' are not to stop the server's scripts.
  if not roots then return end
  if not taken then
    item.run.closed = item.run.closed + tonumber(till) - tonumber(from)
    return
  end
  for range in string.gmatch(roots, '[^,]+') do
    work[#work + 1] = { run = item.run, token = 'n' .. range, index = item.index, ok = true, given = given }
  end
end

local function follow(item)
  local run, kind, ok, origin = item.run, string.sub(item.token, 1, 1), item.ok, item.origin
  -- What stands behind a join failed because of the join.
  local word = item.join and 'join' or item.word
  local last
  if kind == 'p' then
    kind, item.token, last = 'n', match(item.token, '^p(%d+)%-(%d+)$')
    item.token = 'n' .. (item.token or '')
  end
  if kind == 'n' then
    if ok then eachOf(item, function(index) ready(run, index, item.given, last) end)
    else eachOf(item, function(index) fail(run, index, origin, word) end) end
  elseif kind == 'j' or kind == 'g' then
    local join = string.sub(item.token, 2)
    if not ok then failJoin(run, join, origin, kind == 'g' and word or item.word, kind == 'g') end
    countDown(run, join)
  elseif kind == 'f' then
    local to = string.sub(item.token, 2)
    record(run, to, call('HGET', run.outcomes, item.index), { given = item.given, origin = origin, word = item.word })
  elseif kind == 's' then callback(item, ok, item.given)
  else callback(item, not ok, '!' .. item.index) end
end

local function subtract()
  local all = counts
  counts = {}
  for run, ends in pairs(all) do
    for join, count in pairs(ends) do
      if call('HINCRBY', run.key, 'left:' .. join, -count) == 0 then
        local text = call('HGET', run.plan, join)
        -- Of a run that was revoked, a slice may still have to revoke the join.
        local over = run.revoked and not within(run.callbacks, join)
        local outcome = text and (over and outcomeOf('REVOKED', '%revoked') or outcomeOf('SUCCESS', listOf(run, join, text)))
        if outcome then record(run, join, outcome, { text = text }) end
      end
    end
  end
end
