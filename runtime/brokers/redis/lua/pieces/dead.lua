--- Messages whose node has ended, or was revoked, while they lay or were held.
-- @needs base call now graves gravesOf open within record outcomeOf endLone loneFacts loneOutcome tellOutcome
--- Whether a call that was given back must not start again; if so, it has ended.
local function endIfRevoked(text)
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
  record(run, index, outcomeOf('REVOKED', '%revoked'), { edges = string.match(text, '^[^\n]*\n([^\n]*)') })
  return true
end

--- Whether a call that was given back must not start again, because it was revoked, or expired while a worker held it; if so, it
--- has ended.
local function endIfOver(text)
  if endIfRevoked(text) then return true end
  local id, index = string.match(text, '^(%S+) (%S+)')
  local run = id and open(id)
  if not run or call('HEXISTS', run.key, 'expired:' .. index) == 0 then return false end
  record(run, index, outcomeOf('REVOKED', '%expired'), { edges = string.match(text, '^[^\n]*\n([^\n]*)') })
  return true
end

--- Whether a queued call of a run in which something was revoked is dead. One who waits for a lone call is told.
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

--- The messages that are alive.
local function withoutDead(texts)
  if #texts == 0 or not graves then return texts end
  local alive, till = {}, gravesOf(texts)
  for i, text in ipairs(texts) do
    if not till[i] or tonumber(till[i]) <= now or not isDead(text) then alive[#alive + 1] = text end
  end
  return alive
end
