"""Holds the files of an order against the table: count, ids, attributes, every position to a millimetre.

Reads JSON from standard input: folder, files (format, path, layer, srid) and the objects of each layer as the table has
them, in EPSG:2177. Writes the faults, one a line.
"""
import json
import sys

from osgeo import gdal, ogr, osr

ogr.UseExceptions()
asked = json.load(sys.stdin)
MILLIMETRE = {True: 0.001 / 111_000, False: 0.001}


def crs(srid):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(srid)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def positions(geometry):
    if geometry.GetGeometryCount():
        return [p for i in range(geometry.GetGeometryCount()) for p in positions(geometry.GetGeometryRef(i))]
    return [geometry.GetPoint(i) for i in range(geometry.GetPointCount())]


def farthest(found, wanted, tolerance):
    """Whether each position of one has one of the other beside it."""
    def cells(points):
        size = 10 * tolerance
        at = {}
        for point in points:
            key = (round(point[0] / size), round(point[1] / size))
            at.setdefault(key, []).append(point)
        return at, size

    def missing(points, others):
        at, size = cells(others)
        for x, y, z in points:
            near = [
                p
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                for p in at.get((round(x / size) + dx, round(y / size) + dy), [])
            ]
            if not any(
                abs(p[0] - x) <= tolerance and abs(p[1] - y) <= tolerance and abs(p[2] - z) <= 0.001 for p in near
            ):
                return (x, y, z)
        return None

    return missing(found, wanted) or missing(wanted, found)


def told_by_gdal(file, says):
    """Objects of a file: name of the field to value, and the geometry; with the CRS that the file says."""
    options = ["GEOM_POSSIBLE_NAMES=WKT"] if file["format"] == "csv" else []
    source = gdal.OpenEx(file["path"], gdal.OF_VECTOR, open_options=options)
    layer = source.GetLayerByName(file["layer"]) if file["format"] == "gpkg" else source.GetLayer(0)
    fields = {field.GetName().lower(): field.GetName() for field in layer.schema}
    rows = [
        ({name: feature.GetField(known) for name, known in fields.items()}, feature.GetGeometryRef().Clone())
        for feature in layer
    ]
    if file["format"] in ("fgb", "gpkg"):
        hold_index(layer, rows, says)
    return layer.GetSpatialRef(), rows


def hold_index(layer, rows, says):
    """Whether the index of a file finds what a look at every box does."""
    boxes = [geometry.GetEnvelope() for _, geometry in rows]
    if not layer.TestCapability(ogr.OLCFastSpatialFilter):
        print(f"{says}: there is no index")
    for west, east, south, north in boxes[:: max(1, len(boxes) // 20)]:
        layer.SetSpatialFilterRect(west, south, east, north)
        found = {feature.GetField("id") for feature in layer}
        meet = {
            values["id"]
            for (values, geometry), box in zip(rows, boxes)
            if box[0] <= east and box[1] >= west and box[2] <= north and box[3] >= south
        }
        sure = {values["id"] for values, geometry in rows if geometry.GetEnvelope() == (west, east, south, north)}
        if not sure <= found <= meet:
            print(f"{says}: the index finds {sorted(found)[:5]} of {sorted(meet)[:5]}")
    layer.SetSpatialFilter(None)


def told_by_parquet(file, says):
    """The same of a GeoParquet that Arrow has read: its metadata and the WKB of its rows."""
    with open(file["path"]) as text:
        told = json.load(text)
    about = told["geo"]["columns"]["geometry"]
    reference = osr.SpatialReference()
    plan, *heights = about["crs"].get("components", [about["crs"]])
    reference.SetFromUserInput(json.dumps(plan))
    if [each["id"]["code"] for each in heights] != ([9651] if "zmin" in about["covering"]["bbox"] else []):
        print(f"{says}: the heights are {heights}")
    rows = []
    for row in told["rows"]:
        geometry = ogr.CreateGeometryFromWkb(bytes.fromhex(row["wkb"]))
        west, east, south, north, low, high = geometry.GetEnvelope3D()
        edges = {"xmin": west, "xmax": east, "ymin": south, "ymax": north, "zmin": low, "zmax": high}
        box = row["values"]["bbox"]
        if any(edges[edge] != value for edge, value in box.items()):
            print(f"{says}: the box of {row['values']['id']} is {box}, not {edges}")
        if f"{geometry.GetGeometryName()}" not in [name.split(" ")[0].upper() for name in about["geometry_types"]]:
            print(f"{says}: {geometry.GetGeometryName()} is not among {about['geometry_types']}")
        rows.append((row["values"], geometry))
    return reference, rows


for file in asked["files"]:
    says = f"{file['format']} {file['layer']} EPSG:{file['srid']}"
    reference, rows = (told_by_parquet if file["format"] == "parquet" else told_by_gdal)(file, says)
    target = crs(file["srid"])
    if file["format"] != "csv":
        if reference is None or not reference.IsSame(target, ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES"]):
            name = reference.GetName() if reference else None
            # GDAL takes longitude, latitude and height for a system of its own.
            coded = reference is not None and reference.GetAuthorityCode(None) == str(file["srid"])
            if not coded and (name != "WGS 84" or file["srid"] != 4326):
                print(f"{says}: the CRS is {name}")
        if reference is not None:
            reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    to = osr.CoordinateTransformation(crs(2177), target)
    wanted = {each["id"]: each for each in asked["objects"][file["layer"]]}
    seen = set()
    for values, geometry in rows:
        key = values.get("id")
        if key not in wanted:
            print(f"{says}: {key} was not asked for")
            continue
        seen.add(key)
        object_ = wanted[key]
        for name, value in object_["values"].items():
            short = file.get("fields", {}).get(name, name)
            read = values.get(short.lower())
            if str(read if read is not None else "") != str(value if value is not None else ""):
                print(f"{says}: {name} of {key} is {read!r}, not {value!r}")
        shape = ogr.CreateGeometryFromJson(json.dumps(object_["geometry"]))
        shape.Transform(to)
        tolerance = MILLIMETRE[bool(target.IsGeographic())]
        lost = farthest(positions(geometry), positions(shape), tolerance)
        if lost:
            print(f"{says}: {key} has no position near {lost}: {geometry.ExportToWkt()[:120]}")
    if len(seen) != len(wanted):
        print(f"{says}: {len(seen)} of {len(wanted)} objects")
