-- wrk script: asks for a mix of addresses, each connection at its own pace.
-- usage: wrk -t1 … -s request-mix.lua URL -- FILE DELAY_MS
-- FILE has a line for each address: KIND SHARE PATH. Of a kind with several addresses one is drawn each time; {r} in a path
-- becomes a number that was not asked for before.
local kinds, shares, all = {}, {}, {}
local pause, asked = 0, 0
local failures = {}

function init(args)
  pause = tonumber(args[2])
  math.randomseed(2177)
  for line in io.lines(args[1]) do
    local kind, share, path = line:match("^(%S+) (%S+) (.+)$")
    if not kinds[kind] then
      kinds[kind] = {}
      table.insert(shares, { kind = kind, share = tonumber(share) })
    end
    table.insert(kinds[kind], path)
  end
end

function delay()
  -- At random around the pace, so that connections do not march in step.
  return math.random(0, 2 * pause)
end

function request()
  local left = math.random() * 100
  local kind = shares[#shares].kind
  for _, each in ipairs(shares) do
    left = left - each.share
    if left < 0 then kind = each.kind break end
  end
  asked = asked + 1
  local paths = kinds[kind]
  local path = paths[math.random(#paths)]:gsub("{r}", function() return string.format("%07d", asked) end)
  return wrk.format("GET", path)
end

function response(status, headers, body)
  if status ~= 200 and status ~= 204 and status ~= 304 then
    failures[status] = (failures[status] or 0) + 1
    if failures[status] <= 2 then io.stderr:write("NOT OK ", status, " ", body:sub(1, 300), "\n") end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('RESULT {"perS":%.2f,"p50Ms":%.2f,"p95Ms":%.2f,"kbEach":%.2f,"requests":%d,"failed":%d}\n',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.bytes / math.max(1, summary.requests) / 1000, summary.requests,
    errors.status + errors.timeout + errors.connect + errors.read + errors.write))
  io.write(string.format("connect %d, read %d, write %d, status %d, timeout %d; slowest %.0f ms\n", errors.connect,
    errors.read, errors.write, errors.status, errors.timeout, latency.max / 1000))
end
