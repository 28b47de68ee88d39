--- Waking idle workers. Each is handed what it would have claimed first: it need not ask, which saves a task that somebody waits
--- for a third of its way. What is handed over is held by that worker from then on, as if it had claimed it.
-- @needs base call now listsOf
--- The next message of a queue, held by a worker: its ticket and its text. Empty where it has to look for itself; nothing where
--- it may be dead, so that others are told as well.
local function handOut(lists, worker, turn)
  if turn == '' then return '' end
  if not call('ZSCORE', base .. 'workers', worker) then return nil end
  local found = call('LMPOP', '10', unpack(lists))
  if not found then return '' end
  local list, text = found[1], found[2][1]
  -- It may have been revoked: the exchange can tell.
  if call('ZSCORE', base .. 'cancelled', string.match(text, '^%S+') or '') then
    call('LPUSH', list, text)
    return ''
  end
  local ticket = string.format('%.0f', now) .. '-' .. turn .. '-1'
  call('HSET', base .. 'held:' .. worker, ticket, text)
  return ticket .. '\n' .. text
end

--- A message for each worker that has nothing to do, or a word to one that has room for more. Who still stands where workers
--- wait for a queue that was paused since may wait for others now.
local function wake(queue)
  if call('HEXISTS', base .. 'paused', queue) == 1 then return end
  local idle, lists = base .. 'idle:' .. queue, nil
  for worker in function() return call('ZPOPMAX', idle)[1] end do
    local turn = call('GETDEL', base .. 'waiting:' .. worker)
    if turn then
      lists = lists or listsOf(queue)
      local handed, hand = handOut(lists, worker, turn), base .. 'hand:' .. worker
      call('RPUSH', hand, handed or '')
      call('PEXPIRE', hand, '60000')
      if handed == '' or call('EXISTS', unpack(lists, 1, 10)) == 0 then return end
    end
  end
end
