--- What a lone call's message says of its end.
-- @needs
--- Whom to tell, how long to keep the outcome, and the task.
local function loneFacts(text)
  local fine, header = pcall(cjson.decode, string.match(text, '^[^\n]*\n[^\n]*\n([^\n]*)') or '')
  if not fine or type(header) ~= 'table' then return '', 86400000, '' end
  local function said(field, kind) return type(header[field]) == kind and header[field] end
  return said('reply', 'string') or '', string.format('%.0f', said('keep', 'number') or 86400000), said('task', 'string') or ''
end
