--- Where the messages of a queue are.
-- @needs base
--- Its lists, best priority first, and where to take from.
local function listsOf(queue)
  local list = base .. 'queue:' .. queue .. ':'
  return {
    list .. '9', list .. '8', list .. '7', list .. '6', list .. '5', list .. '4', list .. '3', list .. '2', list .. '1', list .. '0',
    'LEFT',
  }
end
