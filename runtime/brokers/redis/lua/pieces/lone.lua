--- Runs of one call, whose outcome is one key.
-- @needs base call siblingsOf counted followed tellOutcome
local function endLone(run, outcome, reply, keep)
  -- What a message says of itself may have been written by anybody.
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
