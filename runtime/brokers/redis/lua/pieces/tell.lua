--- Notices, gathered per channel and sent at the end of the script.
-- @needs base call
local told = {}

local function tell(channel, notice)
  local notices = told[channel]
  if notices then notices[#notices + 1] = notice else told[channel] = { notice } end
end

--- A large outcome is told without its text: whoever wants it reads it.
local function tellOutcome(channel, run, index, outcome)
  tell(channel, #outcome < 8192 and ('outcome ' .. run .. ' ' .. index .. '\n' .. outcome) or ('outcome ' .. run .. ' ' .. index))
end

local function sendNotices()
  for channel, notices in pairs(told) do call('PUBLISH', base .. channel, table.concat(notices, '\30')) end
  told = {}
end
