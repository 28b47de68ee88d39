--- Look for a ready call in one list of a queue, a slice at a time.
-- @key base
-- @arg list         queue:<name>:<priority>
-- @arg node         "run index"
-- @arg from         where the slice begins
-- @reply            its position and its first three lines; or -1 where the slice has it not, -2 where the list ends before the slice
local texts = redis.call('LRANGE', base .. list, from, from + 499)
local mine = node .. ' '
for i, text in ipairs(texts) do
  if string.sub(text, 1, #mine) == mine then return { from + i - 1, string.match(text, '^[^\n]*\n[^\n]*\n[^\n]*') or '' } end
end
return { #texts == 0 and -2 or -1, '' }
