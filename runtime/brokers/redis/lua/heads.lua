--- A slice of a hash of messages, without their arguments: however large those are, little is told.
-- @key base
-- @arg hash         held:<worker> or delayed:messages
-- @arg cursor       0 at first
-- @reply            the next cursor, 0 at the end; then the first three lines of each message
local found = redis.call('HSCAN', base .. hash, cursor, 'COUNT', 200)
local reply = { found[1] }
for i = 2, #found[2], 2 do reply[#reply + 1] = string.match(found[2][i], '^[^\n]*\n[^\n]*\n[^\n]*') or '' end
return reply
