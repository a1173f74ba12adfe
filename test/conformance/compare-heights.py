"""Compares the heights of two packages of the same order, in PL-EVRF2007-NH and in PL-KRON86-NH, with PROJ on the grids.

Arguments: folder of the grids, folders of the two packages (names without the height system). Writes JSON: for each file
how many heights were compared, and the largest difference in metres.
"""
import glob
import json
import sys

import ezdxf
from osgeo import gdal, osr

gdal.UseExceptions()
grids, city, old = sys.argv[1:]
TMERC = "+proj=tmerc +lat_0=0 +lon_0=18 +k=0.999923 +x_0=6500000 +y_0=0 +ellps=GRS80"
GRID = f"+proj=vgridshift +multiplier=1 +grids={grids}/pl_gugik_geoid2011-PL-"
options = osr.CoordinateTransformationOptions()
options.SetOperation(
    f"+proj=pipeline +step +inv {TMERC} +step {GRID}EVRF2007-NH.tif +step +inv {GRID}KRON86-NH.tif +step {TMERC}"
)
transform = osr.CoordinateTransformation(None, None, options)
HEIGHTS = {
    "buildings_3d": ["ground_height_m"],
    "utility_lines": ["start_height_m", "end_height_m"],
    "utility_elevations": ["top_height_m", "bottom_height_m", "ground_height_m"],
}
answer = {}


def hold(name, places):
    """@param places easting, northing, height of the one and of the other"""
    worst = 0
    for x, y, here, there in places:
        worst = max(worst, abs(transform.TransformPoint(x, y, here)[2] - there))
    answer[name] = {"heights": len(places), "worstM": worst}


def positions(geometry):
    if geometry.GetGeometryCount():
        return [p for i in range(geometry.GetGeometryCount()) for p in positions(geometry.GetGeometryRef(i))]
    return [geometry.GetPoint(i) for i in range(geometry.GetPointCount())]


def objects(folder, kind, layer):
    name = "city" if kind == "gpkg" else layer
    options = ["GEOM_POSSIBLE_NAMES=WKT"] if kind == "csv" else []
    source = gdal.OpenEx(f"{folder}/{kind}/{name}_EPSG2177.{kind}", gdal.OF_VECTOR, open_options=options)
    read = source.GetLayerByName(layer) if kind == "gpkg" else source.GetLayer(0)
    found = {}
    for feature in read:
        values = {key: feature.GetField(key) for key in HEIGHTS[layer]}
        found[feature.GetField("id")] = (feature.GetGeometryRef().Clone(), values)
    return found


for kind in ["geojson", "gpkg", "csv", "gml", "fgb"]:
    for layer in HEIGHTS:
        ours, theirs = objects(city, kind, layer), objects(old, kind, layer)
        assert ours.keys() == theirs.keys(), f"{kind} {layer}: other objects"
        places = []
        for key, (geometry, values) in ours.items():
            moved, heights = theirs[key]
            if layer == "buildings_3d":
                pairs = list(zip(positions(geometry), positions(moved), strict=True))
                assert all(a[:2] == b[:2] for a, b in pairs), f"{kind} {layer} {key}: moved in the plane"
                places += [(x, y, z, other[2]) for (x, y, z), other in pairs]
            west, east, south, north = geometry.GetEnvelope()
            for name, value in values.items():
                assert (value in (None, "")) == (heights[name] in (None, "")), f"{kind} {layer} {key}: {name}"
                if value not in (None, ""):
                    places.append(((west + east) / 2, (south + north) / 2, float(value), float(heights[name])))
        hold(f"{kind} {layer}", places)


def blocks(folder):
    drawing = ezdxf.readfile(f"{folder}/dxf/city_EPSG2177.dxf")
    found = {}
    for each in drawing.modelspace().query("INSERT"):
        if each.dxf.layer.startswith("UTILITY_ELEVATIONS") and each.attribs:
            found[each.get_xdata("BLIZNIAK")[0].value] = each.dxf.insert
    return found


ours, theirs = blocks(city), blocks(old)
assert ours.keys() == theirs.keys()
hold("dxf", [(at.x, at.y, at.z, theirs[key].z) for key, at in ours.items()])


def posts(folder):
    grid = gdal.Open(glob.glob(f"{folder}/dtm-asc/*.asc")[0])
    return grid.GetGeoTransform(), grid.ReadAsArray()


(frame, here), (other, there) = posts(city), posts(old)
assert frame == other
hold(
    "dtm-asc",
    [
        (frame[0] + (c + 0.5) * frame[1], frame[3] + (r + 0.5) * frame[5], float(here[r, c]), float(there[r, c]))
        for r in range(0, here.shape[0], 7)
        for c in range(0, here.shape[1], 7)
        if here[r, c] > -9999
    ],
)
print(json.dumps(answer))
