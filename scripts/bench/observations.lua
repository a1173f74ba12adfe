-- wrk script: sends values, each of a datastream and a time of its own.
-- usage: wrk … -s observations.lua URL -- TOKEN DATASTREAMS ROWS BEGIN_S
-- ROWS 0 posts one value at a time, else as many as data arrays by CreateObservations.
local token, streams, rows, begin
local n = 0

function init(args)
  token, streams, rows, begin = args[1], tonumber(args[2]), tonumber(args[3]), tonumber(args[4])
  wrk.headers["authorization"] = "Bearer " .. token
  wrk.headers["content-type"] = "application/json"
end

local function moment()
  local s = begin + math.floor(n / streams)
  return os.date("!%Y-%m-%dT%H:%M:%SZ", s)
end

function request()
  if rows == 0 then
    n = n + 1
    local body = string.format('{"phenomenonTime":"%s","result":%d}', moment(), n % 97)
    return wrk.format("POST", string.format("/sta/v1.1/Datastreams(%d)/Observations", 1 + n % streams), nil, body)
  end
  local each = 10
  local blocks = {}
  for b = 1, rows / each do
    local id = 1 + (n / each) % streams
    local values = {}
    for i = 1, each do
      n = n + 1
      local s = begin + math.floor(n / each / streams) * each + i
      values[i] = string.format('["%s",%d]', os.date("!%Y-%m-%dT%H:%M:%SZ", s), n % 97)
    end
    blocks[b] = string.format('{"Datastream":{"@iot.id":%d},"components":["phenomenonTime","result"],"dataArray":[%s]}',
      id, table.concat(values, ","))
  end
  return wrk.format("POST", "/sta/v1.1/CreateObservations", nil, "[" .. table.concat(blocks, ",") .. "]")
end

local bad = 0
function response(status, headers, body)
  if status ~= 201 or body:find('"error', 1, true) then
    bad = bad + 1
    if bad == 1 then io.stderr:write("BAD ", status, " ", body:sub(1, 400), "\n") end
  end
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read
  io.write(string.format('RESULT {"perS":%.2f,"p50Ms":%.2f,"p95Ms":%.2f,"kbEach":%.2f,"requests":%d,"failed":%d}\n',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.bytes / summary.requests / 1000, summary.requests, failed))
end
