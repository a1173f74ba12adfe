import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { TRAFFIC_ASSIGNMENT } from '../../core/analysis/traffic/traffic-assignment.ts';
import { writeGmns } from '../../core/formats/gmns/write-gmns.ts';
import { trafficParametersSchema } from '../../core/wire/traffic-parameters.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { ROADS, trafficFacts } from '../../test/support/traffic-facts.ts';
import { name, sql } from '../store/sql.ts';
import { type LoadFileOptions, loadFile } from './load-file.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-networks-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const load = (path: string, options: Partial<LoadFileOptions> = {}) =>
  loadFile({ pool: database.pool, path, ...options });

function folderOf(called: string, tables: Readonly<Record<string, string>>): string {
  const path = join(folder, called);
  mkdirSync(path);
  for (const [file, text] of Object.entries(tables)) writeFileSync(join(path, file), text);
  return path;
}

const roadsOf = (dataset: string) =>
  database.pool.read(sql`select id, class, lanes, speed_kmh, oneway, from_node, to_node, capacity_pcu_h,
      signal_from, signal_to, no_turn_to, ST_NPoints(geom) as points
    from ${name(dataset)}.road where valid_to is null order by id collate "C"`);

const NODE = `node_id,x_coord,y_coord,ctrl_type
1,6427000,5811000,
2,6427200,5811000,signal
3,6427400,5811000,
4,6427200,5811200,
`;
const LINK = `link_id,name,from_node_id,to_node_id,directed,geometry_id,geometry,facility_type,capacity,free_speed,lanes,allowed_uses
10+,Main,1,2,true,,"LINESTRING (6427000 5811000, 6427100 5811010, 6427200 5811000)",primary,900,30,2,"auto,bike"
10-,Main,2,1,true,,"LINESTRING (6427200 5811000, 6427100 5811010, 6427000 5811000)",primary,900,30,2,auto
11,Main,2,3,true,,,primary,900,30,2,auto
12,Side,2,4,false,,,residential,,20,1,all
13,Path,1,4,true,,,footway,,4,1,walk
`;
const MOVEMENT = 'mvmt_id,node_id,ib_link_id,ob_link_id,type\n1,2,10+,11,thru\n';
const CONFIG = 'dataset_name,speed,crs\nsmall,mph,2177\n';

describe('street networks', () => {
  it('come into the city from GMNS, with signals and what movements leave out, and again as the same', async () => {
    const path = folderOf('gmns', {
      'node.csv': NODE,
      'link.csv': LINK,
      'movement.csv': MOVEMENT,
      'config.csv': CONFIG,
    });
    const report = await load(path);
    expect(report).toMatchObject({
      format: 'GMNS',
      dataset: 'city',
      crs: 'EPSG:2177',
      read: 3,
      written: 3,
      refused: false,
    });
    expect(report.notes.map(({ code }) => code)).toEqual(['no-carriageway', 'signal-timing-assumed']);
    const signal = '41/90';
    expect(await roadsOf('city')).toEqual([
      {
        ...{
          id: 'GMNS10',
          class: 'main',
          lanes: 4,
          speed_kmh: 48,
          oneway: false,
          from_node: 'GMNS1',
          to_node: 'GMNS2',
        },
        ...{ capacity_pcu_h: 1800, signal_from: null, signal_to: signal, no_turn_to: 'GMNS12', points: 3 },
      },
      {
        ...{
          id: 'GMNS11',
          class: 'main',
          lanes: 2,
          speed_kmh: 48,
          oneway: true,
          from_node: 'GMNS2',
          to_node: 'GMNS3',
        },
        ...{ capacity_pcu_h: 1800, signal_from: null, signal_to: null, no_turn_to: null, points: 2 },
      },
      {
        ...{
          id: 'GMNS12',
          class: 'access',
          lanes: 2,
          speed_kmh: 32,
          oneway: false,
          from_node: 'GMNS2',
          to_node: 'GMNS4',
        },
        ...{ capacity_pcu_h: null, signal_from: signal, signal_to: null, no_turn_to: null, points: 2 },
      },
    ]);
    expect(await load(join(path, 'link.csv'))).toMatchObject({ written: 0, unchanged: 3 });
  });

  it('come back from our own export as the streets that they were', async () => {
    const light = { greenS: 41, cycleS: 90 };
    const rules = {
      capacityPcuPerH: null,
      signalFrom: null,
      signalTo: light,
      noTurnTo: ['south'],
      limit: null,
    };
    const roads = ROADS.map((each) => (each.id === 'west' ? { ...each, rules } : each));
    const result = TRAFFIC_ASSIGNMENT.run(trafficFacts(roads), trafficParametersSchema.parse({}), UNWATCHED);
    const path = folderOf('own', Object.fromEntries(writeGmns(result)));
    const { written, rejected } = await load(path, { allowOutside: true, dataset: 'own' });
    expect({ written, rejected }).toEqual({ written: 5, rejected: 0 });
    const own = await roadsOf('own');
    expect(
      own.flatMap((road) => (road['no_turn_to'] === null ? [] : [[road['id'], road['no_turn_to']]])),
    ).toEqual([['west+', 'south']]);
    expect(own.find(({ id }) => id === 'west+')).toMatchObject({ signal_to: '41/90' });
    // A signal at one end gives the directions of a street capacities of their own.
    expect(own.map(({ id }) => id)).toEqual(['east', 'north', 'south', 'west+', 'west-']);
  });

  it('are refused as a whole where they name what is not there', async () => {
    const bad = folderOf('bad', {
      'node.csv': NODE,
      'link.csv': `${LINK}14,,2,9,true,,,,,,,\n`,
      'config.csv': CONFIG,
    });
    const report = await load(bad);
    expect(report).toMatchObject({ refused: true, written: 0 });
    expect(report.problems.at(-1)?.message).toBe(
      'link.csv, line 7: node "9" is not in node.csv; nothing was loaded',
    );
    const alone = folderOf('alone', { 'link.csv': LINK });
    expect((await load(alone)).problems.at(-1)?.message).toMatch(/needs node\.csv/);
    const unplaced = folderOf('unplaced', { 'node.csv': NODE, 'link.csv': LINK });
    expect((await load(unplaced)).problems.at(-1)?.message).toMatch(/say it with --crs/);
  });
});

describeWithSharedData('published networks', () => {
  const outside = (file: string, dataset: string, options: Partial<LoadFileOptions> = {}) =>
    load(sharedData(file), { allowOutside: true, dataset, ...options });

  it('of TNTP stand where their node file says, and are refused without it', async () => {
    const net = 'traffic-tntp/SiouxFalls/SiouxFalls_net.tntp';
    const report = await outside(net, 'sioux', { crs: 'EPSG:4326' });
    // 76 directed links: 38 streets.
    expect(report).toMatchObject({ format: 'TNTP', written: 38, rejected: 0, refused: false });
    const [first] = await roadsOf('sioux');
    expect(first).toMatchObject({ id: 'TNTP1-2', oneway: false, capacity_pcu_h: 25900, from_node: 'TNTP1' });
    expect((await outside(net, 'sioux')).problems.at(-1)?.message).toMatch(/say it with --crs/);
    const braess = await outside('traffic-tntp/Braess-Example/Braess_net.tntp', 'braess', {
      crs: 'EPSG:4326',
    });
    expect(braess).toMatchObject({ refused: true, written: 0 });
    expect(braess.problems.at(-1)?.message).toMatch(/tells no coordinates: put Braess_node\.tntp beside it/);
  });

  it('of GMNS keep their signals and turns', async () => {
    const report = await outside('traffic-gmns/Cambridge_Intersection', 'cambridge');
    expect(report).toMatchObject({
      format: 'GMNS',
      crs: 'EPSG:4326',
      written: 15,
      rejected: 0,
      refused: false,
    });
    const roads = await roadsOf('cambridge');
    expect(roads.find(({ id }) => id === 'GMNS711')).toMatchObject({ speed_kmh: 40, signal_to: '41/90' });
    expect((await outside('traffic-gmns/Arlington_Signals', 'none')).problems.at(-1)?.message).toMatch(
      /Unknown CRS "EPSG:32619"/,
    );
  });

  it('of OpenStreetMap come as PBF with their signals and turns', async () => {
    const report = await outside('osm/krems.osm.pbf', 'krems');
    expect(report).toMatchObject({ format: 'osm-pbf', written: 1052, rejected: 0, refused: false });
    const roads = await roadsOf('krems');
    expect(roads.filter((road) => road['no_turn_to'] !== null)).toHaveLength(8);
    expect(roads.filter((road) => road['signal_from'] !== null || road['signal_to'] !== null)).toHaveLength(
      58,
    );
  });
});
