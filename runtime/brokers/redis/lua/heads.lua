--- A slice of a hash of messages, the first lines of each: however large their arguments are, little is told.
-- @key base
-- @arg hash         held:<worker>, delayed:messages or aside
-- @arg lines        how many lines of each come before its arguments
-- @arg cursor       0 at first
-- @arg count        about how many to look at
-- @reply            the next cursor, 0 at the end; how many bytes were looked at; then each field and the first lines of its message
local pattern = '^[^\n]*' .. string.rep('\n[^\n]*', lines - 1)
local found = redis.call('HSCAN', base .. hash, cursor, 'COUNT', count)
local reply, bytes = { found[1], 0 }, 0
for i = 1, #found[2], 2 do
  local text = found[2][i + 1]
  bytes = bytes + #text
  reply[#reply + 1] = found[2][i]
  -- What has fewer lines is no message of ours; its beginning says whose it may be.
  reply[#reply + 1] = string.match(text, pattern) or string.sub(text, 1, 1000)
end
reply[2] = bytes
return reply
