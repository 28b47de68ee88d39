--- The nodes in one list of a queue, a slice at a time from its tail: what is claimed meanwhile moves none of those still to be looked at.
-- @key base
-- @arg list         queue:<name>:<priority>
-- @arg from         where the slice ends, counted from the tail: -1 at first
-- @reply            where the next slice ends, 0 after the last; then "run index" of each
local at, least, bytes = tonumber(from), tonumber(from) - 1000, 0
local reply = { 0 }
-- Messages may be large: a slice is short of them, so that nobody waits for it.
while at > least and bytes < 1000000 do
  local texts = redis.call('LRANGE', base .. list, at - 9, at)
  if #texts == 0 then return reply end
  for _, text in ipairs(texts) do
    reply[#reply + 1] = string.match(text, '^%S* %S*') or ''
    bytes = bytes + #text
  end
  at = at - 10
end
reply[1] = at
return reply
