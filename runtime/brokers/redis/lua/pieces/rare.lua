--- What most scripts need not look after: most of the time there is nothing of the kind, and one command says so.
-- @needs base call
local delayed, counted, timed, followed, graves = false, false, false, false, false
if call('EXISTS', base .. 'delayed', base .. 'deliveries', base .. 'expiring', base .. 'followers', base .. 'cancelled') > 0 then
  delayed, counted = call('EXISTS', base .. 'delayed') == 1, call('EXISTS', base .. 'deliveries') == 1
  timed, followed = call('EXISTS', base .. 'expiring') == 1, call('EXISTS', base .. 'followers') == 1
  graves = call('EXISTS', base .. 'cancelled') == 1
end

--- The moments until which messages may be of a run in which something was revoked; false where they cannot.
local function gravesOf(texts)
  local ids = {}
  for i, text in ipairs(texts) do ids[i] = string.match(text, '^%S+') or '' end
  return call('ZMSCORE', base .. 'cancelled', unpack(ids))
end
