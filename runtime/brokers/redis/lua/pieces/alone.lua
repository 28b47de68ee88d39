--- One end alone, while nothing else is to be done: a step of a chain, or several that were run in a row, of which the next goes
--- to the same worker; or a call that is awaited. Somebody waits for each of these, so they make no function that others need: such
--- a step costs the server 24 us where `plain` takes 30. What is not as it expects it leaves, having changed nothing, to the
--- moves below.
-- @needs base call now at args worker lease space turn known ahead offer names tickets delayed counted timed followed graves noteWaiting listsOf
local holding, queues, serves = base .. 'held:' .. worker, {}, {}
for queue in string.gmatch(names, '%S+') do
  queues[#queues + 1] = queue
  serves[queue] = true
end

local due = delayed and tonumber(call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2])
local wait = due and tostring(math.max(0, math.ceil(due - now))) or ''
local prefix = now .. '-' .. turn .. '-'

--- The call that follows the end of another, and the last of the pure calls behind it; from its edges, where that is all they say.
local function nextOf(edges)
  local to = string.match(edges, '^n(%d+)$')
  if to then return to end
  return string.match(edges, '^p(%d+)%-(%d+)$')
end

--- What a worker is shown of the pure calls behind those it is given: for each of these its place, and their texts.
local shown, showing = {}, 512
local function show(id, place, to, last)
  local upto, indices = math.min(tonumber(last), tonumber(to) + math.min(ahead, showing)), {}
  for index = tonumber(to) + 1, upto do indices[#indices + 1] = index end
  showing = showing - #indices
  if #indices > 0 then shown[#shown + 1] = { place, unpack(call('HMGET', base .. 'plan:' .. id, unpack(indices))) } end
end

local beginning, word = string.match(tickets, '^(%S*) (%S+)$')
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
  local queue, delay = string.match(text or '', '^%S+ %d+ (%S+) %d+ (%d+)\n')
  fine = delay == '0' and serves[queue]
  for _, ended in ipairs(fine and call('HMGET', outcomes, to, unpack(indices)) or {}) do fine = fine and not ended end
  if fine and call('HDEL', holding, beginning .. word) == 1 then
    if given == '=' then given = string.match(last, '^[^\n]*\n!?([^\n]*)') elseif given == '' then given = '&' .. indices[steps] end
    text = text .. '\n' .. given
    call('HSET', outcomes, unpack(args, at + 6, #args))
    call('HINCRBY', run, 'open', -steps)
    call('HSET', holding, prefix .. '1', text)
    call('ZADD', base .. 'workers', now + lease, worker)
    if till then show(id, 1, to, till) end
    return { '', wait, 0, prefix, { text }, shown }
  end
end

if calm and steps == 0 and #args[at + 5] < 8192 then
  local id, outcome = string.match(args[at + 5], '^([^\30]*)\30([^\30]*)$')
  if id and call('EXISTS', base .. 'result:' .. id) == 0 and call('HDEL', holding, beginning .. word) == 1 then
    call('SET', base .. 'result:' .. id, outcome, 'PX', args[at + 3])
    call('PUBLISH', base .. 'reply:' .. args[at + 2], 'ended\30' .. args[at + 5])
    if offer ~= '0' then noteWaiting(worker, queues, turn, offer) end
    return { '', wait, 0, prefix, {}, shown }
  end
end
