--- Waking idle workers. Each is handed what it would have claimed first: it need not ask, which saves a task that somebody waits
--- for a third of its way. What is handed over is held by that worker from then on, as if it had claimed it.
-- @needs base call now listsOf
--- The next worker that waits for a queue, and the turn of the ticket it may be handed.
local function nextIdle(queue)
  for worker in function() return call('ZPOPMAX', base .. 'idle:' .. queue)[1] end do
    local turn = call('GETDEL', base .. 'waiting:' .. worker)
    if turn then return worker, turn end
  end
end

--- A message, held by a worker: its ticket and its text. It is the next of the queue, or the one that is given, before which there
--- is none. Empty where the worker has to look for itself; nothing where it may be dead, so that others are told as well.
local function handOut(lists, worker, turn, text)
  if turn == '' then return '' end
  if not call('ZSCORE', base .. 'workers', worker) then return nil end
  local found = not text and call('LMPOP', '10', unpack(lists))
  text = found and found[2][1] or text
  if not text then return '' end
  -- It may have been revoked: the exchange can tell.
  if call('ZSCORE', base .. 'cancelled', string.match(text, '^%S+') or '') then
    if found then call('LPUSH', found[1], text) end
    return ''
  end
  local ticket = string.format('%.0f', now) .. '-' .. turn .. '-1'
  call('HSET', base .. 'held:' .. worker, ticket, text)
  return ticket .. '\n' .. text
end

--- What a worker that waits is told.
local function hand(worker, word)
  call('RPUSH', base .. 'hand:' .. worker, word)
  call('PEXPIRE', base .. 'hand:' .. worker, '60000')
end

--- A message for each worker that has nothing to do, or a word to one that has room for more. Who still stands where workers
--- wait for a queue that was paused since may wait for others now.
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
