--- Where calls go that can start. What is made ready is pushed once, at the end of the script, in order.
-- @needs base call now wake delayed
-- `served` and `room` are those of the worker that asks, if one does; `fresh` is what it gets at once, and `behind` which pure
-- calls follow those: by place, the run, the call's index, and that of the last.
local fresh, served, room, behind = {}, {}, 0, {}
local fronts, tails = {}, {}
local chunk = 2000

--- What is to be pushed for one priority of a queue, so far.
local function pushesTo(lists, queue, priority)
  local key = base .. 'queue:' .. queue .. ':' .. priority
  local list = lists[key]
  if not list then
    list = { queue = queue }
    lists[key] = list
  end
  return list
end

local function put(lists, queue, priority, text)
  local list = pushesTo(lists, queue, priority)
  list[#list + 1] = text
end

local function postpone(text, delay)
  local node = string.match(text, '^%S+ %S+')
  call('ZADD', base .. 'delayed', now + delay, node)
  delayed = true
  call('HSET', base .. 'delayed:messages', node, text)
end

--- A call that has just been made ready: to the worker that asks, or to the front of its queue.
local function start(text, pure)
  local queue, priority, delay = string.match(text, '^%S+ %S+ (%S+) (%d+) (%d+)')
  if delay ~= '0' then postpone(text, tonumber(delay))
  elseif served[queue] and #fresh < room then
    fresh[#fresh + 1] = text
    behind[#fresh] = pure
  else put(fronts, queue, priority, text) end
end

--- A message that does not say where it belongs was written by somebody else: it is kept as evidence.
local function keepUnreadable(text)
  local record = table.concat({ '', 'undecodable', 0, now, '' }, '\31') .. '\n' .. text
  call('HSET', base .. 'aside', 'unreadable-' .. redis.sha1hex(text) .. ' 0', record)
end

--- A message that was given back.
local function putBack(text, lists, delay)
  local queue, priority = string.match(text, '^%S+ %d+ (%S+) (%d) ')
  if not queue then return keepUnreadable(text) end
  if delay > 0 then return postpone(text, delay) end
  put(lists, queue, priority, text)
end

local function pushAll(command, key, list)
  for from = 1, #list, chunk do call(command, key, unpack(list, from, math.min(#list, from + chunk - 1))) end
end

local function pushReady()
  for key, list in pairs(fronts) do
    local last = #list
    for i = 1, math.floor(last / 2) do list[i], list[last + 1 - i] = list[last + 1 - i], list[i] end
    pushAll('LPUSH', key, list)
    wake(list.queue)
  end
  for key, list in pairs(tails) do
    pushAll('RPUSH', key, list)
    wake(list.queue)
  end
  fronts, tails = {}, {}
end
