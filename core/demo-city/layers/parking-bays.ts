/** Rows of parking bays along streets near the middle of the demo city. */
import type { Feature } from '../../feature/feature.ts';
import { add, leftOf, type Xy } from '../../geo/plane.ts';
import { lengthOf, placeAt } from '../../geo/polyline.ts';
import { randomOf } from '../random.ts';
import { HALF_WIDTH_M, type Skeleton } from '../skeleton.ts';
import { areaOf, feature, toCm } from './shapes.ts';

const ROWS = 12;
const BAYS_IN_ROW = 7;
const BAY_M = { lengthM: 5.6, widthM: 2.3 } as const;
const SHORTEST_STREET_M = 70;
/** Every third row tells which of its bays are free. */
const MONITORED_EVERY = 3;

export interface DemoBay {
  readonly id: string;
  readonly monitored: boolean;
  readonly middle: Xy;
  readonly ring: readonly Xy[];
}

/** Bays in metres of the town's frame, row by row. */
export function demoBays(skeleton: Skeleton): readonly DemoBay[] {
  const streets = skeleton.edges
    .filter(
      ({ kind, path }) => (kind === 'street' || kind === 'collector') && lengthOf(path) >= SHORTEST_STREET_M,
    )
    .toSorted((a, b) => awayM(a.path) - awayM(b.path))
    .slice(0, ROWS);
  return streets.flatMap(({ kind, path }, row) => {
    // Between carriageway and pavement, at the right of the street's direction.
    const asideM = HALF_WIDTH_M[kind] - 4.5;
    const startM = lengthOf(path) / 2 - (BAYS_IN_ROW * BAY_M.lengthM) / 2;
    return Array.from({ length: BAYS_IN_ROW }, (_, i): DemoBay => {
      const number = row * BAYS_IN_ROW + i + 1;
      const { point, direction } = placeAt(path, startM + (i + 0.5) * BAY_M.lengthM);
      const middle = add(point, leftOf(direction), -asideM);
      const corner = (along: number, across: number) =>
        add(
          add(middle, direction, along * (BAY_M.lengthM / 2 - 0.1)),
          leftOf(direction),
          (across * BAY_M.widthM) / 2,
        );
      return {
        id: `PP-${String(number).padStart(4, '0')}`,
        monitored: row % MONITORED_EVERY === 0,
        middle,
        ring: [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)],
      };
    });
  });
}

const awayM = (path: readonly Xy[]): number => Math.hypot(...placeAt(path, lengthOf(path) / 2).point);

export function* parkingBays(skeleton: Skeleton, seed: number): Generator<Feature> {
  for (const { id, monitored, ring } of demoBays(skeleton)) {
    const random = randomOf(seed, 'bay', id);
    yield feature('parking_bays', id, areaOf([[ring.map(toCm)]]), {
      kind: random.chance(0.1)
        ? 'disabled'
        : random.chance(0.08)
          ? 'charging'
          : random.chance(0.05)
            ? 'delivery'
            : 'general',
      zone: random.chance(0.7) ? 'A' : null,
      monitored,
    });
  }
}
