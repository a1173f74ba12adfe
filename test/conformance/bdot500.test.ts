/** BDOT500: every class out and in again, and under the schema of the act, each with all that it may have. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { BDOT500 } from '../../core/formats/bdot500/bdot500-register.ts';
import { CLASSES } from '../../core/formats/bdot500/topographic-codes.ts';
import { EGIB_GML } from '../../core/formats/egib/reader.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import { RegisterTally } from '../../core/formats/register-gml/register-tally.ts';
import { writeRegister } from '../../core/formats/register-gml/write-register.ts';
import type { Geometry, Position } from '../../core/geo/geometry.ts';
import { schemaFaults } from '../support/schema-faults.ts';
import { describeWithSharedData } from '../support/shared-data.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'blizniak-bdot500-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (east: number, north: number): Position => [6427000.123 + east, 5810000.5 + north];
const AREA: Geometry = {
  type: 'MultiPolygon',
  coordinates: [[[at(0, 0), at(10, 0), at(10, 8), at(0, 8), at(0, 0)]]],
};
const SHAPES: Readonly<Record<string, Geometry>> = {
  topographic_areas: AREA,
  topographic_lines: {
    type: 'MultiLineString',
    coordinates: [
      [at(0, 0), at(5, 1)],
      [at(6, 1), at(9, 3)],
    ],
  },
  topographic_points: { type: 'Point', coordinates: at(3, 4) },
};

let number = 0;
function object(layer: string, geometry: Geometry, properties: Feature['properties']): Feature {
  const id = `30144484-1525-2702-0723-${String(++number).padStart(12, '0')}`;
  return {
    ...{ layer, id, geometry },
    properties: {
      ...properties,
      ...{
        position_source: 'O',
        accepted_on: '2024-02-29',
        survey_file: 'P.3064.2024.1',
        remark: 'za & przed',
      },
      ...{ iip_namespace: 'PL.PZGiK.3064.BDOT500', iip_local_id: id, iip_version: '2024-11-14T11:31:36' },
      ...{ object_since: '2020-01-02T03:04:05Z', version_since: '2024-11-14T11:31:36Z', version_until: null },
    },
  };
}

const BUILDING = object('unregistered_buildings', AREA, {
  ...{ kind: 'i', state: 'under_construction', storeys_above: 2, storeys_below: 1 },
});
const HEIGHT = object(
  'topographic_heights',
  { type: 'Point', coordinates: at(1, 1) },
  {
    kind: 'natural',
    height_m: -0.25,
  },
);

/** All that an object of the class may have, in each shape that it may have. */
const OBJECTS: readonly Feature[] = Object.entries(CLASSES).flatMap(
  ([word, { codes, own = [], shapes = Object.keys(SHAPES) }]) =>
    shapes.map((layer) => {
      const has = (name: (typeof own)[number], value: string | number) => (own.includes(name) ? value : null);
      const block = {
        block_name: has('block', 'n1'),
        highest_storey: has('block', 2),
        lowest_storey: has('block', -1),
      };
      return object(layer, SHAPES[layer] as Geometry, {
        ...{ class: word, kind: Object.keys(codes).at(-1) ?? null },
        ...{ surface: has('surface', 'gravel'), level: has('level', -1), name: has('name', 'Warta') },
        ...(layer === 'topographic_areas' ? block : {}),
        building_id: has('building_id', BUILDING.id),
        direction_line: has('direction_line', 'SRID=2177;LINESTRING (6427000.123 5810000.5,6427004 5810001)'),
        slope_starts: has('slope_starts', 'SRID=2177;MULTIPOINT ((6427000.123 5810000.5))'),
        slope_ends: has('slope_ends', 'SRID=2177;MULTIPOINT ((6427010.123 5810000.5))'),
      });
    }),
);
const ALL = [BUILDING, ...OBJECTS, HEIGHT];

async function* each<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

async function written(features: readonly Feature[]) {
  const tally = new RegisterTally();
  const of = (name: string) => features.filter(({ layer }) => layer === name);
  let text = '';
  const writing = {
    ...{ srid: 2177, tally, known: new Set(features.map(({ layer }) => layer)) },
    features: (layer: string) => each(of(layer)),
    find: ({ layer }: { readonly layer: string }) => each(of(layer)),
  };
  for await (const chunk of writeRegister(BDOT500, writing)) text += new TextDecoder().decode(chunk);
  return { text, report: tally.report() };
}

async function read(text: string): Promise<readonly ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of EGIB_GML.read(each([text]), {})) events.push(event);
  return events;
}

describeWithSharedData('BDOT500 of 2021', () => {
  it('comes back as it was written, every class in every shape, and is valid by the schema', async () => {
    const { text, report } = await written(ALL);
    expect([report.leftOut, report.nil, report.empty, report.noPlace]).toEqual([[], {}, {}, {}]);
    const path = join(folder, 'bdot500.gml');
    writeFileSync(path, text);
    expect(schemaFaults(path, BDOT500.schemaFile)).toBe('');
    const events = await read(text);
    const objects = events.flatMap((event) => (event.kind === 'object' ? [event.feature] : []));
    const byId = (list: readonly Feature[]) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(objects).map(plain)).toEqual(byId(ALL).map(plain));
    expect(events.filter(({ kind }) => kind === 'rejected')).toEqual([]);
  });

  it('leaves out a fence drawn as an area and a kind of another class, and says what has no place', async () => {
    const fence = object('topographic_areas', AREA, { class: 'fence', kind: 'gate' });
    const lawn = object('topographic_areas', AREA, { class: 'ground', kind: 'carriageway' });
    const paved = object('topographic_areas', AREA, { class: 'ground', kind: 'lawn', surface: 'gravel' });
    const { report } = await written([fence, lawn, paved]);
    expect(report.leftOut.map(({ lacks, examples }) => [lacks, examples])).toEqual([
      [['class'], [fence.id]],
      [['rodzajObiektu'], [lawn.id]],
    ]);
    expect(report.noPlace).toEqual({ 'topographic_areas.surface': 1 });
  });

  it('refuses a slope that is a line, a level that is none and an unknown letter, each by its id', async () => {
    const { text } = await written(ALL);
    const idOf = (word: string) => ALL.find(({ properties }) => properties['class'] === word)?.id;
    const wrong = text
      .replace(/polozenie>-1</, 'polozenie>9<')
      .replace(/rodzajOgrodzenia>f</, 'rodzajOgrodzenia>q<')
      .replace(
        /<ot:geometria>(?:(?!<ot:geometria>).)*(?=<ot:rodzajSkarpy)/s,
        '<ot:geometria><gml:LineString srsName="urn:ogc:def:crs:EPSG::2177"><gml:posList>5810000 6427000 5810001 6427001</gml:posList></gml:LineString></ot:geometria>',
      );
    const problems = (await read(wrong)).flatMap((event) =>
      event.kind === 'rejected' ? [event.problem] : [],
    );
    expect(problems.map(({ code, objectId }) => [code, objectId])).toEqual(
      expect.arrayContaining([
        ['invalid-value', idOf('transport')],
        ['invalid-value', idOf('fence')],
        ['invalid-geometry', idOf('slope')],
      ]),
    );
  });
});

/** A line of one part is read as a line, an area of one part as an area: the store makes them of many again. */
function plain({ geometry, ...feature }: Feature): object {
  const many = geometry?.type === 'Polygon' ? [geometry.coordinates] : undefined;
  return { ...feature, geometry: many ? { type: 'MultiPolygon', coordinates: many } : geometry };
}
