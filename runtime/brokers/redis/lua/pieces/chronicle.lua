--- What workers tell of their work, read from the script's arguments by `take` and added to the hour and the slot at hand.
-- @needs base call now take
local history = base .. 'history:' .. math.floor(now / 3600000)
local slot = math.floor(now % 3600000 / 30000) .. ' '

--- How many messages are ready in the queues that it serves.
local function sampleQueues()
  for _ = 1, tonumber(take()) do
    local queue, ready = take(), 0
    for priority = 0, 9 do ready = ready + call('LLEN', base .. 'queue:' .. queue .. ':' .. priority) end
    call('HSET', history, slot .. 'ready ' .. queue, ready)
    call('PEXPIRE', history, 90000000)
  end
end

--- Counts are since the worker's start, so only what is more than the last time is new, and a repeated one adds nothing.
--- A worker that nobody remembers is counted from here on.
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

--- The calls that ended last, of all workers.
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
