/** Ground and trees that hide the sun: against walls of the same outline, and what they may never do. */
import { describe, expect, it } from 'vitest';
import { blockAt, sampleStreet } from '../../../test/support/sample-street.ts';
import { randomOf } from '../../demo-city/random.ts';
import { UNWATCHED } from '../model.ts';
import { frameOver, type GroundGrid, groundAt } from './ground-grid.ts';
import { obstaclesOf } from './obstacles.ts';
import { sunDay } from './sun-day.ts';
import { SUN_HOURS, type SunHoursFacts, sunHoursParametersSchema } from './sun-hours.ts';
import { sunlightOn, sunMinutes } from './sunlight.ts';
import { obstaclesAround, type TreeCrown } from './surroundings.ts';

const HERE = [6_426_900, 5_808_700] as const;
const PLACE = { srid: 2177, position: HERE };
const DAY = sunDay(PLACE, { day: '2026-03-20', fromMinute: 420, toMinute: 1020 });

/** Ground over a kilometre round here, by place from here. */
function groundOf(heightM: (east: number, north: number) => number, stepM = 10): GroundGrid {
  const frame = frameOver([HERE[0] - 500, HERE[1] - 500, HERE[0] + 500, HERE[1] + 500], stepM);
  return {
    ...frame,
    heights: Float32Array.from({ length: frame.columns * frame.rows }, (_, n) =>
      heightM((n % frame.columns) * stepM - 500, Math.floor(n / frame.columns) * stepM - 500),
    ),
  };
}

const minutesAt = (obstacles: ReturnType<typeof obstaclesOf>, heightM: number): number =>
  sunMinutes(sunlightOn(DAY, obstacles)({ easting: HERE[0], northing: HERE[1], heightM })).summed;

describe('ground', () => {
  it('lies between its posts, and beyond its rim stays as there', () => {
    const slope = groundOf((east, north) => 70 + east / 10 + north / 20);
    expect(groundAt(slope, HERE[0] + 3, HERE[1] + 7)).toBeCloseTo(70.65, 4);
    expect(groundAt(slope, HERE[0] + 900, HERE[1])).toBeCloseTo(120, 4);
  });

  it('of a ridge hides the sun as a wall of its height does', () => {
    for (const [awayM, highM] of [
      [30, 40],
      [60, 60],
      [100, 90],
    ] as const) {
      // A ridge of one row of posts south of here, and a wall as long as the ground is wide.
      const ridge = obstaclesOf(
        [],
        groundOf((_, north) => (north === -awayM ? 70 + highM : 70)),
      );
      const wall = obstaclesOf([
        blockAt('wall', [HERE[0] - 500, HERE[1] - awayM - 0.5], [1000, 0.5], highM, 70),
      ]);
      expect(Math.abs(minutesAt(ridge, 71) - minutesAt(wall, 71))).toBeLessThan(0.5);
      expect(minutesAt(ridge, 71)).toBeLessThan(minutesAt(obstaclesOf([]), 71));
    }
  });

  it('beside a building is left to the building', () => {
    const house = blockAt('house', [HERE[0] - 5, HERE[1] - 12], [10, 6], 3, 70);
    // A grid that puts the foot of the house two metres under the ground, as grids do on slopes.
    const raised = groundOf((east, north) => (Math.abs(east) <= 10 && Math.abs(north) <= 20 ? 72 : 70));
    expect(minutesAt(obstaclesOf([house], raised), 71)).toBeCloseTo(minutesAt(obstaclesOf([house]), 71), 6);
  });
});

describe('trees', () => {
  const tree = (id: string, east: number, north: number, heightM: number, crownM: number): TreeCrown => ({
    ...{ id, e: HERE[0] + east, n: HERE[1] + north, heightM, crownM },
  });

  it('stand on the ground that is under them', () => {
    const relief = groundOf((_, north) => 70 - north / 10);
    const { withTrees } = obstaclesAround([], { relief, trees: [tree('t', 0, -100, 12, 8)] });
    const tops = Array.from(
      { length: withTrees.edges.length / 6 },
      (_, n) => withTrees.edges[n * 6 + 2] ?? 0,
    );
    const leafTops = tops.filter((_, n) => withTrees.ids[withTrees.owner[n] ?? -1] === 't');
    expect(leafTops.length).toBe(8);
    for (const top of leafTops) expect(top).toBeCloseTo(92, 3);
  });

  it('never let more sun through than there is without them, to windows or ground', () => {
    const { between } = randomOf('trees');
    const shapes = sampleStreet({ houses: 25, sizeM: 120, seed: 'leafy' });
    const relief = groundOf((east, north) => 4 * Math.sin(east / 40) * Math.cos(north / 30));
    const trees = Array.from({ length: 40 }, (_, n) =>
      tree(`t${n}`, between(0, 120), between(0, 120), between(3, 25), between(2, 12)),
    );
    const { bare, withTrees } = obstaclesAround(shapes, { relief, trees });
    const [light, leafy] = [sunlightOn(DAY, bare), sunlightOn(DAY, withTrees)];
    let darker = 0;
    for (let n = 0; n < 120; n++) {
      const point = {
        easting: HERE[0] + between(0, 120),
        northing: HERE[1] + between(0, 120),
        heightM: between(6, 18),
      };
      const [without, among] = [sunMinutes(light(point)).summed, sunMinutes(leafy(point)).summed];
      expect(among).toBeLessThanOrEqual(without + 1e-6);
      if (among < without - 1) darker++;
    }
    expect(darker).toBeGreaterThan(20);
  });
});

describe('a map of hours of sun', () => {
  const bbox = [HERE[0] - 30, HERE[1] - 30, HERE[0] + 30, HERE[1] + 30];
  const parameters = sunHoursParametersSchema.parse({ bbox, cellM: 2, reachM: 200 });
  const flat = { relief: groundOf(() => 70), trees: [] };
  const study = (more: Partial<SunHoursFacts>) =>
    SUN_HOURS.run(
      { place: PLACE, lawDate: '2026-06-30', before: [], after: [], changed: [], ...more },
      parameters,
      UNWATCHED,
    );

  it('grows darker by ground alone that a scenario raises', () => {
    const bank = groundOf((_, north) => (north < -40 && north > -80 ? 90 : 70));
    const same = { before: flat, after: flat, isChanged: false, unsizedTrees: 0 };
    const plain = study({ surroundings: same });
    expect(plain).toMatchObject({ darkerM2: 0, withTrees: null });
    const raised = study({ surroundings: { ...same, after: { ...flat, relief: bank }, isChanged: true } });
    expect(raised.after.meanHours).toBeLessThan(plain.after.meanHours - 0.9);
    expect(raised.before).toEqual(plain.after);
    expect(raised.darkerM2).toBeGreaterThan(400);
    expect(raised.grid?.before).not.toBeNull();
  });

  it('says what trees may take, and leaves them out of the map itself', () => {
    const oak: TreeCrown = { id: 'oak', e: HERE[0], n: HERE[1], heightM: 20, crownM: 14 };
    const withOak = { relief: flat.relief, trees: [oak] };
    const found = study({
      surroundings: { before: withOak, after: withOak, isChanged: false, unsizedTrees: 2 },
    });
    expect(found.surroundings).toEqual({ relief: 'terrain', trees: 1, unsizedTrees: 2 });
    expect(found.after).toEqual(study({}).after);
    expect(found.withTrees?.after.meanHours).toBeLessThan(found.after.meanHours - 0.5);
    // Under the crown it is dark: 154 m², in cells of 4 m².
    const dark = (found.withTrees?.after.areaByHourM2[0] ?? 0) - (found.after.areaByHourM2[0] ?? 0);
    expect(dark).toBeGreaterThan(140);
    expect(found.withTrees?.after.groundM2).toBe(found.after.groundM2);
    expect(SUN_HOURS.result.parse(found)).toEqual(found);
  });
});
