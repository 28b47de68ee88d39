--- The server's time in ms, which every script uses: clients' clocks differ.
-- @needs
local call = redis.call
local clock = call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
