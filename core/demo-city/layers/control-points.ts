/** Detailed geodetic control: points at street junctions. */
import type { Feature } from '../../feature/feature.ts';
import { add, type Xy } from '../../geo/plane.ts';
import { randomOf } from '../random.ts';
import { registerProperties } from '../registers.ts';
import { groundHeightM } from '../terrain.ts';
import type { Town } from '../town-plan.ts';
import { feature, pointOf } from './shapes.ts';

export function* controlPoints({ skeleton }: Town, seed: number): Generator<Feature> {
  const onWater = new Set(
    skeleton.edges.filter(({ kind }) => kind === 'river').flatMap(({ from, to }) => [from, to]),
  );
  for (const [i, { at, roundM = 0 }] of skeleton.nodes.entries()) {
    if (onWater.has(i)) continue;
    const random = randomOf(seed, 'control point', i);
    const kind = random.pick(['horizontal', 'horizontal', 'vertical', 'combined']);
    const angle = random.between(0, 2 * Math.PI);
    const away = roundM > 0 ? roundM - 4 : 4;
    const p: Xy = add(at, [Math.cos(angle), Math.sin(angle)], away);
    const id = `343.${124 + (i % 7)}-${1001 + i}`;
    const levelled = kind !== 'horizontal';
    yield feature('control_points', id, pointOf(p), {
      point_number: id,
      kind,
      class: random.pick(['3', '3', '3', '2']),
      height_m: Math.round(groundHeightM(seed, p[0], p[1]) * 1000) / 1000,
      height_system: 'PL-EVRF2007-NH',
      marker: levelled
        ? random.pick(['wall', 'ground_double', 'structure'])
        : random.pick(['ground_double', 'ground_single', 'block']),
      mark_state: random.chance(0.88) ? 'existing' : random.pick(['damaged', 'destroyed']),
      position_error_m: levelled && kind === 'vertical' ? 0.1 : random.pick([0.01, 0.02, 0.03]),
      height_error_m: levelled ? 0.002 : 0.05,
      surveyed_on: `${random.integer(2008, 2024)}-0${random.integer(4, 9)}-1${random.integer(0, 9)}`,
      ...registerProperties(seed, `control point ${id}`),
    });
  }
}
