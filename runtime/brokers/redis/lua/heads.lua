--- A slice of a hash of messages, without their arguments: however large those are, little is told.
-- @key base
-- @arg hash         held:<worker> or delayed:messages
-- @arg cursor       0 at first
-- @arg count        about how many to look at
-- @reply            the next cursor, 0 at the end; how many bytes were looked at; then each field and the first three lines of its message
local found = redis.call('HSCAN', base .. hash, cursor, 'COUNT', count)
local reply, bytes = { found[1], 0 }, 0
for i = 1, #found[2], 2 do
  local text = found[2][i + 1]
  bytes = bytes + #text
  reply[#reply + 1] = found[2][i]
  reply[#reply + 1] = string.match(text, '^[^\n]*\n[^\n]*\n[^\n]*') or ''
end
reply[2] = bytes
return reply
