--- The end of every script that moves runs: work is done as far as the budget goes, the rest is left as a slice per run.
-- @needs base call work later follow subtract counts revokeSome open runs budget pushReady sendNotices
local function line(item)
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

--- Takes up a slice again.
local function resume(slice)
  local id, rest = string.match(slice, '^([^\n]*)\n(.*)$')
  local run = open(id)
  if not run then return end
  for text in string.gmatch(rest, '[^\n]+') do
    local from, till, how, terminate = string.match(text, '^x(%d+)%-(%d+) (%S+) (%d)$')
    if from then
      later[#later + 1] = { run = run, from = tonumber(from), till = tonumber(till), how = how, terminate = terminate == '1' }
    else
      local token, index, ok, origin, word, join, given = string.match(text, '^(%S+) (%S+) (%d) (%S+) (%S+) (%d) (.*)$')
      work[#work + 1] = {
        run = run, token = token, index = index, ok = ok == '1', origin = origin ~= '-' and origin or nil,
        word = word ~= '-' and word or nil, join = join == '1', given = given,
      }
    end
  end
end

--- A run that has ended is kept for as long as its results are.
local function retire(run)
  for _, key in ipairs({ run.key, run.outcomes, base .. 'progress:' .. run.id }) do call('PEXPIRE', key, run.keep) end
  call('UNLINK', run.plan)
  call('ZREM', base .. 'opening', run.id)
  call('HDEL', base .. 'followers', run.id)
  local names = call('HMGET', run.key, 'aliases', 'stamps')
  for alias in string.gmatch(names[1] or '', '%S+') do call('PEXPIRE', base .. 'alias:' .. alias, run.keep) end
  for stamp, index in string.gmatch(names[2] or '', '([^\n]*)\n(%d+)\n') do
    local key = base .. 'stamp:' .. stamp
    call('ZADD', key, now + run.keep, run.id .. ' ' .. index)
    local last = call('ZRANGE', key, -1, -1, 'WITHSCORES')[2]
    if last ~= 'inf' then call('PEXPIREAT', key, string.format('%.0f', tonumber(last))) end
  end
end

--- Does what is to be done, then pushes, tells and counts. Replies whether something was left for a next script.
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
  for _, lines in pairs(cut) do call('RPUSH', base .. 'slices', table.concat(lines, '\n')) end
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
