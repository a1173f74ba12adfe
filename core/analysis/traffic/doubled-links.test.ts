import { expect, it } from 'vitest';
import { ROADS } from '../../../test/support/traffic-facts.ts';
import { odDemand } from './demand.ts';
import { assignTraffic } from './equilibrium.ts';
import { roadNetwork } from './road-network.ts';
import { roadWarnings } from './road-warnings.ts';

it('shares traffic evenly between two links that are the same, as on one of twice the capacity', () => {
  const link = { tail: 0, head: 1, capacity: 50, length: 1, freeFlowTime: 1, b: 0.15, power: 4, toll: 0 };
  const assigned = (links: readonly (typeof link)[]) =>
    assignTraffic(
      roadNetwork({ nodeCount: 2, zoneCount: 2, firstThruNode: 0, links }),
      [
        {
          ...{ name: 'car', pcu: 1, fixedCost: new Float64Array(links.length) },
          demand: odDemand(2, [{ origin: 0, destination: 1, trips: 120 }]),
        },
      ],
      { targetGap: 1e-10 },
    );
  const [twice, wide] = [assigned([link, link]), assigned([{ ...link, capacity: 100 }])];
  expect(twice.flow[0]).toBeCloseTo(60, 4);
  expect(twice.flow[1]).toBeCloseTo(60, 4);
  expect(twice.objective).toBeCloseTo(wide.objective, 6);
});

it('says of a street that is there twice, either way round, which one it doubles', () => {
  const [first] = ROADS;
  if (!first) throw new Error('no roads');
  const { from, to, path } = first;
  const again = { ...first, id: 'again', from: to, to: from, path: path.toReversed() };
  expect(roadWarnings([...ROADS, again])).toEqual([
    { road: 'again', text: expect.objectContaining({ en: expect.stringContaining(`as ${first.id} does`) }) },
  ]);
  expect(roadWarnings(ROADS)).toEqual([]);
});
