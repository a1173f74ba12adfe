#!/usr/bin/env python3
"""Water that runs off roofs in a cloudburst, before and after a scenario: a model outside Blizniak.

    BLIZNIAK_AUTHORIZATION='Bearer blz_…' python3 roof_runoff.py http://127.0.0.1:8080 <scenario> [millimetres]

Reads the buildings of the base and of the scenario over OGC API - Features, and writes its result back, so that it
stands in the scenario's table of consequences. Needs nothing but Python 3.8.
"""
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

MODEL = "roof-runoff"
VERSION = "1"
# Share of the rain that leaves a roof: 0.9 for hard roofs, uncertain by a tenth.
RUNOFF, RUNOFF_ERROR = 0.9, 0.1
CITY_CRS = "http://www.opengis.net/def/crs/EPSG/0/2177"


def ask(method, address, body=None):
    """One request; the answer as JSON. Ends with what the service says when it refuses."""
    headers = {"accept": "application/geo+json, application/json"}
    if body is not None:
        headers["content-type"] = "application/json"
    if os.environ.get("BLIZNIAK_AUTHORIZATION"):
        headers["authorization"] = os.environ["BLIZNIAK_AUTHORIZATION"]
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        sys.exit(f"{method} {address}: {error.code} {error.read().decode()}")


def features(root):
    """Every building of a state of the city, page by page."""
    query = urllib.parse.urlencode({"crs": CITY_CRS, "limit": 1000})
    address = f"{root}/ogc/collections/buildings/items?{query}"
    while address:
        page = ask("GET", address)
        yield from page["features"]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)


def ring_area(ring):
    """Of a ring in metres, whichever axis comes first; relative to its first corner, so that no digits are lost."""
    x0, y0 = ring[0][:2]
    corners = [(x - x0, y - y0) for x, y, *_ in ring]
    return abs(sum(a * d - b * c for (a, b), (c, d) in zip(corners, corners[1:]))) / 2


def roof_m2(root):
    area = 0.0
    for feature in features(root):
        for outline, *courtyards in feature["geometry"]["coordinates"]:
            area += ring_area(outline) - sum(map(ring_area, courtyards))
    return area


def main(service, scenario_id, rain_mm=30.0):
    scenario = ask("GET", f"{service}/api/scenarios/{scenario_id}")
    run = ask("POST", f"{service}/api/runs", {
        "model": MODEL,
        "parameters": {"rainMm": rain_mm},
        "scenario": scenario_id,
        "outside": {
            "version": VERSION,
            "title": {"pl": "Spływ z dachów", "en": "Run-off from roofs"},
            "summary": {
                "pl": "Obrys budynków razy opad razy 0,9. Bez dachów zielonych i zbiorników.",
                "en": "Footprints times rain times 0.9. Without green roofs and tanks.",
            },
        },
    })
    if run["state"] == "successful":
        # The same request is the same run.
        print(json.dumps(ask("GET", run["urls"]["result"])))
        return
    base = urllib.parse.quote(scenario["base"]["at"], safe="")
    before = roof_m2(f"{service}/at/{base}") * rain_mm / 1000 * RUNOFF
    ask("PATCH", run["urls"]["self"], {"progress": 50})
    after = roof_m2(f"{service}/s/{scenario_id}") * rain_mm / 1000 * RUNOFF
    delta = after - before
    result = {
        "rows": [{
            "name": "roof-runoff",
            "title": {"pl": f"Woda z dachów przy {rain_mm:g} mm", "en": f"Water off roofs at {rain_mm:g} mm"},
            "unit": "m3",
            "method": {"pl": "obrys × opad × 0,9", "en": "footprint × rain × 0.9"},
            "before": round(before, 2),
            "after": round(after, 2),
            "deltaBound": round(abs(delta) * RUNOFF_ERROR / RUNOFF, 2),
        }],
    }
    ask("PUT", run["urls"]["result"], result)
    print(json.dumps(result))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1].rstrip("/"), sys.argv[2], *map(float, sys.argv[3:]))
