import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { ROADS, trafficFacts } from '../../../test/support/traffic-facts.ts';
import { UNWATCHED } from '../../analysis/model.ts';
import { assignTraffic } from '../../analysis/traffic/equilibrium.ts';
import { TRAFFIC_ASSIGNMENT } from '../../analysis/traffic/traffic-assignment.ts';
import { trafficParametersSchema } from '../../wire/traffic-parameters.ts';
import { readCsv } from '../csv.ts';
import { readGmns } from './read-gmns.ts';
import { writeGmns } from './write-gmns.ts';

const NODES = 'node_id,x_coord,y_coord,zone_id\n1,0,0,A\n2,9,0,B\n3,5,5,\n';
const LINKS = 'link_id,from_node_id,to_node_id,directed,length,free_speed,lanes,capacity,allowed_uses\n';

describe('GMNS', () => {
  it('writes the network of a city so that it reads back, link by link, with all trips', () => {
    const parameters = trafficParametersSchema.parse({ withMatrix: true });
    const result = TRAFFIC_ASSIGNMENT.run(trafficFacts(ROADS), parameters, UNWATCHED);
    const files = writeGmns(result);
    const { network, demand } = readGmns({
      node: files.get('node.csv') ?? '',
      link: files.get('link.csv') ?? '',
      demand: files.get('demand.csv'),
    });
    const streets = result.links.length;
    expect(network.linkCount).toBe(streets + 2 * result.zones.length);
    expect(network.zoneCount).toBe(result.zones.length);
    expect([...network.length].slice(0, streets)).toEqual(result.links.map(({ lengthM }) => lengthM));
    expect([...network.capacity].slice(0, streets)).toEqual(
      result.links.map(({ after }) => expect.closeTo(after?.capacityVehPerH ?? 0, 0)),
    );
    const all = demand.trips.reduce((sum, each) => sum + each, 0);
    expect(all).toBeCloseTo(result.matrix?.carVehPerH.reduce((sum, each) => sum + each, 0) ?? 0, 6);
    const fixedCost = new Float64Array(network.linkCount);
    const cars = { name: 'car', demand, fixedCost, pcu: 1 };
    expect(assignTraffic(network, [cars], { targetGap: 1e-6 })).toMatchObject({ isReached: true, lost: [] });
  });

  it('makes two of a link that is not directed, and none of a cycleway', () => {
    const { network } = readGmns({
      node: NODES,
      link: `${LINKS}a,1,3,0,100,50,1,900,auto\nb,3,2,1,100,50,2,900,\nc,1,2,1,100,15,1,,"WALK, BIKE"\n`,
      demand: 'o_zone_id,d_zone_id,volume\nA,B,10\n',
    });
    expect([...network.capacity]).toEqual([900, 900, 1800]);
    expect([...network.tail]).toEqual([0, 2, 2]);
  });

  it.each([
    ['a link to nowhere', `${LINKS}a,1,7,1,100,50,1,900,\n`, /line 2: node "7" is not in node.csv/],
    ['a length that is no number', `${LINKS}a,1,3,1,far,50,1,900,\n`, /length is "far"/],
    ['a negative length', `${LINKS}a,1,3,1,-5,50,1,900,\n`, /Link 1 .*negative/],
    ['a quote that does not end', `${LINKS}"a,1,3,1,5,50,1,900,\n`, /quote of the row at line 2/],
    ['more cells than its head', `${LINKS}a,1,3,1,5,50,1,900,,,\n`, /line 2 has 11 cells/],
  ])('refuses %s', (_, link, message) => {
    expect(() => readGmns({ node: NODES, link })).toThrow(message);
  });

  it('names zones that no node has, with the trips that are lost for it', () => {
    const demand = 'o_zone_id,d_zone_id,volume\nA,Z,10\nA,B,5\n';
    const { foreign, demand: read } = readGmns({ node: NODES, link: LINKS, demand });
    expect(foreign).toEqual({ zones: ['Z'], trips: 10 });
    expect([...read.trips]).toEqual([5]);
  });
});

describeWithSharedData('GMNS of Lima', () => {
  const read = (file: string) => readFileSync(sharedData('traffic-gmns', 'Lima', file), 'utf8');
  it('reads and comes to equilibrium, with every trip on a way or named as lost', () => {
    const { network, demand, foreign } = readGmns({
      node: read('node.csv'),
      link: read('link.csv'),
      demand: read('demand.csv'),
      lengthM: 0.3048,
      speedKmH: 1.609344,
    });
    expect(network.linkCount).toBeGreaterThanOrEqual(readCsv(read('link.csv'), 'link.csv').length);
    const fixedCost = new Float64Array(network.linkCount);
    const { isReached, lost } = assignTraffic(network, [{ name: 'car', demand, fixedCost, pcu: 1 }], {
      targetGap: 1e-6,
    });
    expect(isReached).toBe(true);
    expect(foreign.zones).toContain('441');
    expect(lost.length).toBeLessThan(demand.trips.length / 100);
  });
});
