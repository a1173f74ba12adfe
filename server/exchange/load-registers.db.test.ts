/** What a load of registers tells of its objects together: the faults planted in the demo district, and no others. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDemoCity } from '../../core/demo-city/generate.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { EGIB } from '../../core/formats/egib/egib-register.ts';
import { GESUT } from '../../core/formats/gesut/gesut-register.ts';
import { type Register, writeRegister } from '../../core/formats/register-gml/write-register.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { parcelMember, registerFile } from '../../test/support/register-gml.ts';
import { loadFile } from './load-file.ts';
import type { FileLoadReport } from './load-report.ts';

const RULES = /^(?:parcel-|building-off|point-off|line-end|register-not)/;

let database: TestDatabase;
let folder: string;
const demo = new Map<string, Feature[]>();
const run = generateDemoCity({ size: 'district', seed: 1 }).run();
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-doubts-'));
  for (const feature of run.features) {
    const list = demo.get(feature.layer);
    if (list) list.push(feature);
    else demo.set(feature.layer, [feature]);
  }
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const load = (path: string, dataset: string, dryRun = false) =>
  loadFile({ pool: database.pool, path, dataset, allowOutside: true, dryRun });
const doubts = ({ notes }: FileLoadReport) => notes.filter(({ code }) => RULES.test(code));
const planted = (kind: string) => run.truth.defects.filter((defect) => defect.kind === kind);

async function* each<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

/** The demo district as an exchange file, with objects that the schema finds incomplete. */
async function fileOf(register: Register, name = register.name): Promise<string> {
  const path = join(folder, `${name}.gml`);
  const names = register.classes.map(({ layer }) => layer);
  let text = '';
  const writing = {
    ...{ srid: 2177, known: new Set<string>(), keepIncomplete: true },
    features: (layer: string) => (names.includes(layer) ? each(demo.get(layer) ?? []) : undefined),
    find: () => each<Feature>([]),
  };
  for await (const bytes of writeRegister(register, writing)) text += new TextDecoder().decode(bytes);
  writeFileSync(path, text);
  return path;
}

describe('a load of registers', () => {
  it('tells every fault planted in the district by rule, object, size and place, and no other', async () => {
    const report = await load(await fileOf(EGIB), 'district');
    expect(report.rejected).toBe(0);
    const told = doubts(report);
    const of = (code: string) => told.filter((note) => note.code === code);
    const ids = (code: string) => of(code).map(({ objectId }) => objectId);

    const [area] = planted('registered-area-wrong');
    expect(ids('parcel-area')).toEqual(area?.ids);
    const [overlap] = planted('parcel-overlap');
    expect(overlap?.ids).toContain(ids('parcel-overlap')[0]);
    expect(of('parcel-overlap').map(({ message }) => message)).toEqual([
      expect.stringContaining(`${overlap?.value.toFixed(1)} m²`),
    ]);
    const [gap] = planted('parcel-gap');
    expect(gap?.ids).toContain(ids('parcel-gap')[0]);
    expect(of('parcel-gap').map(({ message }) => message)).toEqual([
      expect.stringContaining(`${gap?.value.toFixed(1)} m²`),
    ]);
    const [across] = planted('building-across-boundary');
    expect(ids('building-off-parcel')).toEqual([across?.ids[0]]);
    for (const { at } of told) expect(at?.[0]).toBeGreaterThan(6_400_000);
    expect(told.filter(({ code }) => code === 'register-not-checked')).toEqual([]);
  });

  it('tells them also in a dry run, and nothing of what stood there before', async () => {
    const path = join(folder, 'egib.gml');
    expect(doubts(await load(path, 'dry', true)).length).toBeGreaterThan(3);
    expect(doubts(await load(path, 'district'))).toEqual([]);
  });

  it('tells a boundary point that was moved off the boundary', async () => {
    const text = readFileSync(join(folder, 'egib.gml'), 'utf8');
    const moved = join(folder, 'moved.gml');
    const point = demo.get('boundary_points')?.[100] as Feature;
    const at = text.indexOf(String(point.properties['iip_local_id']));
    const cut = text.indexOf('<gml:pos>', at) + '<gml:pos>'.length;
    const [northing = '', easting = ''] = text.slice(cut, text.indexOf('<', cut)).split(' ');
    const place = `${(Number(northing) + 0.07).toFixed(2)} ${(Number(easting) + 0.05).toFixed(2)}`;
    writeFileSync(moved, text.slice(0, cut) + place + text.slice(text.indexOf('<', cut)));
    const told = doubts(await load(moved, 'district'));
    expect(told.map(({ code, objectId }) => [code, objectId])).toEqual([['point-off-boundary', point.id]]);
  });

  it('tells the end of a line that joins neither a line, a device nor a building, with its place', async () => {
    const [one, two] = (demo.get('utility_lines') ?? []).filter(
      ({ properties }) => properties['network'] === 'gas' && properties['role'] === 'main',
    ) as [Feature, Feature];
    const device = (demo.get('utility_devices') ?? []).find(
      ({ properties }) => properties['network'] === 'gas' && properties['kind'] === 'valve',
    ) as Feature;
    const another = (demo.get('utility_devices') ?? []).find(
      ({ properties }) => properties['kind'] === 'manhole',
    ) as Feature;
    const unidentified = (demo.get('utility_lines') ?? []).find(
      ({ properties }) => properties['network'] === 'unidentified',
    ) as Feature;
    const [x, y] = [6427000, 5810000];
    const line = (feature: Feature, ...coordinates: [number, number][]): Feature => ({
      ...feature,
      geometry: { type: 'LineString', coordinates },
    });
    const files = (name: string, ...features: Feature[]) => {
      demo.set(
        'utility_lines',
        features.filter(({ layer }) => layer === 'utility_lines'),
      );
      demo.set(
        'utility_devices',
        features.filter(({ layer }) => layer === 'utility_devices'),
      );
      demo.set('utility_elevations', []);
      return fileOf(GESUT, name);
    };
    const [first, second] = [line(one, [x, y], [x + 30, y]), line(two, [x + 30, y], [x + 60, y + 0.5])];
    const open = doubts(await load(await files('open', first, second), 'lines'));
    expect(open.map(({ code, objectId, at }) => [code, objectId, at])).toEqual(
      [
        ['line-end-loose', one.id, [x, y]],
        ['line-end-loose', two.id, [x + 60, y + 0.5]],
      ].toSorted(([, a], [, b]) => (String(a) < String(b) ? -1 : 1)),
    );
    const ended = { ...device, geometry: { type: 'Point', coordinates: [x + 60.2, y + 0.5] } } as Feature;
    const closed = doubts(await load(await files('closed', first, second, ended), 'lines_2'));
    expect(closed.map(({ objectId }) => objectId)).toEqual([one.id]);
    // A manhole closes no gas pipe; of an unidentified line nobody knows what it ought to join.
    const wrong = { ...another, geometry: ended.geometry } as Feature;
    const lost = line(unidentified, [x, y + 200], [x + 40, y + 200]);
    const unclosed = doubts(await load(await files('wrong', first, second, wrong, lost), 'lines_3'));
    expect(unclosed.map(({ objectId }) => objectId).toSorted()).toEqual([one.id, two.id].toSorted());
    // A pipe that goes on into the middle of another is joined; a centimetre further than is allowed it is not.
    const [across, into] = [line(one, [x, y], [x + 30, y]), line(two, [x + 15, y + 20], [x + 15, y + 0.04])];
    const met = doubts(await load(await files('met', across, into), 'lines_4'));
    expect(met.filter(({ objectId }) => objectId === two.id).map(({ at }) => at)).toEqual([[x + 15, y + 20]]);
    // Beyond the edge of what the register is said to cover, it may go on.
    const cut = await files('cut', line(one, [x + 0.5, y], [x + 30, y]));
    const coverage = JSON.stringify({
      type: 'Polygon',
      coordinates: [
        [
          [x, y - 100],
          [x + 200, y - 100],
          [x + 200, y + 100],
          [x, y + 100],
          [x, y - 100],
        ],
      ],
    });
    const { pool } = database;
    const within = doubts(await loadFile({ pool, path: cut, coverage, crs: 'EPSG:2177', dryRun: true }));
    expect(within.map(({ at }) => at)).toEqual([[x + 30, y]]);
    expect(doubts(await loadFile({ pool, path: cut, dryRun: true }))).toHaveLength(2);
    const short = line(two, [x + 15, y + 20], [x + 15, y + 0.06]);
    const missed = doubts(await load(await files('missed', across, short), 'lines_5'));
    expect(missed.filter(({ objectId }) => objectId === two.id)).toHaveLength(2);
  });

  it('tells parcels that overlap those which stood there, as a sliver where it is one', async () => {
    const file = (name: string, ...parcels: Parameters<typeof parcelMember>[0][]) => {
      const path = join(folder, name);
      writeFileSync(path, registerFile(parcels.map(parcelMember)));
      return path;
    };
    await load(file('first.gml', { n: 1, at: [6427000, 5810000] }), 'beside');
    const report = await load(file('second.gml', { n: 2, at: [6427029.98, 5810000] }), 'beside');
    expect(doubts(report).map(({ code, objectId, message }) => [code, objectId, message])).toEqual([
      [
        'parcel-overlap',
        '306401_1.0021.AR_10.2',
        'Overlaps parcel 306401_1.0021.AR_10.1 by 0.40 m², a sliver',
      ],
    ]);
  });
});
