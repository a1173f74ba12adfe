-- wrk script: asks for random boxes of one size. The seed is fixed, so that every server gets the same boxes.
-- usage: wrk … -s random-box.lua URL -- MINX MINY MAXX MAXY SIDE_M CONTENT_TYPE TEMPLATE
-- TEMPLATE is a query in which {x} {y} {X} {Y} stand for the lower and upper corner.
local minX, minY, maxX, maxY, side, kind, template

function init(args)
  minX, minY, maxX, maxY = tonumber(args[1]), tonumber(args[2]), tonumber(args[3]), tonumber(args[4])
  side, kind, template = tonumber(args[5]), args[6], args[7]
  math.randomseed(2177)
end

function request()
  local x = minX + math.random() * (maxX - minX - side)
  local y = minY + math.random() * (maxY - minY - side)
  local at = { x = x, y = y, X = x + side, Y = y + side }
  local query = template:gsub("{(%a)}", function(name) return string.format("%.2f", at[name]) end)
  return wrk.format("GET", wrk.path .. query)
end

local bad = 0
function response(status, headers, body)
  local got = headers["Content-Type"] or headers["content-type"] or ""
  if status ~= 200 or not got:find(kind, 1, true) or body:find("ExceptionReport", 1, true) then
    bad = bad + 1
    if bad == 1 then io.stderr:write("BAD ", status, " ", got, " ", body:sub(1, 400), "\n") end
  end
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read
  io.write(string.format('RESULT {"perS":%.2f,"p50Ms":%.2f,"p95Ms":%.2f,"kbEach":%.2f,"requests":%d,"failed":%d}\n',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.bytes / math.max(1, summary.requests) / 1000, summary.requests, failed))
end
