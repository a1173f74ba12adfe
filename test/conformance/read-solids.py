"""Reads CityJSON 2.0 and LandXML 1.2 with nothing of the product: rules of the formats, then shapes. Prints JSON.

Where Debian has no schema for them, the rules are written out here: CityJSON from the schema of 2.0 (cityjson.schema.json,
cityobjects.schema.json, geomprimitives.schema.json, metadata.schema.json) for buildings, LandXML from LandXML-1.2.xsd for
surfaces (elements Units, Metric, CoordinateSystem, Application, Surfaces, Surface, Definition, Pnts, P, Faces, F).
"""
import json
import re
import sys
import xml.etree.ElementTree as tree
from collections import Counter

faults = []


def hold(rule, holds):
    if not holds and rule not in faults:
        faults.append(rule)
    return holds


def numbers(value, count, kind=(int, float)):
    return isinstance(value, list) and len(value) == count and all(isinstance(n, kind) and not isinstance(n, bool) for n in value)


SURFACES = {'RoofSurface', 'GroundSurface', 'WallSurface', 'ClosureSurface', 'OuterCeilingSurface', 'OuterFloorSurface', 'Window', 'Door'}
ATTRIBUTES = {'measuredHeight': (int, float), 'storeysAboveGround': int, 'storeysBelowGround': int, 'roofType': str, 'yearOfConstruction': int, 'function': str, 'usage': str, 'class': str}


def city_json(city):
    hold('root: type, version, transform, CityObjects, vertices', {'type', 'version', 'transform', 'CityObjects', 'vertices'} <= set(city))
    hold('root: only members of the schema', set(city) <= {'type', 'version', 'transform', 'CityObjects', 'vertices', 'metadata', 'extensions', 'appearance', 'geometry-templates'})
    hold('type and version', city['type'] == 'CityJSON' and city['version'] == '2.0')
    transform = city['transform']
    hold('transform: scale and translate of three numbers', set(transform) == {'scale', 'translate'} and all(numbers(part, 3) for part in transform.values()))
    metadata = city.get('metadata', {})
    hold('metadata: only members of the schema', set(metadata) <= {'geographicalExtent', 'identifier', 'pointOfContact', 'referenceDate', 'referenceSystem', 'title'})
    hold('metadata: referenceSystem', re.fullmatch(r'https?://www\.opengis\.net/def/crs/[A-Za-z]+/[0-9.]+/\w+', metadata.get('referenceSystem', '')))
    hold('metadata: geographicalExtent of six numbers', numbers(metadata.get('geographicalExtent', [0] * 6), 6))
    vertices = city['vertices']
    hold('vertices: three whole numbers each', all(numbers(vertex, 3, int) for vertex in vertices))
    used = set()
    volumes = {}
    for name, thing in city['CityObjects'].items():
        hold('object: type Building', thing.get('type') == 'Building')
        hold('object: only members of the schema', set(thing) <= {'type', 'attributes', 'geometry', 'geographicalExtent', 'parents', 'children', 'address'})
        for key, value in thing.get('attributes', {}).items():
            hold(f'attribute {key}: kind', key not in ATTRIBUTES or isinstance(value, ATTRIBUTES[key]))
        for geometry in thing.get('geometry', []):
            hold('geometry: members', {'type', 'lod', 'boundaries'} <= set(geometry) <= {'type', 'lod', 'boundaries', 'semantics', 'material', 'texture'})
            hold('geometry: kind', geometry['type'] in ('Solid', 'MultiSurface'))
            hold('geometry: lod', isinstance(geometry['lod'], str) and re.fullmatch(r'[0-3](\.[0-3])?', geometry['lod']))
            is_solid = geometry['type'] == 'Solid'
            shells = geometry['boundaries'] if is_solid else [geometry['boundaries']]
            semantics = geometry.get('semantics')
            if semantics:
                hold('semantics: surfaces and values', set(semantics) == {'surfaces', 'values'})
                hold('semantics: kinds of surfaces', all(each.get('type') in SURFACES for each in semantics['surfaces']))
                values = semantics['values'] if is_solid else [semantics['values']]
                hold('semantics: a value for each surface', [len(shell) for shell in values] == [len(shell) for shell in shells])
                known = range(len(semantics['surfaces']))
                hold('semantics: values name surfaces', all(value is None or value in known for shell in values for value in shell))
            volume = 0
            for shell in shells:
                edges = Counter()
                for surface in shell:
                    for ring in surface:
                        hold('ring: at least three corners, each once', len(ring) >= 3 and len(set(ring)) == len(ring))
                        if not hold('ring: corners that are there', all(isinstance(index, int) and 0 <= index < len(vertices) for index in ring)):
                            continue
                        used.update(ring)
                        edges.update(zip(ring, ring[1:] + ring[:1]))
                        places = [[n * s for n, s in zip(vertices[index], transform['scale'])] for index in ring]
                        origin = [n * s for n, s in zip(vertices[shells[0][0][0][0]], transform['scale'])]
                        a, *rest = [[n - o for n, o in zip(place, origin)] for place in places]
                        for b, c in zip(rest, rest[1:]):
                            volume += (a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])) / 6
                if is_solid:
                    hold('solid: each edge once each way', all(count == 1 and edges[(to, start)] == 1 for (start, to), count in edges.items()))
            if is_solid:
                hold('solid: faces look outwards', volume > 0)
                volumes[name] = volume
    hold('vertices: each is used', used == set(range(len(vertices))))
    return {'objects': len(city['CityObjects']), 'volumes': volumes}


SPACE = '{http://www.landxml.org/schema/LandXML-1.2}'
METRIC = {'areaUnit': {'hectare', 'squareMeter', 'squareMillimeter', 'squareCentimeter'}, 'linearUnit': {'millimeter', 'centimeter', 'meter', 'kilometer'}, 'volumeUnit': {'cubicMeter', 'liter', 'hectareMeter'}, 'temperatureUnit': {'celsius', 'kelvin'}, 'pressureUnit': {'HPA', 'milliBars', 'mmHG', 'millimeterHG'}}
CHILDREN = {'LandXML': {'Units', 'CoordinateSystem', 'Project', 'Application', 'Surfaces'}, 'Units': {'Metric'}, 'Surfaces': {'Surface'}, 'Surface': {'Definition'}, 'Definition': {'Pnts', 'Faces'}, 'Pnts': {'P'}, 'Faces': {'F'}}
REQUIRED = {'LandXML': {'version', 'date', 'time'}, 'Metric': set(METRIC), 'Application': {'name'}, 'Surface': {'name'}, 'Definition': {'surfType'}, 'P': {'id'}}
OPTIONAL = {'CoordinateSystem': {'name', 'desc', 'epsgCode', 'horizontalDatum', 'verticalDatum'}, 'Surface': {'desc', 'state'}, 'Application': {'desc', 'manufacturer', 'version', 'manufacturerURL', 'timeStamp'}, 'LandXML': {'language', 'readOnly'}, 'F': {'i', 'n'}, 'Project': {'name', 'desc', 'state'}}


def land_xml(root):
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        hold(f'{name}: namespace', element.tag.startswith(SPACE))
        hold(f'{name}: children', {child.tag.removeprefix(SPACE) for child in element} <= CHILDREN.get(name, {'Feature'}))
        attributes = {key for key in element.attrib if not key.startswith('{')}
        required = REQUIRED.get(name, set())
        hold(f'{name}: attributes', required <= attributes <= required | OPTIONAL.get(name, set()))
    hold('LandXML: version', root.get('version') == '1.2')
    hold('LandXML: date and time', re.fullmatch(r'\d{4}-\d\d-\d\d', root.get('date', '')) and re.fullmatch(r'\d\d:\d\d:\d\d', root.get('time', '')))
    metric = root.find(f'{SPACE}Units/{SPACE}Metric')
    hold('Metric: units', all(metric.get(name) in units for name, units in METRIC.items()))
    surface = root.find(f'{SPACE}Surfaces/{SPACE}Surface/{SPACE}Definition')
    hold('Definition: surfType', surface.get('surfType') == 'TIN')
    points = {}
    for point in surface.iter(f'{SPACE}P'):
        hold('P: id is a whole number from 1, once', re.fullmatch(r'[1-9]\d*', point.get('id', '')) and point.get('id') not in points)
        points[point.get('id')] = [float(number) for number in point.text.split()]
        hold('P: northing, easting, height', len(points[point.get('id')]) == 3)
    edges = Counter()
    area = 0
    for face in surface.iter(f'{SPACE}F'):
        ids = face.text.split()
        if not hold('F: three points that are there', len(set(ids)) == 3 and all(each in points for each in ids)):
            continue
        edges.update(zip(ids, ids[1:] + ids[:1]))
        (n1, e1, _), (n2, e2, _), (n3, e3, _) = (points[each] for each in ids)
        twice = (e2 - e1) * (n3 - n1) - (e3 - e1) * (n2 - n1)
        hold('F: counter-clockwise', twice > 0)
        area += twice / 2
    hold('F: no edge twice the same way', max(edges.values()) == 1)
    return {'points': len(points), 'areaM2': area}


kind, path = sys.argv[1:]
if kind == 'cityjson':
    with open(path, encoding='utf-8') as file:
        found = city_json(json.load(file))
else:
    found = land_xml(tree.parse(path).getroot())
print(json.dumps({'faults': faults, **found}))
