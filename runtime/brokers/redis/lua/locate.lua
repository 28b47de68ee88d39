--- Look for a ready call in one list of a queue, a slice at a time.
-- @key base
-- @arg list         queue:<name>:<priority>
-- @arg node         "run index"
-- @arg from         where the slice begins
-- @reply            its position, -1 where the slice has it not; its first three lines; where the next slice begins, -1 after the last
local mine = node .. ' '
local at, last, bytes = tonumber(from), tonumber(from) + 1000, 0
-- Messages may be large: a slice is short of them, so that nobody waits for it.
while at < last and bytes < 1000000 do
  local texts = redis.call('LRANGE', base .. list, at, at + 9)
  if #texts == 0 then return { -1, '', -1 } end
  for i, text in ipairs(texts) do
    if string.sub(text, 1, #mine) == mine then return { at + i - 1, string.match(text, '^[^\n]*\n[^\n]*\n[^\n]*') or '', -1 } end
    bytes = bytes + #text
  end
  at = at + #texts
end
return { -1, '', at }
