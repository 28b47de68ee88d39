--- Where the outcomes of lone runs are: each has a key. Those that nobody wants share a hash with those of their siblings, the runs
--- whose ids differ from theirs in the last two characters: they were sent one after another.
-- @needs base
local function siblingsOf(id) return base .. 'ended:' .. string.sub(id, 1, -3) end

--- The outcome of a lone run; false if it has not ended.
local function loneOutcome(id)
  return redis.call('GET', base .. 'result:' .. id) or redis.call('HGET', siblingsOf(id), id)
end
