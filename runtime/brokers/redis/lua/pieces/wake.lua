--- Telling an idle worker that there may be work.
-- @needs base call
local function wake(queue)
  local key = base .. 'wake:' .. queue
  if call('LLEN', key) > 0 then return end
  call('RPUSH', key, 1)
  -- A worker looks for work before it waits, so a token that nobody took is of no more use.
  call('PEXPIRE', key, 60000)
end
