--- Runs of one call, whose outcome is one key.
-- @needs base call tellOutcome followed counted
local function endLone(run, outcome, reply, keep)
  -- What a message says of itself may have been written by anybody.
  if (tonumber(keep) or 0) < 1 then keep = '86400000' end
  if not call('SET', base .. 'result:' .. run, outcome, 'NX', 'PX', keep) then return false end
  if counted then call('HDEL', base .. 'deliveries', run .. ' 0') end
  tellOutcome('reply:' .. reply, run, '0', outcome)
  if followed then
    tellOutcome('follow:' .. run, run, '0', outcome)
    call('HDEL', base .. 'followers', run)
  end
  return true
end

--- Whom to tell of a lone call's end, and how long to keep its outcome, from its own message.
local function loneFacts(text)
  local fine, header = pcall(cjson.decode, string.match(text, '^[^\n]*\n[^\n]*\n([^\n]*)') or '')
  if not fine or type(header) ~= 'table' then return '', 86400000, '' end
  local function said(field, kind) return type(header[field]) == kind and header[field] end
  return said('reply', 'string') or '', string.format('%.0f', said('keep', 'number') or 86400000), said('task', 'string') or ''
end
