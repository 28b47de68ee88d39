--- One word for what every script does.
-- @needs
local call = redis.call
