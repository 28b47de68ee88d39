--- One end alone, while nothing else is to be done: a step of a chain, whose next goes to the same worker, or a call that is
--- awaited. Somebody waits for each of these, so they make no function that others need: such a step costs the server 24 us
--- where `plain` takes 30. What is not as it expects it leaves, having changed nothing, to the moves below.
-- @needs base call now at args worker lease space turn known offer names tickets delayed counted timed followed graves noteWaiting listsOf
local holding, queues, serves = base .. 'held:' .. worker, {}, {}
for queue in string.gmatch(names, '%S+') do
  queues[#queues + 1] = queue
  serves[queue] = true
end

local due = delayed and tonumber(call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2])
local wait = due and tostring(math.max(0, math.ceil(due - now))) or ''
local prefix = now .. '-' .. turn .. '-'

local beginning, word = string.match(tickets, '^(%S*) (%S+)$')
local calm = word and known == '*' and space ~= '0' and not (counted or timed or followed or graves or due and due <= now)
if calm and (#args == at + 7 or #args == at + 5) then
  for _, queue in ipairs(queues) do calm = calm and call('EXISTS', unpack(listsOf(queue), 1, 10)) == 0 end
end

if calm and #args == at + 7 and args[at + 1] == 'settle' then
  local id, to, given, index, outcome = args[at + 2], string.match(args[at + 3], '^n(%d+)$'), args[at + 4], args[at + 6], args[at + 7]
  local run, outcomes = base .. 'run:' .. id, base .. 'outcomes:' .. id
  local result, open, revoked = unpack(call('HMGET', run, 'result', 'open', 'revoked'))
  local text = to and open and tonumber(open) > 1 and not revoked and index ~= result and call('HGET', base .. 'plan:' .. id, to)
  local queue, delay = string.match(text or '', '^%S+ %d+ (%S+) %d+ (%d+)\n')
  local ended = delay == '0' and serves[queue] and string.sub(outcome, 1, 8) == 'SUCCESS ' and call('HMGET', outcomes, index, to)
  if ended and not ended[1] and not ended[2] and call('HDEL', holding, beginning .. word) == 1 then
    if given == '=' then given = string.match(outcome, '^[^\n]*\n!?([^\n]*)') elseif given == '' then given = '&' .. index end
    text = text .. '\n' .. given
    call('HSET', outcomes, index, outcome)
    call('HINCRBY', run, 'open', -1)
    call('HSET', holding, prefix .. '1', text)
    call('ZADD', base .. 'workers', now + lease, worker)
    return { '', wait, 0, prefix, { text } }
  end
end

if calm and #args == at + 5 and args[at + 1] == 'lone' and #args[at + 5] < 8192 then
  local id, outcome = string.match(args[at + 5], '^([^\30]*)\30([^\30]*)$')
  if id and call('EXISTS', base .. 'result:' .. id) == 0 and call('HDEL', holding, beginning .. word) == 1 then
    call('SET', base .. 'result:' .. id, outcome, 'PX', args[at + 3])
    call('PUBLISH', base .. 'reply:' .. args[at + 2], 'ended\30' .. args[at + 5])
    if offer ~= '0' then noteWaiting(worker, queues, turn, offer) end
    return { '', wait, 0, prefix, {} }
  end
end
