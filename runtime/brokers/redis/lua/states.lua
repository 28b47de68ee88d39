--- The states of runs.
-- @key base
-- @rest take        ids
-- @reply            per run: its nodes that have not ended, how many it has, and the first word of its outcome, empty where there is none
local reply = {}
for id in take do
  local fields = redis.call('HMGET', base .. 'run:' .. id, 'open', 'next', 'result')
  local outcome = fields[3] and redis.call('HGET', base .. 'outcomes:' .. id, fields[3])
  reply[#reply + 1] = fields[1] or '0'
  reply[#reply + 1] = fields[2] or '0'
  reply[#reply + 1] = outcome and string.match(outcome, '^%S+') or ''
end
return reply
