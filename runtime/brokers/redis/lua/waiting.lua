--- How many calls are ready in lists of queues, and since when the first of each waits.
-- @key base
-- @rest take        queue:<name>:<priority>
-- @reply            per list: its length, and the moment its first was submitted, empty where that is not told
local reply = {}
for list in take do
  local first = redis.call('LINDEX', base .. list, 0)
  local header = first and string.match(first, '^[^\n]*\n[^\n]*\n([^\n]*)') or ''
  reply[#reply + 1] = redis.call('LLEN', base .. list)
  reply[#reply + 1] = string.match(header, '"submitted":(%d+)') or ''
end
return reply
