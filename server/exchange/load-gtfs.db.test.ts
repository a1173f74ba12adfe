/** Timetables in GTFS: those that this project wrote, those that others wrote, and those that nobody should write. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generateDemoCity } from '../../core/demo-city/generate.ts';
import { demoTransit } from '../../core/demo-city/transit.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { gtfsTexts } from '../../core/transit/write-gtfs.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'blizniak-gtfs-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});
afterEach(() =>
  database.pool.read(sql`truncate city.stop, city.transit_line, transit.feed, transit.stop, transit.route,
    transit.trip, transit.stop_time, transit.service_week, transit.service_exception`),
);

type Files = Readonly<Record<string, string>>;

const SMALL: Files = {
  'agency.txt': 'agency_id,agency_name,agency_timezone\n1,MPK,Europe/Warsaw\n',
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon\nA,Rynek,52.4080,16.9340\nB,Most,52.4090,16.9400\nC,Dworzec,52.4100,16.9460\n',
  'routes.txt': 'route_id,route_short_name,route_type\nr5,5,0\nr10,10,3\n',
  'trips.txt': 'route_id,service_id,trip_id,trip_headsign\nr5,all,t1,Dworzec\nr10,all,t2,"Rynek, dół"\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt1,23:50:00,23:50:30,A,1\nt1,,,B,2\nt1,24:10:00,24:10:00,C,9\nt2,7:00:00,7:00:00,C,0\nt2,07:09:00,07:09:00,A,1\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nall,1,1,1,1,1,1,1,20260101,20261231\n',
};

let number = 0;
async function zipOf(files: Files): Promise<string> {
  const path = join(folder, `feed-${++number}.zip`);
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  await writeFile(path, zipSync(Object.fromEntries(entries)));
  return path;
}
const load = (path: string, options: { allowOutside?: boolean; dryRun?: boolean } = {}) =>
  loadFile({ pool: database.pool, path, ...options });
const counted = async (table: string) => {
  const [row] = await database.pool.read<{ n: number }>({
    parts: [`select count(*)::integer as n from ${table}`],
    values: [],
  });
  return row?.n;
};

describe('a timetable in GTFS', () => {
  it('is taken over with times after midnight, and times between those that are told', async () => {
    const report = await load(await zipOf(SMALL));
    expect(report).toMatchObject({ format: 'GTFS', refused: false, read: 5, written: 5, problems: [] });
    expect(
      await database.pool.read(sql`select sequence, stop_id, arrival_s, departure_s from transit.stop_time
        where trip_id = 't1' order by sequence`),
    ).toEqual([
      { sequence: 1, stop_id: 'A', arrival_s: 85_800, departure_s: 85_830 },
      // An eighth of the way from 23:50:30 to 00:10.
      { sequence: 2, stop_id: 'B', arrival_s: 85_976, departure_s: 85_976 },
      { sequence: 9, stop_id: 'C', arrival_s: 87_000, departure_s: 87_000 },
    ]);
    expect(await database.pool.read(sql`select id, kind, lines from city.stop order by id`)).toEqual([
      { id: 'A', kind: 'tram', lines: '5, 10' },
      { id: 'B', kind: 'tram', lines: '5' },
      { id: 'C', kind: 'tram', lines: '5, 10' },
    ]);
    expect(
      await database.pool.read(sql`select id, ST_NPoints(geom) as points from city.transit_line order by id`),
    ).toEqual([
      { id: 'r10', points: 2 },
      { id: 'r5', points: 3 },
    ]);
  });

  it('takes the place of the one before, ends what is gone, and changes nothing when loaded again', async () => {
    const path = await zipOf(SMALL);
    await load(path);
    const again = await load(path);
    expect(again).toMatchObject({ written: 0, unchanged: 5, ended: 0 });
    expect(again.notes.map(({ code }) => code)).toEqual(['same-timetable']);
    const shorter = {
      ...SMALL,
      'stops.txt': (SMALL['stops.txt'] ?? '').replace(/^B.*\n/m, ''),
      'stop_times.txt': (SMALL['stop_times.txt'] ?? '').replace(/^.*,B,.*\n/m, ''),
    };
    expect(await load(await zipOf(shorter))).toMatchObject({ unchanged: 3, written: 1, ended: 1 });
    expect(await counted('transit.stop_time')).toBe(4);
    expect(await counted('city.stop where valid_to is null')).toBe(2);
  });

  it('keeps nothing of a dry run', async () => {
    expect(await load(await zipOf(SMALL), { dryRun: true })).toMatchObject({ written: 5, dryRun: true });
    expect([await counted('transit.trip'), await counted('city.stop')]).toEqual([0, 0]);
  });

  it('leaves out rows that cannot be used, and says which and why', async () => {
    const report = await load(
      await zipOf({
        ...SMALL,
        'stops.txt': `${SMALL['stops.txt']}D,Nigdzie,0,0\nA,Drugi Rynek,52.4,16.9\n`,
        'trips.txt': `${SMALL['trips.txt']}r99,all,t3,X\nr5,never,t4,X\n`,
        'stop_times.txt': `${SMALL['stop_times.txt']}t1,25:00:00,25:00:00,Z,10\nt9,7:00:00,7:00:00,A,1\nt2,7:75:00,7:75:00,A,2\nt2,07:08:00,07:08:00,B,3\nt2,,,B,4\n`,
      }),
    );
    expect(report.refused).toBe(false);
    expect(
      report.problems.map(({ code, objectClass, objectId, line }) =>
        [code, objectClass, objectId, line].join(' '),
      ),
    ).toEqual([
      'invalid-value stops.txt D 5',
      'invalid-value stop_times.txt t2 9',
      'duplicate-id stops.txt A 6',
      'unknown-reference trips.txt t3 4',
      'unknown-reference trips.txt t4 5',
      'unknown-reference stop_times.txt t9 A 8',
      'unknown-reference stop_times.txt t1 Z 7',
      'invalid-value stop_times.txt t2 B 10',
      'invalid-value stop_times.txt t2 B 11',
    ]);
    expect(report.tables?.find(({ file }) => file === 'stop_times.txt')).toMatchObject({
      read: 10,
      rejected: 5,
    });
    expect(await counted('transit.stop_time')).toBe(5);
  });

  it.each([
    ['without trips', { ...SMALL, 'trips.txt': undefined }, 'has no trips.txt'],
    ['without a calendar', { ...SMALL, 'calendar.txt': undefined }, 'no calendar.txt or calendar_dates.txt'],
    [
      'without a column',
      { ...SMALL, 'stops.txt': 'stop_id,stop_name\nA,B\n' },
      'stops.txt has no column stop_lat',
    ],
    [
      'with a row without end',
      { ...SMALL, 'stops.txt': `stop_id,stop_lat,stop_lon\n"${'x'.repeat(200_000)}` },
      'stops.txt cannot be read',
    ],
    [
      'of another place',
      { ...SMALL, 'stops.txt': 'stop_id,stop_lat,stop_lon\nA,54.5,18.2\n' },
      '--allow-outside',
    ],
    ['that is something else', { 'photo.jpg': 'xx' }, 'holds no files of a GTFS feed'],
    [
      'with two clocks',
      { ...SMALL, 'agency.txt': `${SMALL['agency.txt']}2,X,Europe/London\n` },
      'share a time zone',
    ],
  ])('is refused %s, and nothing of it stays', async (_, files, words) => {
    await database.pool.read(sql`update twin.dataset set area =
      ST_Transform(ST_MakeEnvelope(16.9, 52.4, 17, 52.45, 4326), 2177) where name = 'city'`);
    const present = Object.entries(files).filter((one): one is [string, string] => one[1] !== undefined);
    const report = await load(await zipOf(Object.fromEntries(present)));
    expect(report).toMatchObject({ refused: true, version: undefined });
    expect(report.problems.at(-1)?.message).toContain(words);
    expect([await counted('transit.feed'), await counted('city.stop')]).toEqual([0, 0]);
    await database.pool.read(sql`update twin.dataset set area = null where name = 'city'`);
  });

  it('is refused when it is cut off, damaged, not UTF-8 or unpacks without end', async () => {
    const whole = await readFile(await zipOf(SMALL));
    const bad = async (name: string, bytes: Uint8Array) => {
      await writeFile(join(folder, name), bytes);
      const report = await load(join(folder, name));
      return [report.refused, report.problems.at(-1)?.code, report.problems.at(-1)?.message];
    };
    expect(await bad('cut.zip', whole.subarray(0, 700))).toEqual([
      true,
      'truncated-file',
      expect.any(String),
    ]);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 60, 120);
    expect((await bad('damaged.zip', damaged)).slice(0, 2)).toEqual([true, 'broken-file']);
    const latin = zipSync({
      'stops.txt': Buffer.from('stop_id,stop_lat,stop_lon\nŻ,1,1\n', 'latin1').fill(0xb3, 26, 27),
    });
    expect((await bad('latin.zip', latin))[2]).toContain('not in UTF-8');
    const bomb = zipSync({ 'stops.txt': new Uint8Array(150_000_000) }, { level: 9 });
    expect((await bad('bomb.zip', bomb))[2]).toContain('100 times');
  });

  it('of the demo city gives just the stops and lines that the demo city has', async () => {
    const city = generateDemoCity({ size: 'district', seed: 1 });
    const { timetable } = demoTransit(city.skeleton);
    const report = await load(await zipOf(gtfsTexts(timetable)));
    expect(report.problems).toEqual([]);
    const registers = [...city.features].filter(
      ({ layer }) => layer === 'stops' || layer === 'transit_lines',
    );
    const stored = await database.pool.read<{ id: string; wkt: string }>(
      sql`select id, ST_AsText(geom, 3) as wkt from city.stop union all select id, ST_AsText(geom, 3) from city.transit_line`,
    );
    const wktOf = (geometry: Geometry | undefined) => {
      if (geometry?.type === 'Point') return `POINT(${geometry.coordinates.join(' ')})`;
      if (geometry?.type !== 'MultiLineString') return undefined;
      const lines = geometry.coordinates.map((line) => `(${line.map((at) => at.join(' ')).join(',')})`);
      return `MULTILINESTRING(${lines.join(',')})`;
    };
    expect(new Map(stored.map(({ id, wkt }) => [id, wkt]))).toEqual(
      new Map(registers.map(({ id, geometry }) => [id, wktOf(geometry)])),
    );
  });
});

describeWithSharedData('feeds of others', () => {
  it('of Wejherowo is taken over whole', async () => {
    const source = sharedData('gtfs/mzk-wejherowo-2024');
    const files: Record<string, Uint8Array> = {};
    for (const name of await readdir(source)) files[name] = await readFile(join(source, name));
    await writeFile(join(folder, 'wejherowo.zip'), zipSync(files));
    const report = await load(join(folder, 'wejherowo.zip'), { allowOutside: true });
    expect(report).toMatchObject({ refused: false, rejected: 0 });
    const rows = (name: string) =>
      Buffer.from(files[name] ?? [])
        .toString()
        .trimEnd()
        .split('\n').length - 1;
    const sound = Object.fromEntries(
      (report.tables ?? []).map(({ file, read, rejected }) => [file, read - rejected]),
    );
    expect(await counted('transit.stop_time')).toBe(sound['stop_times.txt']);
    expect(report.tables?.find(({ file }) => file === 'stop_times.txt')?.read).toBe(rows('stop_times.txt'));
    expect(await counted('city.stop')).toBe(rows('stops.txt'));
  });

  it('of Porto Alegre and California are refused for their place, with their tables counted', async () => {
    await database.pool.read(sql`update twin.dataset set area =
      ST_Transform(ST_MakeEnvelope(16.9, 52.4, 17, 52.45, 4326), 2177) where name = 'city'`);
    for (const name of ['accessibility-poa/poa_trensurb.zip', 'mobility/gtfs-rt/ct.zip']) {
      const report = await load(sharedData(name));
      expect(report.problems.at(-1)?.message).toContain('--allow-outside');
      expect(report.tables?.every(({ read }) => read > 0)).toBe(true);
    }
    const fares = await load(sharedData('accessibility-poa/fares_poa.zip'));
    expect(fares.problems.at(-1)?.message).toContain('holds no files of a GTFS feed');
    await database.pool.read(sql`update twin.dataset set area = null where name = 'city'`);
  });
});
