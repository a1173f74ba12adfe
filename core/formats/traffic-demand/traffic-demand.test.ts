import { describe, expect, it } from 'vitest';
import { ROADS, trafficFacts } from '../../../test/support/traffic-facts.ts';
import { UNWATCHED } from '../../analysis/model.ts';
import { TRAFFIC_ASSIGNMENT } from '../../analysis/traffic/traffic-assignment.ts';
import { trafficParametersSchema } from '../../wire/traffic-parameters.ts';
import { writeGmns } from '../gmns/write-gmns.ts';
import { readCounts } from './read-counts.ts';
import { readTrips } from './read-trips.ts';
import { readZones } from './read-zones.ts';

const ZONES = 'zone_id,x_coord,y_coord,name,is_gate\nA,6426000,5809000,Rynek,\nB,6427000,5809000,,yes\n';
const zones = readZones(ZONES, 'zones.csv', 2177);
const trips = (text: string, hour?: number) =>
  readTrips(text, 'trips.csv', { zones, hour, purpose: undefined });

describe('trips of a file', () => {
  it('are what the files of a run tell, so that exported trips can be kept and led again', () => {
    const result = TRAFFIC_ASSIGNMENT.run(
      trafficFacts(ROADS),
      trafficParametersSchema.parse({ withMatrix: true }),
      UNWATCHED,
    );
    const files = writeGmns(result);
    const own = readZones(files.get('node.csv') ?? '', 'node.csv', 2177);
    expect(own.map(({ id }) => id)).toEqual(result.zones.map(({ id }) => id));
    const read = readTrips(files.get('demand.csv') ?? '', 'demand.csv', {
      ...{ zones: own, hour: 7, purpose: undefined },
    });
    expect(read.vehPerH).toBeCloseTo(result.before.totals.trips, 0);
    expect(read.matrices.map(({ purpose }) => purpose)).toEqual(['freight', 'other']);
    const stored = { source: 'survey', zones: own, matrices: read.matrices };
    const again = TRAFFIC_ASSIGNMENT.run(
      { ...trafficFacts(), stored },
      trafficParametersSchema.parse({}),
      UNWATCHED,
    );
    expect(again.demand).toMatchObject({ source: 'stored', from: 'survey' });
    for (const { id, before } of again.links) {
      const was = result.links.find((link) => link.id === id)?.before?.flowVehPerH ?? Number.NaN;
      expect(Math.abs((before?.flowVehPerH ?? 0) - was)).toBeLessThan(1);
    }
  });

  it('read TNTP, zones by their numbers, and say that it names no hour', () => {
    const nodes = readZones(
      'Node\tX\tY\t;\n1\t6426000\t5809000\t;\n2\t6427000\t5809000\t;\n',
      'nodes.tntp',
      2177,
    );
    const text = '<NUMBER OF ZONES> 2\n<END OF METADATA>\nOrigin 1\n2 : 40.5;\nOrigin 2\n1 : 7;\n';
    const read = readTrips(text, 'trips.tntp', { zones: nodes, hour: 8, purpose: 'work' });
    expect(read.matrices).toEqual([
      { hour: 8, purpose: 'work', origins: [0, 1], destinations: [1, 0], vehPerH: [40.5, 7] },
    ]);
    expect(() => trips(text)).toThrow(/names no hour/);
  });

  it('sum up pairs given twice, keep those within a zone apart and name zones that are none with their trips', () => {
    const read = trips('o_zone_id,d_zone_id,volume,hour\nA,B,5,7\nA,B,6,7\nA,A,3,7\nA,Z,10,7\n');
    expect(read).toMatchObject({
      vehPerH: 14,
      withinZonesVehPerH: 3,
      foreign: { zones: ['Z'], vehPerH: 10 },
      matrices: [{ hour: 7, purpose: 'other', vehPerH: [3, 11] }],
    });
  });

  it.each([
    ['a negative number of trips', 'o_zone_id,d_zone_id,volume,hour\nA,B,-5,7\n', /line 2: volume is "-5"/],
    ['no hour', 'o_zone_id,d_zone_id,volume\nA,B,5\n', /line 2: hour is missing/],
    ['an hour that is none', 'o_zone_id,d_zone_id,volume,hour\nA,B,5,24\n', /hour is "24"/],
    [
      'a purpose that is none',
      'o_zone_id,d_zone_id,volume,hour,purpose\nA,B,5,7,fun\n',
      /purpose "fun" is none of/,
    ],
    ['no trips', 'o_zone_id,d_zone_id,volume,hour\nA,B,0,7\n', /has no trips/],
  ])('refuse %s', (_, text, message) => {
    expect(() => trips(text)).toThrow(message);
  });

  it('refuse zones that are given twice, and degrees where metres are said', () => {
    expect(() => readZones(`${ZONES}A,1,2,,\n`, 'zones.csv', 2177)).toThrow(
      /line 4: zone "A" stands on line 2/,
    );
    const [degrees] = readZones('id,lon,lat\nA,19.93,52.4\n', 'zones.csv', 4326);
    expect(degrees?.at.map((metres) => Math.round(metres / 1000))).toEqual([6631, 5809]);
  });
});

describe('counts of a file', () => {
  const roads = new Set(['R1', 'R2']);
  it('know both ways and one way, and name streets that the city does not have', () => {
    const text = 'link,hour,veh_per_h,detector,days\nR1+,7,400,D1,20\nR2,7,90,,\nR9-,7,5,,\nR2,8,90000,,\n';
    const read = readCounts(text, 'counts.csv', roads);
    expect(read.counts.slice(0, 2)).toEqual([
      { link: 'R1+', hour: 7, vehPerH: 400, detector: 'D1', days: 20 },
      { link: 'R2', hour: 7, vehPerH: 90 },
    ]);
    expect(read.foreign).toEqual(['R9-']);
    expect(read.warnings).toEqual([expect.stringContaining('the count of a day')]);
  });

  it('refuse the same street and hour twice', () => {
    expect(() => readCounts('link,hour,veh_per_h\nR1,7,1\nR1,7,2\n', 'c.csv', roads)).toThrow(
      /line 3: .* line 2/,
    );
  });
});
