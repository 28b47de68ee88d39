--- Take back what was set aside and this worker can run.
-- @key base
-- @arg worker
-- @arg lease        ms from now
-- @arg space        how many it has room for
-- @arg turn         makes these tickets unlike any other's
-- @arg cursor       where the last scan ended
-- @rest take        the worker's tasks: name, fingerprint
-- @reply            where to go on; the tickets' beginning; the messages
-- @include time
-- @include rare
-- @include tell
-- @include lists
-- @include wake
-- @include ready
-- @include cascade
-- @include ended
-- @include lone
-- @include facts
-- @include dead
-- @include revoke
-- @include slices
local knows = {}
for task in take do knows[task] = take() end

local found = call('HSCAN', base .. 'aside', cursor, 'COUNT', 500)
local prefix = now .. '-' .. turn .. '-'
local claims = {}
for i = 1, #found[2], 2 do
  local node = found[2][i]
  local head, text = match(found[2][i + 1], '^([^\n]*)\n(.*)$')
  local task, reason, _, since, refusedBy = match(head, '^(.-)\31(.-)\31(.-)\31(.-)\31(.*)$')
  if reason == 'poison' then
    -- The evidence is kept for a week.
    if tonumber(since) + 604800000 <= now then call('HDEL', base .. 'aside', node) end
  elseif #claims < tonumber(space) and knows[task] and knows[task] ~= refusedBy then
    call('HDEL', base .. 'aside', node)
    if not endIfRevoked(text) then
      claims[#claims + 1] = text
      call('HSET', base .. 'held:' .. worker, prefix .. #claims, text)
    end
  end
end
-- Its lease may have run out while it stood still: who holds work under none is never missed.
if #claims > 0 then call('ZADD', base .. 'workers', now + lease, worker) end
finish()
return { found[1], prefix, claims }
