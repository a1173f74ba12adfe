/** Buildings of an order in formats of bodies, judged by schemas, validators and readers that nobody here wrote. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebIO } from '@gltf-transform/core';
import validator from 'gltf-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IFCBUILDING, IFCBUILDINGELEMENTPROXY, IFCMAPCONVERSION, IFCPROJECTEDCRS, IfcAPI } from 'web-ifc';
import type { Feature } from '../../core/feature/feature.ts';
import { CITYGML } from '../../core/formats/citygml/reader.ts';
import { writeCityGml } from '../../core/formats/citygml/write-city-gml.ts';
import { CITYJSON } from '../../core/formats/cityjson/reader.ts';
import { writeCityJson } from '../../core/formats/cityjson/write-city-json.ts';
import { writeIfc } from '../../core/formats/ifc/write-ifc.ts';
import type { FormatReader } from '../../core/formats/reader.ts';
import { crsOf, reproject } from '../../core/geo/crs.ts';
import { type Geometry, mapPositions, type Position, positionsOf } from '../../core/geo/geometry.ts';
import { writeOrderGlb } from '../../tiles/mesh/write-order-glb.ts';
import { BUILDINGS_3D_LAYER, sampleBuildings } from '../support/sample-buildings.ts';
import { sharedData } from '../support/shared-data.ts';
import { tool } from './outside-tools.ts';

const HEIGHTS = 'PL-EVRF2007-NH';
const AT = { minX: 6_428_000, minY: 5_806_000, sizeM: 2000 };

/** Gabled houses, blocks round courts and halls; ids with signs that XML and addresses do not take. */
const BUILDINGS: readonly Feature[] = sampleBuildings(60, AT).map(
  ({ id, geometry, properties }, index): Feature => ({
    layer: 'buildings_3d',
    id: index % 3 === 0 ? `${id}/ą "${index}" <&>` : id,
    geometry,
    properties: {
      ...properties,
      ...(index % 4 === 1 && { iip_namespace: 'PL.PZGiK.1.BDOT10k', iip_version: '2026-01-01T00:00:00' }),
    },
  }),
);
const inCrs = (srid: number): readonly Feature[] =>
  BUILDINGS.map((each) => ({ ...each, geometry: each.geometry && reproject(each.geometry, 2177, srid) }));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'blizniak-bodies-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function* streamed(features: readonly Feature[]): AsyncGenerator<Feature> {
  yield* features;
}
async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Coordinates in whole millimetres, or billionths of a degree and millimetres. */
function roundedShape(geometry: Geometry | undefined, srid: number) {
  const plan = crsOf(srid).unit === 'm' ? 1e3 : 1e9;
  return (
    geometry &&
    mapPositions(geometry, ([x, y, z = 0]) => [
      Math.round(x * plan),
      Math.round(y * plan),
      Math.round(z * 1e3),
    ])
  );
}

/** What is kept of each building: its id, its body to the millimetre, what its faces are, and what is told of it. */
async function expectReadBack(text: string, reader: FormatReader, srid: number): Promise<void> {
  async function* chunks() {
    for (let at = 0; at < text.length; at += 50_000) yield text.slice(at, at + 50_000);
  }
  const read: Feature[] = [];
  for await (const event of reader.read(chunks(), {})) {
    if (event.kind === 'rejected') throw new Error(event.problem.message);
    if (event.kind !== 'object') continue;
    expect(event.srid).toBe(srid);
    read.push(event.feature);
  }
  const told = (features: readonly Feature[]) =>
    features.map(({ id, geometry, properties }) => ({
      id,
      geometry: roundedShape(geometry, srid),
      ...{ lod: properties['lod'], kinds: properties['surface_kinds'], building: properties['building_id'] },
      ...{
        purpose: properties['function'],
        roof: properties['roof_type'],
        version: properties['iip_version'],
      },
    }));
  expect(told(read)).toEqual(told(inCrs(srid)));
}

/** Positions of one side that have none of the other beside them, within `most`. */
function lost(found: readonly Position[], wanted: readonly Position[], most: number): readonly Position[] {
  const near = (a: Position, b: Position) =>
    Math.abs(a[0] - b[0]) <= most &&
    Math.abs(a[1] - b[1]) <= most &&
    Math.abs((a[2] ?? 0) - (b[2] ?? 0)) <= most;
  return [
    ...found.filter((a) => !wanted.some((b) => near(a, b))),
    ...wanted.filter((b) => !found.some((a) => near(a, b))),
  ];
}
const cornersOf = ({ geometry }: Feature): readonly Position[] =>
  geometry ? [...positionsOf(geometry)] : [];

describe('buildings as CityGML 2.0', () => {
  const written = (srid: number) =>
    bytesOf(writeCityGml(streamed(inCrs(srid)), BUILDINGS_3D_LAYER, srid, HEIGHTS));

  it('are valid by the schemas of OGC', async () => {
    const path = join(folder, 'city.gml');
    writeFileSync(path, await written(2177));
    const schema = join(folder, 'both.xsd');
    writeFileSync(
      schema,
      `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="http://www.opengis.net/citygml/building/2.0" schemaLocation="http://schemas.opengis.net/citygml/building/2.0/building.xsd"/><xs:import namespace="http://www.opengis.net/citygml/generics/2.0" schemaLocation="http://schemas.opengis.net/citygml/generics/2.0/generics.xsd"/></xs:schema>`,
    );
    const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
    await tool('xmllint', ['--nonet', '--noout', '--schema', schema, path], catalog);
  });

  it.each([2177, 2180, 4258, 3857])(
    'in EPSG:%i come back by the loader: ids, attributes, surfaces',
    async (srid) => {
      await expectReadBack((await written(srid)).toString(), CITYGML, srid);
    },
  );

  it('are the same bodies to GDAL, with the axes that their CRS says', async () => {
    const path = join(folder, 'gdal.gml');
    writeFileSync(path, await written(2180));
    const script = `
import json, sys
from osgeo import ogr
ogr.UseExceptions()
def positions(shape):
    parts = [shape.GetGeometryRef(at) for at in range(shape.GetGeometryCount())]
    return [point for part in parts for point in positions(part)] if parts else shape.GetPoints()
source = ogr.Open(sys.argv[1])
layer = source.GetLayer(0)
print(json.dumps([positions(feature.GetGeometryRef()) for feature in layer]))`;
    const bodies = JSON.parse(await tool('/usr/bin/python3', ['-c', script, path])) as Position[][];
    expect(bodies).toHaveLength(BUILDINGS.length);
    const wanted = inCrs(2180);
    for (const [index, found] of bodies.entries()) {
      expect(lost(found, cornersOf(wanted[index] as Feature), 0.0011)).toEqual([]);
    }
  });
});

describe('buildings as CityJSON 2.0', () => {
  interface CityJson {
    readonly type: string;
    readonly version: string;
    readonly transform: { readonly scale: readonly number[]; readonly translate: readonly number[] };
    readonly metadata: { readonly referenceSystem: string; readonly geographicalExtent: readonly number[] };
    readonly vertices: readonly (readonly number[])[];
    readonly CityObjects: Readonly<
      Record<
        string,
        {
          readonly type: string;
          readonly attributes: Readonly<Record<string, unknown>>;
          readonly geometry: readonly {
            readonly type: 'Solid' | 'MultiSurface';
            readonly lod: string;
            readonly boundaries: unknown;
            readonly semantics: {
              readonly surfaces: readonly { readonly type: string }[];
              readonly values: unknown;
            };
          }[];
        }
      >
    >;
  }

  it.each([2177, 2180, 4258, 3857])(
    'in EPSG:%i come back by the loader: ids, attributes, surfaces, corners to 1 mm',
    async (srid) => {
      const bytes = await bytesOf(writeCityJson(streamed(inCrs(srid)), BUILDINGS_3D_LAYER, srid, HEIGHTS));
      await expectReadBack(bytes.toString(), CITYJSON, srid);
    },
  );

  it.each([2177, 4326])(
    'in EPSG:%i keep the rules of its schema to a reader of its own: closed bodies, faces outwards',
    async (srid) => {
      const path = join(folder, 'bodies.city.json');
      const read = async (city: CityJson) => {
        writeFileSync(path, JSON.stringify(city));
        const script = join(import.meta.dirname, 'read-solids.py');
        return JSON.parse(await tool('/usr/bin/python3', [script, 'cityjson', path]));
      };
      const bytes = await bytesOf(writeCityJson(streamed(inCrs(srid)), BUILDINGS_3D_LAYER, srid, HEIGHTS));
      const city = JSON.parse(bytes.toString()) as CityJson;
      const found = await read(city);
      const solids = Object.values(city.CityObjects).filter(
        ({ geometry: [shape] }) => shape?.type === 'Solid',
      );
      expect(found).toMatchObject({ faults: [], objects: BUILDINGS.length });
      expect(Object.keys(found.volumes).length).toBe(solids.length);
      // One face the other way round, and a height as text.
      const [one] = solids;
      const [shell = []] = (one?.geometry[0]?.boundaries ?? []) as number[][][][];
      shell[0]?.[0]?.reverse();
      Object.assign(one?.attributes ?? {}, { measuredHeight: '7' });
      const { faults } = await read(city);
      expect(faults).toEqual(
        expect.arrayContaining(['attribute measuredHeight: kind', 'solid: each edge once each way']),
      );
    },
  );

  it.each([2177, 4326])(
    'in EPSG:%i keep the rules of the format, and are the bodies to 1 mm',
    async (srid) => {
      const bytes = await bytesOf(writeCityJson(streamed(inCrs(srid)), BUILDINGS_3D_LAYER, srid, HEIGHTS));
      const city = JSON.parse(bytes.toString()) as CityJson;
      expect([city.type, city.version]).toEqual(['CityJSON', '2.0']);
      expect(city.metadata.referenceSystem).toBe(`https://www.opengis.net/def/crs/EPSG/0/${srid}`);
      expect(city.vertices.every((vertex) => vertex.length === 3 && vertex.every(Number.isInteger))).toBe(
        true,
      );
      const { scale, translate } = city.transform;
      const place = (index: number): Position => {
        const [x = 0, y = 0, z = 0] = (city.vertices[index] ?? []).map(
          (value, axis) => value * (scale[axis] ?? 0) + (translate[axis] ?? 0),
        );
        return [x, y, z];
      };
      const used = new Set<number>();
      const read = Object.entries(city.CityObjects).map(
        ([
          id,
          {
            type,
            attributes,
            geometry: [shape],
          },
        ]) => {
          expect([type, shape && /^[0-3]$/.test(shape.lod)]).toEqual(['Building', true]);
          const isSolid = shape?.type === 'Solid';
          const unwrapped = (value: unknown) => (isSolid ? (value as unknown[])[0] : value);
          const surfaces = unwrapped(shape?.boundaries) as number[][][];
          const meanings = unwrapped(shape?.semantics.values) as number[];
          expect(meanings).toHaveLength(surfaces.length);
          for (const corner of surfaces.flat(2)) used.add(corner);
          return {
            id,
            building: attributes['building_id'] ?? null,
            roof: attributes['roofType'] ?? null,
            kinds: meanings.map((each) => shape?.semantics.surfaces[each]?.type[0]).join(''),
            shape: roundedShape(
              {
                type: 'MultiPolygon',
                coordinates: surfaces.map((rings) =>
                  rings.map((ring) => [...ring, ring[0] ?? -1].map((index) => place(index))),
                ),
              },
              srid,
            ),
          };
        },
      );
      expect(used.size).toBe(city.vertices.length);
      expect(read).toEqual(
        inCrs(srid).map(({ id, geometry, properties }) => ({
          id,
          building: properties['building_id'],
          roof: properties['roof_type'],
          kinds: properties['surface_kinds'],
          shape: roundedShape(geometry, srid),
        })),
      );
    },
  );
});

it('buildings as glTF have no fault by Khronos, and stand where the file says that its origin is', async () => {
  const bytes = await writeOrderGlb(streamed(BUILDINGS), BUILDINGS_3D_LAYER, 2177, HEIGHTS);
  const { issues } = await validator.validateBytes(bytes);
  expect([issues.numErrors, issues.numWarnings, issues.messages.map(({ code }) => code)]).toEqual([0, 0, []]);
  const document = await new WebIO().readBinary(bytes);
  const { origin, crs } = document.getRoot().getAsset()['extras'] as {
    crs: string;
    origin: { easting: number; northing: number };
  };
  expect(crs).toBe('EPSG:2177');
  const nodes = document
    .getRoot()
    .listNodes()
    .filter((node) => node.getMesh() !== null);
  expect(nodes.map((node) => node.getName())).toEqual(BUILDINGS.map(({ id }) => id));
  for (const [index, node] of nodes.entries()) {
    const [dx, dy, dz] = node.getTranslation();
    const found = (node.getMesh()?.listPrimitives() ?? []).flatMap((primitive) => {
      const positions = primitive.getAttribute('POSITION');
      return Array.from({ length: positions?.getCount() ?? 0 }, (_, at): Position => {
        const [x = 0, y = 0, z = 0] = positions?.getElement(at, []) ?? [];
        return [origin.easting + dx + x, origin.northing - dz - z, dy + y];
      });
    });
    expect(lost(found, cornersOf(BUILDINGS[index] as Feature), 0.001)).toEqual([]);
  }
});

it('buildings as IFC are read by web-ifc: placed in their CRS, surfaces by their meaning, corners to 1 mm', async () => {
  const bytes = await bytesOf(writeIfc(streamed(BUILDINGS), BUILDINGS_3D_LAYER, 2177, HEIGHTS));
  const api = new IfcAPI();
  await api.Init();
  api.SetLogLevel(6);
  const model = api.OpenModel(new Uint8Array(bytes));
  const lines = (type: number) => {
    const ids = api.GetLineIDsWithType(model, type);
    return Array.from({ length: ids.size() }, (_, at) => api.GetLine(model, ids.get(at)));
  };
  expect(lines(IFCBUILDING).map(({ Name }) => Name.value)).toEqual(BUILDINGS.map(({ id }) => id));
  const [crs, map] = [lines(IFCPROJECTEDCRS)[0], lines(IFCMAPCONVERSION)[0]];
  expect([crs.Name.value, crs.VerticalDatum.value]).toEqual(['EPSG:2177', HEIGHTS]);
  const found = new Map<string, Position[]>();
  const meanings = new Set<string>();
  const proxies = new Map(lines(IFCBUILDINGELEMENTPROXY).map((proxy) => [proxy.expressID, proxy]));
  api.StreamAllMeshes(model, (mesh) => {
    const proxy = proxies.get(mesh.expressID);
    meanings.add(proxy.ObjectType.value);
    const corners = found.get(proxy.Name.value) ?? [];
    found.set(proxy.Name.value, corners);
    for (let part = 0; part < mesh.geometries.size(); part++) {
      const { geometryExpressID, flatTransformation: m } = mesh.geometries.get(part);
      const geometry = api.GetGeometry(model, geometryExpressID);
      const numbers = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize());
      for (let at = 0; at < numbers.length; at += 6) {
        const [x = 0, y = 0, z = 0] = numbers.slice(at, at + 3);
        const along = (row: number) =>
          (m[row] ?? 0) * x + (m[row + 4] ?? 0) * y + (m[row + 8] ?? 0) * z + (m[row + 12] ?? 0);
        // It turns bodies so that y is up.
        corners.push([map.Eastings.value + along(0), map.Northings.value - along(2), along(1)]);
      }
    }
  });
  expect([...meanings].toSorted()).toEqual(['GroundSurface', 'RoofSurface', 'WallSurface']);
  for (const building of BUILDINGS) {
    expect(lost(found.get(building.id) ?? [], cornersOf(building), 0.0011)).toEqual([]);
  }
  api.CloseModel(model);
});
