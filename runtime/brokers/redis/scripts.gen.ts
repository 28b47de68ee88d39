// Generated from runtime/brokers/redis/lua by test/setup/lua.ts. Do not edit: run `npx tsx test/setup/lua.ts`.

/** A script, known to the server by its hash. */
export interface Script {
  readonly name: string;
  readonly sha: string;
  readonly text: string;
}

export type Argument = string | number;

/** A script with its keys and arguments, in the order of its header. */
export interface Invocation {
  readonly script: Script;
  readonly keys: readonly string[];
  readonly args: readonly Argument[];
}

const alonePiece = `local holding, queues, serves = base .. 'held:' .. worker, {}, {}
for queue in string.gmatch(names, '%S+') do
queues[#queues + 1] = queue
serves[queue] = true
end
local due = delayed and tonumber(call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2])
local wait = due and tostring(math.max(0, math.ceil(due - now))) or ''
local prefix = now .. '-' .. turn .. '-'
local function nextOf(edges)
local to = string.match(edges, '^n(%d+)\$')
if to then return to end
return string.match(edges, '^p(%d+)%-(%d+)\$')
end
local shown, showing = {}, 512
local function show(id, place, to, last)
local upto, indices = math.min(tonumber(last), tonumber(to) + math.min(ahead, showing)), {}
for index = tonumber(to) + 1, upto do indices[#indices + 1] = index end
showing = showing - #indices
if #indices > 0 then shown[#shown + 1] = { place, unpack(call('HMGET', base .. 'plan:' .. id, unpack(indices))) } end
end
local beginning, word = string.match(tickets, '^(%S*) (%S+)\$')
local kind = args[at + 1]
local steps = kind == 'lone' and 0 or kind == 'settle' and 1 or kind == 'row' and tonumber(args[at + 5])
local calm = word and steps and #args == at + 5 + 2 * steps
calm = calm and known == '*' and space ~= '0' and not (counted or timed or followed or graves or due and due <= now)
if calm then
for _, queue in ipairs(queues) do calm = calm and call('EXISTS', unpack(listsOf(queue), 1, 10)) == 0 end
end
if calm and steps > 0 then
local id, given, last = args[at + 2], args[at + 4], args[#args]
local run, outcomes, indices = base .. 'run:' .. id, base .. 'outcomes:' .. id, {}
local to, till = nextOf(args[at + 3])
local result, open, revoked = unpack(call('HMGET', run, 'result', 'open', 'revoked'))
local fine = to and open and tonumber(open) > steps and not revoked
for i = 1, steps do
indices[i] = args[at + 4 + 2 * i]
fine = fine and indices[i] ~= result and string.sub(args[at + 5 + 2 * i], 1, 8) == 'SUCCESS '
end
local text = fine and call('HGET', base .. 'plan:' .. id, to)
local queue, delay = string.match(text or '', '^%S+ %d+ (%S+) %d+ (%d+)\\n')
fine = delay == '0' and serves[queue]
for _, ended in ipairs(fine and call('HMGET', outcomes, to, unpack(indices)) or {}) do fine = fine and not ended end
if fine and call('HDEL', holding, beginning .. word) == 1 then
if given == '=' then given = string.match(last, '^[^\\n]*\\n!?([^\\n]*)') elseif given == '' then given = '&' .. indices[steps] end
text = text .. '\\n' .. given
call('HSET', outcomes, unpack(args, at + 6, #args))
call('HINCRBY', run, 'open', -steps)
call('HSET', holding, prefix .. '1', text)
call('ZADD', base .. 'workers', now + lease, worker)
if till then show(id, 1, to, till) end
return { '', wait, 0, prefix, { text }, shown }
end
end
if calm and steps == 0 and #args[at + 5] < 8192 then
local id, outcome = string.match(args[at + 5], '^([^\\30]*)\\30([^\\30]*)\$')
if id and call('EXISTS', base .. 'result:' .. id) == 0 and call('HDEL', holding, beginning .. word) == 1 then
call('SET', base .. 'result:' .. id, outcome, 'PX', args[at + 3])
call('PUBLISH', base .. 'reply:' .. args[at + 2], 'ended\\30' .. args[at + 5])
if offer ~= '0' then noteWaiting(worker, queues, turn, offer) end
return { '', wait, 0, prefix, {}, shown }
end
end
`;

const cascadePiece = `local match = string.match
local budget = 1000
local work, later, counts, runs = {}, {}, {}, {}
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
local function valueOf(outcome)
return match(outcome, '^[^\\n]*\\n!?([^\\n]*)')
end
local function outcomeOf(state, value)
return state .. ' - - ' .. now .. ' - - -\\n' .. value
end
local function within(ranges, index)
index = tonumber(index)
for first, last in string.gmatch(ranges, '(%d+)%-?(%d*)') do
if tonumber(first) <= index and index <= tonumber(last == '' and first or last) then return true end
end
return false
end
local function rootsOf(run)
if run.roots then return run.roots end
local single, stretches = {}, {}
for first, last, edges in string.gmatch(call('HGET', run.key, 'roots') or '', '(%d+)%-?(%d*) ([^\\n]*)\\n') do
if last == '' then single[first] = edges
else stretches[#stretches + 1] = { tonumber(first), tonumber(last), edges } end
end
run.roots = { single = single, stretches = stretches }
return run.roots
end
local function edgesOf(run, index, text)
text = text or call('HGET', run.plan, index)
if text then return match(text, '^[^\\n]*\\n([^\\n]*)'), string.sub(text, 1, 5) == 'join ' end
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
origin, word = match(outcome, '^[^\\n]*\\n&(%d+) (%a+)')
if not origin then origin, word = index, 'edge' end
end
pushWork(run, edges, { index = index, ok = ok, origin = origin, word = word, join = join, given = parts.given or ('&' .. index) })
return true
end
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
local members = match(text, '^[^\\n]*\\n[^\\n]*\\n([^\\n]*)') or ''
local grown = call('HGET', run.key, 'grown:' .. join)
if grown and grown ~= '' then members = members == '' and grown or (members .. ' ' .. grown) end
return (policy == 'settle' and '@settle ' or '@') .. members
end
local function ready(run, index, given, last)
budget = budget - 1
local text = call('HGET', run.plan, index)
if not text then return end
if string.sub(text, 1, 5) == 'join ' then record(run, index, outcomeOf('SUCCESS', listOf(run, index, text)), { text = text })
elseif call('HEXISTS', run.outcomes, index) == 1 then return
elseif run.revoked and not within(run.callbacks, index) then record(run, index, outcomeOf('REVOKED', '%revoked'), { text = text })
else
local ended = early and early[run.id .. ' ' .. index]
if ended then recordEarly(run, index, ended.outcome, ended) else start(text .. '\\n' .. given, last and { run.id, index, last }) end
end
end
local function countDown(run, join, ended)
local ends = counts[run]
if not ends then ends = {}; counts[run] = ends end
ends[join] = (ends[join] or 0) + (ended or 1)
end
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
local roots, from, till = match(item.token, '^%a([%d,%-]*):(%d+)%-(%d+)\$')
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
local word = item.join and 'join' or item.word
local last
if kind == 'p' then
kind, item.token, last = 'n', match(item.token, '^p(%d+)%-(%d+)\$')
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
local over = run.revoked and not within(run.callbacks, join)
local outcome = text and (over and outcomeOf('REVOKED', '%revoked') or outcomeOf('SUCCESS', listOf(run, join, text)))
if outcome then record(run, join, outcome, { text = text }) end
end
end
end
end
`;

const chroniclePiece = `local history = base .. 'history:' .. math.floor(now / 3600000)
local slot = math.floor(now % 3600000 / 30000) .. ' '
local function sampleQueues()
for _ = 1, tonumber(take()) do
local queue, ready = take(), 0
for priority = 0, 9 do ready = ready + call('LLEN', base .. 'queue:' .. queue .. ':' .. priority) end
call('HSET', history, slot .. 'ready ' .. queue, ready)
call('PEXPIRE', history, 90000000)
end
end
local function addCounts(worker)
local counted = base .. 'counted:' .. worker
local known = call('HSETNX', counted, '', '') == 0
for _ = 1, tonumber(take()) do
local field, total = take(), take()
local more = tonumber(total) - tonumber(call('HGET', counted, field) or 0)
if more ~= 0 then call('HSET', counted, field, total) end
if known and more > 0 then
call('HINCRBY', history, field, more)
call('HINCRBY', history, slot .. string.match(field, '^%a+'), more)
call('PEXPIRE', history, 90000000)
end
end
call('PEXPIRE', counted, 86400000)
end
local function keepEnded()
local recent = base .. 'recent'
local count = tonumber(take())
for _ = 1, count do
local finished, ended = take(), take()
call('ZADD', recent, finished, ended)
end
if count == 0 then return end
call('ZREMRANGEBYRANK', recent, 0, -1001)
call('PEXPIRE', recent, 86400000)
end
`;

const deadPiece = `local function endIfRevoked(text)
local id, index = string.match(text, '^(%S+) (%S+)')
if not id then return false end
local run = open(id)
if not run then
if loneOutcome(id) then return true end
if not call('ZSCORE', base .. 'cancelled', id) then return false end
local reply, keep = loneFacts(text)
endLone(id, outcomeOf('REVOKED', '%revoked'), reply, keep)
return true
end
if call('HEXISTS', run.outcomes, index) == 1 then return true end
local all = run.revoked and not within(run.callbacks, index)
if not all and call('HEXISTS', run.key, 'revoked:' .. index) == 0 then return false end
record(run, index, outcomeOf('REVOKED', '%revoked'), { edges = string.match(text, '^[^\\n]*\\n([^\\n]*)') })
return true
end
local function endIfOver(text)
if endIfRevoked(text) then return true end
local id, index = string.match(text, '^(%S+) (%S+)')
local run = id and open(id)
if not run or call('HEXISTS', run.key, 'expired:' .. index) == 0 then return false end
record(run, index, outcomeOf('REVOKED', '%expired'), { edges = string.match(text, '^[^\\n]*\\n([^\\n]*)') })
return true
end
local function isDead(text)
local id, index = string.match(text, '^(%S+) (%S+)')
local run = open(id)
if not run then
local outcome = loneOutcome(id)
if outcome then tellOutcome('reply:' .. loneFacts(text), id, index, outcome) end
return true
end
return endIfRevoked(text)
end
local function withoutDead(texts)
if #texts == 0 or not graves then return texts end
local alive, till = {}, gravesOf(texts)
for i, text in ipairs(texts) do
if not till[i] or tonumber(till[i]) <= now or not isDead(text) then alive[#alive + 1] = text end
end
return alive
end
`;

const duePiece = `local function promoteDue(limit)
local nodes = call('ZRANGEBYSCORE', base .. 'delayed', '-inf', now, 'LIMIT', 0, limit)
if #nodes == 0 then return 0 end
local texts = call('HMGET', base .. 'delayed:messages', unpack(nodes))
call('ZREM', base .. 'delayed', unpack(nodes))
call('HDEL', base .. 'delayed:messages', unpack(nodes))
for _, text in ipairs(texts) do
if text then
local queue, priority = string.match(text, '^%S+ %S+ (%S+) (%d+)')
put(tails, queue, priority, text)
end
end
return #nodes
end
`;

const endedPiece = `local function siblingsOf(id) return base .. 'ended:' .. string.sub(id, 1, -3) end
local function loneOutcome(id)
return redis.call('GET', base .. 'result:' .. id) or redis.call('HGET', siblingsOf(id), id)
end
`;

const factsPiece = `local function loneFacts(text)
local fine, header = pcall(cjson.decode, string.match(text, '^[^\\n]*\\n[^\\n]*\\n([^\\n]*)') or '')
if not fine or type(header) ~= 'table' then return '', 86400000, '' end
local function said(field, kind) return type(header[field]) == kind and header[field] end
return said('reply', 'string') or '', string.format('%.0f', said('keep', 'number') or 86400000), said('task', 'string') or ''
end
`;

const heldPiece = `local batch = 1000
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
local owned, place, late = {}, 0, false
for beginning, ends in string.gmatch(tickets, '(%S*)([^\\n]*)\\n?') do
for word in string.gmatch(ends, '%S+') do
local ours = call('HDEL', holding, beginning .. word) == 1
place = place + 1
owned[place] = ours
late = late or not ours
end
end
place = 0
local function nextHeld()
place = place + 1
return owned[place]
end
local function letters()
if not late then return '' end
local each = {}
for i, ours in ipairs(owned) do each[i] = ours and 'o' or 'l' end
return table.concat(each)
end
local function fill(claims, alive)
local most = tonumber(space)
for _, queue in ipairs(queues) do
local lists, found = listsOf(queue), true
lists[12] = 'COUNT'
while found and #claims < most do
lists[13] = math.min(most - #claims, batch)
found = call('LMPOP', '10', unpack(lists))
if found and #claims == 0 then claims = alive(found[2])
else for _, text in ipairs(found and alive(found[2]) or {}) do claims[#claims + 1] = text end end
end
if found and most > 0 and call('EXISTS', unpack(lists, 1, 10)) > 0 then wake(queue) end
end
return claims
end
local function handOver(claims, more)
for from = 1, #claims, batch do
local leased, size = {}, 0
for i = from, math.min(#claims, from + batch - 1) do
leased[size + 1], leased[size + 2] = prefix .. i, claims[i]
size = size + 2
end
call('HSET', holding, unpack(leased))
end
if #claims > 0 then call('ZADD', base .. 'workers', now + lease, worker)
elseif offer ~= '0' then noteWaiting(worker, queues, turn, offer) end
return { letters(), wait, more, prefix, claims, shown }
end
`;

const listsPiece = `local function listsOf(queue)
local list = base .. 'queue:' .. queue .. ':'
return {
list .. '9', list .. '8', list .. '7', list .. '6', list .. '5', list .. '4', list .. '3', list .. '2', list .. '1', list .. '0',
'LEFT',
}
end
`;

const lonePiece = `local function endLone(run, outcome, reply, keep)
if (tonumber(keep) or 0) < 1 then keep = '86400000' end
if call('HEXISTS', siblingsOf(run), run) == 1 then return end
if not call('SET', base .. 'result:' .. run, outcome, 'NX', 'PX', keep) then return end
if counted then call('HDEL', base .. 'deliveries', run .. ' 0') end
tellOutcome('reply:' .. reply, run, '0', outcome)
if followed then
tellOutcome('follow:' .. run, run, '0', outcome)
call('HDEL', base .. 'followers', run)
end
end
`;

const plainPiece = `local claims, plain = {}, not counted and not followed
if due and due <= now then plain = false end
local function endsIn(text)
local find, sub, from = string.find, string.sub, 1
return function()
local to = find(text, '\\30', from, true)
local till = find(text, '\\30', to + 1, true) or #text + 1
local run = sub(text, from, to - 1)
from = till + 1
return run, sub(text, to + 1, till - 1)
end
end
local function endLones(share)
local reply, keep, count, ends = take(), take(), tonumber(take()), take()
local nextEnd, ended, size, same, results = endsIn(ends), {}, 0, true, base .. 'result:'
for _ = 1, count do
local run, outcome = nextEnd()
if nextHeld() and (share or call('SET', results .. run, outcome, 'NX', 'PX', keep)) then
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
if not same then ends = table.concat(ended, '\\30') end
call('PUBLISH', base .. 'reply:' .. reply, 'ended\\30' .. ends)
end
local function areCommon(count, result)
local sub = string.sub
for i = at + 1, at + 2 * count, 2 do
if args[i] == result or sub(args[i + 1], 1, 8) ~= 'SUCCESS ' then return false end
end
return true
end
local function areOpen(outcomes, count, other)
local indices, size = { other }, other and 1 or 0
for i = 1, count do indices[size + i] = args[at + 2 * i - 1] end
for _, ended in ipairs(call('HMGET', outcomes, unpack(indices))) do
if ended then return false end
end
return true
end
local function note(id, count, held)
local new = call('HSET', base .. 'outcomes:' .. id, unpack(args, at + 1, at + 2 * count))
for i = 1, timed and count or 0 do call('ZREM', base .. 'expiring', id .. ' ' .. args[at + 2 * i - 1]) end
for _ = 1, held do nextHeld() end
call('HINCRBY', base .. 'run:' .. id, 'open', -new)
at = at + 2 * count
return new
end
local function endRow(id, edges, given, count)
local to, last = nextOf(edges)
local result, open, revoked = unpack(call('HMGET', base .. 'run:' .. id, 'result', 'open', 'revoked'))
if not to or not open or tonumber(open) <= count or revoked or #claims >= tonumber(space) then return false end
if not owned[place + 1] or not areCommon(count, result) then return false end
local text = call('HGET', base .. 'plan:' .. id, to)
local queue, delay = string.match(text or '', '^%S+ %d+ (%S+) %d+ (%d+)\\n')
if delay ~= '0' or not serves[queue] or not areOpen(base .. 'outcomes:' .. id, count, to) then return false end
local index, outcome = args[at + 2 * count - 1], args[at + 2 * count]
if given == '=' then given = string.match(outcome, '^[^\\n]*\\n!?([^\\n]*)') elseif given == '' then given = '&' .. index end
claims[#claims + 1] = text .. '\\n' .. given
if last then show(id, #claims, to, last) end
note(id, count, 1)
return true
end
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
local left = {}
while plain and at < #args do
local start, kind = { at = at, place = place }, take()
if kind == 'lone' then endLones(false)
elseif kind == 'ignored' and not graves then endLones(true)
elseif kind == 'settle' or kind == 'row' then
local id, edges, given, count = take(), take(), take(), tonumber(take())
local held, join = kind == 'row' and 1 or count, string.match(edges, '^j(%d+)\$')
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
`;

const rarePiece = `local delayed, counted, timed, followed, graves = false, false, false, false, false
if call('EXISTS', base .. 'delayed', base .. 'deliveries', base .. 'expiring', base .. 'followers', base .. 'cancelled') > 0 then
delayed, counted = call('EXISTS', base .. 'delayed') == 1, call('EXISTS', base .. 'deliveries') == 1
timed, followed = call('EXISTS', base .. 'expiring') == 1, call('EXISTS', base .. 'followers') == 1
graves = call('EXISTS', base .. 'cancelled') == 1
end
local function gravesOf(texts)
local ids = {}
for i, text in ipairs(texts) do ids[i] = string.match(text, '^%S+') or '' end
return call('ZMSCORE', base .. 'cancelled', unpack(ids))
end
`;

const readyPiece = `local fresh, served, room, behind = {}, {}, 0, {}
local fronts, tails = {}, {}
local chunk = 2000
local function pushesTo(lists, queue, priority)
local key = base .. 'queue:' .. queue .. ':' .. priority
local list = lists[key]
if not list then
list = { queue = queue }
lists[key] = list
end
return list
end
local function put(lists, queue, priority, text)
local list = pushesTo(lists, queue, priority)
list[#list + 1] = text
end
local function postpone(text, delay)
local node = string.match(text, '^%S+ %S+')
call('ZADD', base .. 'delayed', now + delay, node)
delayed = true
call('HSET', base .. 'delayed:messages', node, text)
end
local function start(text, pure)
local queue, priority, delay = string.match(text, '^%S+ %S+ (%S+) (%d+) (%d+)')
if delay ~= '0' then postpone(text, tonumber(delay))
elseif served[queue] and #fresh < room then
fresh[#fresh + 1] = text
behind[#fresh] = pure
else put(fronts, queue, priority, text) end
end
local function keepUnreadable(text)
local record = table.concat({ '', 'undecodable', 0, now, '' }, '\\31') .. '\\n' .. text
call('HSET', base .. 'aside', 'unreadable-' .. redis.sha1hex(text) .. ' 0', record)
end
local function putBack(text, lists, delay)
local queue, priority = string.match(text, '^%S+ %d+ (%S+) (%d) ')
if not queue then return keepUnreadable(text) end
if delay > 0 then return postpone(text, delay) end
put(lists, queue, priority, text)
end
local function pushAll(command, key, list)
for from = 1, #list, chunk do call(command, key, unpack(list, from, math.min(#list, from + chunk - 1))) end
end
local function pushReady()
for key, list in pairs(fronts) do
local last = #list
for i = 1, math.floor(last / 2) do list[i], list[last + 1 - i] = list[last + 1 - i], list[i] end
pushAll('LPUSH', key, list)
wake(list.queue)
end
for key, list in pairs(tails) do
pushAll('RPUSH', key, list)
wake(list.queue)
end
fronts, tails = {}, {}
end
`;

const revokePiece = `local held
local function heldNodes()
if held then return held end
held = {}
for _, worker in ipairs(call('ZRANGE', base .. 'workers', 0, -1)) do
for _, text in ipairs(call('HVALS', base .. 'held:' .. worker)) do held[string.match(text, '^%S+ %S+') or text] = worker end
end
return held
end
local function bury(id)
call('ZADD', base .. 'cancelled', now + 2592000000, id)
graves = true
end
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
local first, till = string.match(below[i] or '', '^(%d+) (%d+)\$')
if first then
later[#later + 1] = { run = run, from = tonumber(first), till = tonumber(till), how = region.how, terminate = region.terminate }
end
if not ended[i] then revokeNode(run, index, region.how, region.terminate) end
end
end
bury(run.id)
end
`;

const slicesPiece = `local function line(item)
return table.concat({
item.token, item.index, item.ok and 1 or 0, item.origin or '-', item.word or '-', item.join and 1 or 0, item.given or '',
}, ' ')
end
local function regionLine(region)
return string.format('x%d-%d %s %d', region.from, region.till, region.how, region.terminate and 1 or 0)
end
local function leave(list, toLine, cut)
for _, item in ipairs(list) do
local lines = cut[item.run.id]
if not lines then lines = { item.run.id }; cut[item.run.id] = lines end
lines[#lines + 1] = toLine(item)
end
end
local function resume(slice)
local id, rest = string.match(slice, '^([^\\n]*)\\n(.*)\$')
local run = open(id)
if not run then return end
for text in string.gmatch(rest, '[^\\n]+') do
local from, till, how, terminate = string.match(text, '^x(%d+)%-(%d+) (%S+) (%d)\$')
if from then
later[#later + 1] = { run = run, from = tonumber(from), till = tonumber(till), how = how, terminate = terminate == '1' }
else
local token, index, ok, origin, word, join, given = string.match(text, '^(%S+) (%S+) (%d) (%S+) (%S+) (%d) (.*)\$')
work[#work + 1] = {
run = run, token = token, index = index, ok = ok == '1', origin = origin ~= '-' and origin or nil,
word = word ~= '-' and word or nil, join = join == '1', given = given,
}
end
end
end
local function retire(run)
for _, key in ipairs({ run.key, run.outcomes, base .. 'progress:' .. run.id }) do call('PEXPIRE', key, run.keep) end
call('UNLINK', run.plan)
call('ZREM', base .. 'opening', run.id)
call('HDEL', base .. 'followers', run.id)
local names = call('HMGET', run.key, 'aliases', 'stamps')
for alias in string.gmatch(names[1] or '', '%S+') do call('PEXPIRE', base .. 'alias:' .. alias, run.keep) end
for stamp, index in string.gmatch(names[2] or '', '([^\\n]*)\\n(%d+)\\n') do
local key = base .. 'stamp:' .. stamp
call('ZADD', key, now + run.keep, run.id .. ' ' .. index)
local last = call('ZRANGE', key, -1, -1, 'WITHSCORES')[2]
if last ~= 'inf' then call('PEXPIREAT', key, string.format('%.0f', tonumber(last))) end
end
end
local function finish()
while budget > 0 do
local item = table.remove(work)
if item then follow(item)
elseif next(counts) then subtract()
elseif #later > 0 then revokeSome(table.remove(later))
else break end
end
while next(counts) do subtract() end
local cut = {}
leave(later, regionLine, cut)
leave(work, line, cut)
work, later = {}, {}
for _, lines in pairs(cut) do call('RPUSH', base .. 'slices', table.concat(lines, '\\n')) end
for _, run in pairs(runs) do
local closed = run and run.closed or 0
if closed > 0 then
run.closed = 0
if call('HINCRBY', run.key, 'open', -closed) == 0 then retire(run) end
end
end
pushReady()
sendNotices()
return next(cut) and 1 or 0
end
`;

const storePiece = `local function append(run, field, text)
if text == '' then return end
local before = call('HGET', run.key, field)
call('HSET', run.key, field, (before and before ~= '') and (before .. '\\n' .. text) or text)
end
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
stamps[#stamps + 1] = stamp .. '\\n' .. index .. '\\n'
end
append(run, 'stamps', table.concat(stamps))
for _ = 1, tonumber(take()) do
local at, index = take(), take()
call('ZADD', base .. 'expiring', at, run.id .. ' ' .. index)
end
end
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
for _, index in ipairs(settled) do
if not within(run.callbacks, index) then ready(run, index, '') end
end
end
local function startLater(text, delay)
postpone(text, tonumber(delay))
local node, queue = string.match(text, '^(%S+ %S+) (%S+)')
if call('ZRANGE', base .. 'delayed', 0, 0)[1] == node then wake(queue) end
end
local function startAtTail(queue, priority, delay, count)
local list = delay == '0' and pushesTo(tails, queue, priority)
for _ = 1, count do
if list then list[#list + 1] = take() else startLater(take(), delay) end
end
end
local function create(id, result, reply, keep)
local key = base .. 'run:' .. id
if tonumber(keep) <= 0 then keep = 86400000 end
call('HSET', key, 'open', 0, 'result', result, 'reply', reply, 'keep', keep, 'next', 0)
runs[id] = nil
return open(id)
end
`;

const tellPiece = `local told = {}
local function tell(channel, notice)
local notices = told[channel]
if notices then notices[#notices + 1] = notice else told[channel] = { notice } end
end
local function tellOutcome(channel, run, index, outcome)
tell(channel, #outcome < 8192 and ('outcome ' .. run .. ' ' .. index .. '\\n' .. outcome) or ('outcome ' .. run .. ' ' .. index))
end
local function sendNotices()
for channel, notices in pairs(told) do call('PUBLISH', base .. channel, table.concat(notices, '\\30')) end
told = {}
end
`;

const timePiece = `local call = redis.call
local clock = call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
`;

const waitingPiece = `local function noteWaiting(worker, queues, turn, ms)
call('SET', base .. 'waiting:' .. worker, turn, 'PX', ms)
local till = string.format('%.0f', now + ms + (turn == '' and 0 or 86400000))
for _, queue in ipairs(queues) do
local idle = base .. 'idle:' .. queue
call('ZADD', idle, till, worker)
call('PEXPIRE', idle, '3600000')
end
end
`;

const wakePiece = `local function nextIdle(queue)
for worker in function() return call('ZPOPMAX', base .. 'idle:' .. queue)[1] end do
local turn = call('GETDEL', base .. 'waiting:' .. worker)
if turn then return worker, turn end
end
end
local function handOut(lists, worker, turn, text)
if turn == '' then return '' end
if not call('ZSCORE', base .. 'workers', worker) then return nil end
local found = not text and call('LMPOP', '10', unpack(lists))
text = found and found[2][1] or text
if not text then return '' end
if call('ZSCORE', base .. 'cancelled', string.match(text, '^%S+') or '') then
if found then call('LPUSH', found[1], text) end
return ''
end
local ticket = string.format('%.0f', now) .. '-' .. turn .. '-1'
call('HSET', base .. 'held:' .. worker, ticket, text)
return ticket .. '\\n' .. text
end
local function hand(worker, word)
call('RPUSH', base .. 'hand:' .. worker, word)
call('PEXPIRE', base .. 'hand:' .. worker, '60000')
end
local function wake(queue)
if call('HEXISTS', base .. 'paused', queue) == 1 then return end
local lists = nil
for worker, turn in function() return nextIdle(queue) end do
lists = lists or listsOf(queue)
local handed = handOut(lists, worker, turn)
hand(worker, handed or '')
if handed == '' or call('EXISTS', unpack(lists, 1, 10)) == 0 then return end
end
end
`;

const bringScript: Script = {
  name: "bring",
  sha: "5c350f7d45087c6221e4f0e62d4c49ea9404eee6",
  text: [
    `local base = KEYS[1]
local queue = ARGV[1]
local priority = ARGV[2]
local text = ARGV[3]
`,
    timePiece,
    listsPiece,
    wakePiece,
    `local lists, worker, turn, handed = listsOf(queue), nil, nil, nil
local first = call('EXISTS', unpack(lists, 1, 10)) == 0 and call('HEXISTS', base .. 'paused', queue) == 0
if first then worker, turn = nextIdle(queue) end
if worker then handed = handOut(lists, worker, turn, text) end
if not handed or handed == '' then call('RPUSH', base .. 'queue:' .. queue .. ':' .. priority, text) end
if worker then hand(worker, handed or '') end
if not first or worker and not handed then wake(queue) end
`,
  ].join(""),
};

/** Bring one message: where nothing comes before it, a worker that has nothing to do is handed it, and it is never queued. Replies: nothing. */
export function bring(given: {
  readonly base: string;
  readonly queue: Argument;
  readonly priority: Argument;
  readonly text: Argument;
}): Invocation {
  return { script: bringScript, keys: [given.base], args: [given.queue, given.priority, given.text] };
}

const cancelScript: Script = {
  name: "cancel",
  sha: "c4b364477b3f73441cc25e9299adc4ad01be0aff",
  text: [
    `local base = KEYS[1]
local id = ARGV[1]
local index = ARGV[2]
local terminate = ARGV[3]
`,
    timePiece,
    rarePiece,
    tellPiece,
    listsPiece,
    wakePiece,
    readyPiece,
    cascadePiece,
    revokePiece,
    endedPiece,
    lonePiece,
    factsPiece,
    slicesPiece,
    `local stop = terminate == '1'
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
elseif text and string.sub(text, 1, #node) ~= node then text = match(text, '\\n(.*)\$') end
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
`,
  ].join(""),
};

/** End a run, or a node of it: what waits is revoked, what runs is told if `terminate` is set. Replies: ok or finished; whether a slice was left. */
export function cancel(given: {
  readonly base: string;
  readonly id: Argument;
  readonly index: Argument;
  readonly terminate: Argument;
}): Invocation {
  return { script: cancelScript, keys: [given.base], args: [given.id, given.index, given.terminate] };
}

const exchangeScript: Script = {
  name: "exchange",
  sha: "d2d8545a1ca695ba862549a130d3190e005bdf2c",
  text: [
    `local base = KEYS[1]
local worker = ARGV[1]
local lease = ARGV[2]
local space = ARGV[3]
local turn = ARGV[4]
local known = ARGV[5]
local ahead = ARGV[6]
local offer = ARGV[7]
local names = ARGV[8]
local tickets = ARGV[9]
local at, args = 9, ARGV
local function take() at = at + 1; return args[at] end
`,
    timePiece,
    rarePiece,
    listsPiece,
    waitingPiece,
    alonePiece,
    wakePiece,
    heldPiece,
    plainPiece,
    tellPiece,
    endedPiece,
    lonePiece,
    readyPiece,
    duePiece,
    cascadePiece,
    revokePiece,
    factsPiece,
    deadPiece,
    storePiece,
    slicesPiece,
    `fresh, served, room = claims, serves, math.min(tonumber(space), chunk)
local moves = {}
function moves.lone()
local reply, keep, count, ends = take(), take(), tonumber(take()), take()
local nextEnd = endsIn(ends)
for _ = 1, count do
local run, outcome = nextEnd()
if nextHeld() then endLone(run, outcome, reply, keep) end
end
end
moves.ignored = moves.lone
function moves.settle()
local id, edges, given, count = take(), take(), take(), tonumber(take())
local run = open(id)
local members = run and string.find(edges, '^j%d+\$') and not (counted or timed or followed) and {}
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
call('HSET', base .. 'aside', node, table.concat({ task, reason, deliveries, now, refusedBy }, '\\31') .. '\\n' .. text)
end
local function startEach(_, _, _, count)
for _ = 1, count do start(take()) end
end
function moves.replace()
local id, index, edges, reply, keep = take(), take(), take(), take(), take()
local from, size, longest, callbacks, fields = tonumber(take()), tonumber(take()), take(), take(), tonumber(take())
local text = id .. ' ' .. index .. '\\n' .. edges
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
`,
  ].join(""),
};

/** Settle what a worker has finished and claim what it has room for, in one round trip. Replies: moves as letters (o ok, l lost), none where none is lost; ms until delayed work is due, or ""; whether a slice was left; the tickets' beginning; the messages; for those that may be run ahead of, a list: which, and what follows. */
export function exchange(given: {
  readonly base: string;
  readonly worker: Argument;
  readonly lease: Argument;
  readonly space: Argument;
  readonly turn: Argument;
  readonly known: Argument;
  readonly ahead: Argument;
  readonly offer: Argument;
  readonly names: Argument;
  readonly tickets: Argument;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: exchangeScript, keys: [given.base], args: [given.worker, given.lease, given.space, given.turn, given.known, given.ahead, given.offer, given.names, given.tickets, ...given.take] };
}

const extendScript: Script = {
  name: "extend",
  sha: "2976de9fc493565f0f80bddcdc50cea1bd92aaf5",
  text: [
    `local base = KEYS[1]
local worker = ARGV[1]
local lease = ARGV[2]
local card = ARGV[3]
local at, args = 3, ARGV
local function take() at = at + 1; return args[at] end
`,
    timePiece,
    chroniclePiece,
    `call('ZADD', base .. 'workers', now + lease, worker)
call('SET', base .. 'worker:' .. worker, card, 'PX', lease)
sampleQueues()
addCounts(worker)
keepEnded()
return call('DEL', base .. 'reaped:' .. worker) == 1 and 'lost' or 'ok'
`,
  ].join(""),
};

/** Announce a worker, or keep its lease alive, and note what it tells of its work. Replies: ok, or lost where others have been given what it held. */
export function extend(given: {
  readonly base: string;
  readonly worker: Argument;
  readonly lease: Argument;
  readonly card: Argument;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: extendScript, keys: [given.base], args: [given.worker, given.lease, given.card, ...given.take] };
}

const followScript: Script = {
  name: "follow",
  sha: "70db931c6fe89be710dddf58b86a943804cca149",
  text: [
    `local base = KEYS[1]
local id = ARGV[1]
local change = ARGV[2]
`,
    `if redis.call('HINCRBY', base .. 'followers', id, change) <= 0 then redis.call('HDEL', base .. 'followers', id) end
`,
  ].join(""),
};

/** Count the followers of a run: while there is one, the end of every node is told. Replies: nothing. */
export function follow(given: {
  readonly base: string;
  readonly id: Argument;
  readonly change: Argument;
}): Invocation {
  return { script: followScript, keys: [given.base], args: [given.id, given.change] };
}

const forgetScript: Script = {
  name: "forget",
  sha: "e0ad3a08ac3967c4df6094e2b5a11c16fef0c34b",
  text: [
    `local base = KEYS[1]
local id = ARGV[1]
`,
    endedPiece,
    `local call = redis.call
local open, aliases, stamps = unpack(call('HMGET', base .. 'run:' .. id, 'open', 'aliases', 'stamps'))
if open and open ~= '0' then return 0 end
for alias in string.gmatch(aliases or '', '%S+') do call('DEL', base .. 'alias:' .. alias) end
for stamp, index in string.gmatch(stamps or '', '([^\\n]*)\\n(%d+)\\n') do call('ZREM', base .. 'stamp:' .. stamp, id .. ' ' .. index) end
local result = math.max(call('DEL', base .. 'result:' .. id), call('HDEL', siblingsOf(id), id))
call('UNLINK', base .. 'run:' .. id, base .. 'outcomes:' .. id, base .. 'plan:' .. id, base .. 'progress:' .. id)
return open and 1 or result
`,
  ].join(""),
};

/** Remove a run that has ended, and all its keys. Replies: how many. */
export function forget(given: {
  readonly base: string;
  readonly id: Argument;
}): Invocation {
  return { script: forgetScript, keys: [given.base], args: [given.id] };
}

const headsScript: Script = {
  name: "heads",
  sha: "444e88cd688618557d695f69add087ce8bb57201",
  text: [
    `local base = KEYS[1]
local hash = ARGV[1]
local lines = ARGV[2]
local cursor = ARGV[3]
local count = ARGV[4]
`,
    `local pattern = '^[^\\n]*' .. string.rep('\\n[^\\n]*', lines - 1)
local found = redis.call('HSCAN', base .. hash, cursor, 'COUNT', count)
local reply, bytes = { found[1], 0 }, 0
for i = 1, #found[2], 2 do
local text = found[2][i + 1]
bytes = bytes + #text
reply[#reply + 1] = found[2][i]
reply[#reply + 1] = string.match(text, pattern) or string.sub(text, 1, 1000)
end
reply[2] = bytes
return reply
`,
  ].join(""),
};

/** A slice of a hash of messages, the first lines of each: however large their arguments are, little is told. Replies: the next cursor, 0 at the end; how many bytes were looked at; then each field and the first lines of its message. */
export function heads(given: {
  readonly base: string;
  readonly hash: Argument;
  readonly lines: Argument;
  readonly cursor: Argument;
  readonly count: Argument;
}): Invocation {
  return { script: headsScript, keys: [given.base], args: [given.hash, given.lines, given.cursor, given.count] };
}

const idleScript: Script = {
  name: "idle",
  sha: "27a2599f6fbbd6da7a7a86ae2cb02a598672d3ce",
  text: [
    `local base = KEYS[1]
local worker = ARGV[1]
local ms = ARGV[2]
local at, args = 2, ARGV
local function take() at = at + 1; return args[at] end
`,
    timePiece,
    listsPiece,
    waitingPiece,
    `local queues, first = {}, call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2]
local news = first and tonumber(first) < now + ms - 100
for queue in take do
queues[#queues + 1] = queue
news = news or call('EXISTS', unpack(listsOf(queue), 1, 10)) > 0
end
if news then
call('RPUSH', base .. 'hand:' .. worker, '')
call('PEXPIRE', base .. 'hand:' .. worker, '60000')
else noteWaiting(worker, queues, '', ms) end
`,
  ].join(""),
};

/** Note that a worker waits to be woken up; where there is work already, or will be sooner than it waits, it is at once. Replies: nothing. */
export function idle(given: {
  readonly base: string;
  readonly worker: Argument;
  readonly ms: Argument;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: idleScript, keys: [given.base], args: [given.worker, given.ms, ...given.take] };
}

const inspectScript: Script = {
  name: "inspect",
  sha: "39173de731db62778d169ac7de648a229fc51d18",
  text: [
    `local base = KEYS[1]
local id = ARGV[1]
`,
    endedPiece,
    `local call = redis.call
local fields = call('HMGET', base .. 'run:' .. id, 'result', 'open', 'next', 'shape')
local mine = id .. ' '
local function headOf(text) return text and string.match(text, '^[^\\n]*\\n[^\\n]*\\n[^\\n]*') or '' end
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
`,
  ].join(""),
};

/** Read a run's nodes and states. Replies: fields of the run; then lists: leased as worker, ticket, message; delayed as due, message, both without arguments; aside as node, record; progress; whether outcomes are many; outcomes; the outcome of a lone run; workers that hold too much to be looked at here. */
export function inspect(given: {
  readonly base: string;
  readonly id: Argument;
}): Invocation {
  return { script: inspectScript, keys: [given.base], args: [given.id] };
}

const leaveScript: Script = {
  name: "leave",
  sha: "a102bc668245886731ba99f3938ac552c783da64",
  text: [
    `local base = KEYS[1]
local worker = ARGV[1]
local at, args = 1, ARGV
local function take() at = at + 1; return args[at] end
`,
    timePiece,
    chroniclePiece,
    `addCounts(worker)
keepEnded()
call('DEL', base .. 'worker:' .. worker, base .. 'counted:' .. worker)
if call('EXISTS', base .. 'held:' .. worker) == 1 then call('ZADD', base .. 'workers', 0, worker)
else call('ZREM', base .. 'workers', worker) end
`,
  ].join(""),
};

/** Remove a worker that has told what it did last. What it should still hold is given back at the next reaping. Replies: nothing. */
export function leave(given: {
  readonly base: string;
  readonly worker: Argument;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: leaveScript, keys: [given.base], args: [given.worker, ...given.take] };
}

const locateScript: Script = {
  name: "locate",
  sha: "4eaf4d4435362acbfadf89007633c34c6921c542",
  text: [
    `local base = KEYS[1]
local list = ARGV[1]
local node = ARGV[2]
local from = ARGV[3]
`,
    `local mine = node .. ' '
local at, last, bytes = tonumber(from), tonumber(from) + 1000, 0
while at < last and bytes < 1000000 do
local texts = redis.call('LRANGE', base .. list, at, at + 9)
if #texts == 0 then return { -1, '', -1 } end
for i, text in ipairs(texts) do
if string.sub(text, 1, #mine) == mine then return { at + i - 1, string.match(text, '^[^\\n]*\\n[^\\n]*\\n[^\\n]*') or '', -1 } end
bytes = bytes + #text
end
at = at + #texts
end
return { -1, '', at }
`,
  ].join(""),
};

/** Look for a ready call in one list of a queue, a slice at a time. Replies: its position, -1 where the slice has it not; its first three lines; where the next slice begins, -1 after the last. */
export function locate(given: {
  readonly base: string;
  readonly list: Argument;
  readonly node: Argument;
  readonly from: Argument;
}): Invocation {
  return { script: locateScript, keys: [given.base], args: [given.list, given.node, given.from] };
}

const namesScript: Script = {
  name: "names",
  sha: "0547d3dea4b576081a99b951e8f2e08fa83d8065",
  text: [
    `local base = KEYS[1]
local list = ARGV[1]
local from = ARGV[2]
`,
    `local at, least, bytes = tonumber(from), tonumber(from) - 1000, 0
local reply = { 0 }
while at > least and bytes < 1000000 do
local texts = redis.call('LRANGE', base .. list, at - 9, at)
if #texts == 0 then return reply end
for _, text in ipairs(texts) do
reply[#reply + 1] = string.match(text, '^%S* %S*') or ''
bytes = bytes + #text
end
at = at - 10
end
reply[1] = at
return reply
`,
  ].join(""),
};

/** The nodes in one list of a queue, a slice at a time from its tail: what is claimed meanwhile moves none of those still to be looked at. Replies: where the next slice ends, 0 after the last; then "run index" of each. */
export function names(given: {
  readonly base: string;
  readonly list: Argument;
  readonly from: Argument;
}): Invocation {
  return { script: namesScript, keys: [given.base], args: [given.list, given.from] };
}

const promoteScript: Script = {
  name: "promote",
  sha: "4d8e1f107cc5891924fc309251bd134db447b06b",
  text: [
    `local base = KEYS[1]
local limit = ARGV[1]
`,
    timePiece,
    rarePiece,
    tellPiece,
    listsPiece,
    wakePiece,
    readyPiece,
    duePiece,
    cascadePiece,
    revokePiece,
    slicesPiece,
    `local most = tonumber(limit)
local done = promoteDue(math.min(most, 1000))
local function takeDue(key)
local found = call('ZRANGEBYSCORE', base .. key, '-inf', now, 'LIMIT', 0, math.min(most, 500))
if #found > 0 then call('ZREM', base .. key, unpack(found)) end
done = done + #found
return found
end
for _, node in ipairs(takeDue('expiring')) do
local id, index = match(node, '^(%S+) (%S+)')
local run = open(id)
if run and call('HEXISTS', run.outcomes, index) == 0 then
if heldNodes()[node] then call('HSET', run.key, 'expired:' .. index, 1)
else
bury(id)
revokeNode(run, index, 'expired', false)
end
end
end
local function seal(run)
local nodes = call('HGETALL', run.plan)
for i = 2, #nodes, 2 do
if match(nodes[i], '^join %S+ %S+ %d+ 9007199254740991\\n') then countDown(run, nodes[i - 1]) end
end
end
for _, id in ipairs(takeDue('opening')) do
local run = open(id)
if run then
call('HSET', run.key, 'revoked', 1)
run.revoked = '1'
later[#later + 1] = { run = run, from = 0, till = run.next, how = 'revoked', terminate = false }
while budget > 0 and #later > 0 do revokeSome(table.remove(later)) end
seal(run)
end
end
call('ZREMRANGEBYSCORE', base .. 'cancelled', '-inf', now)
local slice = call('LPOP', base .. 'slices')
if slice then
resume(slice)
done = done + 1
end
return { done, math.max(finish(), call('EXISTS', base .. 'slices')) }
`,
  ].join(""),
};

/** Make due delayed calls ready, end what has expired, revoke fan-outs that were left open, and go on with slices. Replies: how many; whether a slice was left. */
export function promote(given: {
  readonly base: string;
  readonly limit: Argument;
}): Invocation {
  return { script: promoteScript, keys: [given.base], args: [given.limit] };
}

const reapScript: Script = {
  name: "reap",
  sha: "f952f13216c11defd2cf5260bca80a914cb278a6",
  text: [
    `local base = KEYS[1]
local maxDeliveries = ARGV[1]
local limit = ARGV[2]
`,
    timePiece,
    rarePiece,
    tellPiece,
    listsPiece,
    wakePiece,
    readyPiece,
    cascadePiece,
    endedPiece,
    lonePiece,
    factsPiece,
    deadPiece,
    revokePiece,
    slicesPiece,
    `local most, given = tonumber(limit), 0
counted = true
local function poison(text, node, deliveries)
local id, index = match(node, '^(%S+) (%S+)')
local reply, keep, task = loneFacts(text)
call('HSET', base .. 'aside', node, table.concat({ task, 'poison', deliveries, now, '' }, '\\31') .. '\\n' .. text)
local run, lost = open(id), outcomeOf('FAILURE', '%lost')
if run then record(run, index, lost, { edges = match(text, '^[^\\n]*\\n([^\\n]*)') })
else endLone(id, lost, reply, keep) end
end
local chances = 0
local function chanceOf(deliveries)
if deliveries < 2 or deliveries + 1 < tonumber(maxDeliveries) then return 0 end
chances = chances + 1
return (chances - 1) * 1000
end
local function redeliver(text)
if endIfOver(text) then return end
local node = match(text, '^%S+ %d+')
if not node then return keepUnreadable(text) end
local deliveries = call('HINCRBY', base .. 'deliveries', node, 1)
if deliveries < tonumber(maxDeliveries) then putBack(text, fronts, chanceOf(deliveries)) else poison(text, node, deliveries) end
end
for _, worker in ipairs(call('ZRANGEBYSCORE', base .. 'workers', '-inf', now, 'LIMIT', 0, 16)) do
local holding = base .. 'held:' .. worker
local some = given < most and call('HRANDFIELD', holding, math.min(most - given, 1000), 'WITHVALUES') or {}
for i = 1, #some, 2 do
call('HDEL', holding, some[i])
redeliver(some[i + 1])
given = given + 1
end
if #some > 0 then call('SET', base .. 'reaped:' .. worker, 1, 'PX', 3600000) end
if call('EXISTS', holding) == 0 then
call('ZREM', base .. 'workers', worker)
call('DEL', base .. 'worker:' .. worker)
end
end
return { given, finish() }
`,
  ].join(""),
};

/** Give back what dead workers held. What was delivered too often is set aside as poison and fails. Replies: how many; whether a slice was left. */
export function reap(given: {
  readonly base: string;
  readonly maxDeliveries: Argument;
  readonly limit: Argument;
}): Invocation {
  return { script: reapScript, keys: [given.base], args: [given.maxDeliveries, given.limit] };
}

const recallScript: Script = {
  name: "recall",
  sha: "7bff5f76dc6cf4e35028f7f7eaabd25d09f16dff",
  text: [
    `local base = KEYS[1]
local worker = ARGV[1]
local lease = ARGV[2]
local space = ARGV[3]
local turn = ARGV[4]
local cursor = ARGV[5]
local at, args = 5, ARGV
local function take() at = at + 1; return args[at] end
`,
    timePiece,
    rarePiece,
    tellPiece,
    listsPiece,
    wakePiece,
    readyPiece,
    cascadePiece,
    endedPiece,
    lonePiece,
    factsPiece,
    deadPiece,
    revokePiece,
    slicesPiece,
    `local knows = {}
for task in take do knows[task] = take() end
local found = call('HSCAN', base .. 'aside', cursor, 'COUNT', 500)
local prefix = now .. '-' .. turn .. '-'
local claims = {}
for i = 1, #found[2], 2 do
local node = found[2][i]
local head, text = match(found[2][i + 1], '^([^\\n]*)\\n(.*)\$')
local task, reason, _, since, refusedBy = match(head, '^(.-)\\31(.-)\\31(.-)\\31(.-)\\31(.*)\$')
if reason == 'poison' then
if tonumber(since) + 604800000 <= now then call('HDEL', base .. 'aside', node) end
elseif #claims < tonumber(space) and knows[task] and knows[task] ~= refusedBy then
call('HDEL', base .. 'aside', node)
if not endIfRevoked(text) then
claims[#claims + 1] = text
call('HSET', base .. 'held:' .. worker, prefix .. #claims, text)
end
end
end
if #claims > 0 then call('ZADD', base .. 'workers', now + lease, worker) end
finish()
return { found[1], prefix, claims }
`,
  ].join(""),
};

/** Take back what was set aside and this worker can run. Replies: where to go on; the tickets' beginning; the messages. */
export function recall(given: {
  readonly base: string;
  readonly worker: Argument;
  readonly lease: Argument;
  readonly space: Argument;
  readonly turn: Argument;
  readonly cursor: Argument;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: recallScript, keys: [given.base], args: [given.worker, given.lease, given.space, given.turn, given.cursor, ...given.take] };
}

const reportScript: Script = {
  name: "report",
  sha: "393907a25df332d08db8d505d2e4c9aa1626739b",
  text: [
    `local base = KEYS[1]
local id = ARGV[1]
local index = ARGV[2]
local progress = ARGV[3]
`,
    `local call = redis.call
call('HSET', base .. 'progress:' .. id, index, progress)
call('PEXPIRE', base .. 'progress:' .. id, 86400000)
call('PUBLISH', base .. 'follow:' .. id, 'progress ' .. id .. ' ' .. index .. '\\n' .. progress)
`,
  ].join(""),
};

/** Tell how far a running node has come. Replies: nothing. */
export function report(given: {
  readonly base: string;
  readonly id: Argument;
  readonly index: Argument;
  readonly progress: Argument;
}): Invocation {
  return { script: reportScript, keys: [given.base], args: [given.id, given.index, given.progress] };
}

const reserveScript: Script = {
  name: "reserve",
  sha: "2a5cb869f1467a39a5deeee126313993d7384738",
  text: [
    `local base = KEYS[1]
local id = ARGV[1]
local count = ARGV[2]
`,
    `local key = base .. 'run:' .. id
if redis.call('HEXISTS', key, 'next') == 0 then return 1 end
return redis.call('HINCRBY', key, 'next', count) - count
`,
  ].join(""),
};

/** Indices for further nodes of a run; the first of them. A lone run's own node is 0. Replies: the first index. */
export function reserve(given: {
  readonly base: string;
  readonly id: Argument;
  readonly count: Argument;
}): Invocation {
  return { script: reserveScript, keys: [given.base], args: [given.id, given.count] };
}

const statesScript: Script = {
  name: "states",
  sha: "f19178b76a7be349a6abf51e5166e99a1b7c4b45",
  text: [
    `local base = KEYS[1]
local at, args = 0, ARGV
local function take() at = at + 1; return args[at] end
`,
    `local reply = {}
for id in take do
local fields = redis.call('HMGET', base .. 'run:' .. id, 'open', 'next', 'result')
local outcome = fields[3] and redis.call('HGET', base .. 'outcomes:' .. id, fields[3])
reply[#reply + 1] = fields[1] or '0'
reply[#reply + 1] = fields[2] or '0'
reply[#reply + 1] = outcome and string.match(outcome, '^%S+') or ''
end
return reply
`,
  ].join(""),
};

/** The states of runs. Replies: per run: its nodes that have not ended, how many it has, and the first word of its outcome, empty where there is none. */
export function states(given: {
  readonly base: string;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: statesScript, keys: [given.base], args: [...given.take] };
}

const stirScript: Script = {
  name: "stir",
  sha: "a16c89d08842bf01f3915e84e1fff45af66c38a6",
  text: [
    `local base = KEYS[1]
local worker = ARGV[1]
`,
    `local call, hand = redis.call, base .. 'hand:' .. worker
call('DEL', base .. 'waiting:' .. worker)
call('RPUSH', hand, '')
call('PEXPIRE', hand, '60000')
`,
  ].join(""),
};

/** End a worker's wait. What it has been handed meanwhile stays its own. Replies: nothing. */
export function stir(given: {
  readonly base: string;
  readonly worker: Argument;
}): Invocation {
  return { script: stirScript, keys: [given.base], args: [given.worker] };
}

const submitScript: Script = {
  name: "submit",
  sha: "6b9f491bb2e9ef0cc71923dd2365c505ac2547ab",
  text: [
    `local base = KEYS[1]
local id = ARGV[1]
local chosen = ARGV[2]
local part = ARGV[3]
local from = ARGV[4]
local size = ARGV[5]
local result = ARGV[6]
local client = ARGV[7]
local keep = ARGV[8]
local callbacks = ARGV[9]
local at, args = 9, ARGV
local function take() at = at + 1; return args[at] end
`,
    timePiece,
    rarePiece,
    tellPiece,
    listsPiece,
    wakePiece,
    readyPiece,
    cascadePiece,
    revokePiece,
    storePiece,
    slicesPiece,
    endedPiece,
    `local further = part == 'more' or part == 'last'
local run = open(id)
if further and not run then return { 'duplicate', 0 } end
if chosen == '1' and (run or loneOutcome(id) or call('EXISTS', base .. 'alias:' .. id) == 1) then return { 'duplicate', 0 } end
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
`,
  ].join(""),
};

/** Store a plan, or a part of one, and make its first nodes ready. Replies: ok or duplicate; whether a slice was left. */
export function submit(given: {
  readonly base: string;
  readonly id: Argument;
  readonly chosen: Argument;
  readonly part: Argument;
  readonly from: Argument;
  readonly size: Argument;
  readonly result: Argument;
  readonly client: Argument;
  readonly keep: Argument;
  readonly callbacks: Argument;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: submitScript, keys: [given.base], args: [given.id, given.chosen, given.part, given.from, given.size, given.result, given.client, given.keep, given.callbacks, ...given.take] };
}

const throttleScript: Script = {
  name: "throttle",
  sha: "c6b9b1954dd1f130878127642cba89154b52c9a5",
  text: [
    `local base = KEYS[1]
local task = ARGV[1]
local interval = ARGV[2]
local burst = ARGV[3]
`,
    timePiece,
    `local key = base .. 'rate:' .. task
local full = math.max(now, tonumber(call('GET', key) or 0)) + interval
call('SET', key, string.format('%.3f', full), 'PX', math.max(1, math.ceil(full - now)))
return math.max(0, math.ceil(full - burst * interval - now))
`,
  ].join(""),
};

/** Reserve the next turn of a task in its token bucket. Replies: ms until the turn comes. */
export function throttle(given: {
  readonly base: string;
  readonly task: Argument;
  readonly interval: Argument;
  readonly burst: Argument;
}): Invocation {
  return { script: throttleScript, keys: [given.base], args: [given.task, given.interval, given.burst] };
}

const waitingScript: Script = {
  name: "waiting",
  sha: "2d9e61300c4c43309102c39f89ee5314f54f8de4",
  text: [
    `local base = KEYS[1]
local at, args = 0, ARGV
local function take() at = at + 1; return args[at] end
`,
    `local reply = {}
for list in take do
local first = redis.call('LINDEX', base .. list, 0)
local header = first and string.match(first, '^[^\\n]*\\n[^\\n]*\\n([^\\n]*)') or ''
reply[#reply + 1] = redis.call('LLEN', base .. list)
reply[#reply + 1] = string.match(header, '"submitted":(%d+)') or ''
end
return reply
`,
  ].join(""),
};

/** How many calls are ready in lists of queues, and since when the first of each waits. Replies: per list: its length, and the moment its first was submitted, empty where that is not told. */
export function waiting(given: {
  readonly base: string;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: waitingScript, keys: [given.base], args: [...given.take] };
}

const wakeScript: Script = {
  name: "wake",
  sha: "ac8d2cfbd3ce929669d64a45018271ab6bfc0645",
  text: [
    `local base = KEYS[1]
local at, args = 0, ARGV
local function take() at = at + 1; return args[at] end
`,
    timePiece,
    listsPiece,
    wakePiece,
    `for queue in take do wake(queue) end
`,
  ].join(""),
};

/** Wake one idle worker per queue. Replies: nothing. */
export function wake(given: {
  readonly base: string;
  readonly take: readonly Argument[];
}): Invocation {
  return { script: wakeScript, keys: [given.base], args: [...given.take] };
}

const withdrawScript: Script = {
  name: "withdraw",
  sha: "a9d638f3642921524d7f918febca690724b7f7a1",
  text: [
    `local base = KEYS[1]
local worker = ARGV[1]
`,
    `local call, hand = redis.call, base .. 'hand:' .. worker
call('DEL', base .. 'waiting:' .. worker)
local told = call('LRANGE', hand, 0, -1)
call('DEL', hand)
return told
`,
  ].join(""),
};

/** End whatever wait of a worker still stands. What it was handed, and has not heard of, it is given here. Replies: as on its list: tickets and below each the message, or nothing. */
export function withdraw(given: {
  readonly base: string;
  readonly worker: Argument;
}): Invocation {
  return { script: withdrawScript, keys: [given.base], args: [given.worker] };
}
