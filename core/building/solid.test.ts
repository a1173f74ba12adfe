import { describe, expect, it } from 'vitest';
import { ellParts } from '../demo-city/houses.ts';
import { churchModel, townHallModel } from '../demo-city/large-buildings.ts';
import { frameAt } from '../demo-city/placing.ts';
import { randomOf } from '../demo-city/random.ts';
import { around, type Xy } from '../geo/plane.ts';
import { flatRoof, gabledRoof, halfHippedRoof, hippedRoof, mansardRoof, shedRoof } from './roofs.ts';
import { buildSolid, type Solid, type Surface } from './solid.ts';

const box: Xy[] = [
  [0, 0],
  [12, 0],
  [12, 8],
  [0, 8],
];

/** Cubic metres by the sum of tetrahedra from the first corner, faces fanned. */
function volumeM3({ surfaces }: Solid): number {
  let sixfold = 0;
  for (const { ring } of surfaces) {
    const [a, ...rest] = ring.map((p) => p.map((mm) => mm / 1000)) as [number, number, number][];
    for (let i = 0; a && i + 1 < rest.length; i++) {
      const [b, c] = [rest[i] as [number, number, number], rest[i + 1] as [number, number, number]];
      sixfold +=
        a[0] * (b[1] * c[2] - b[2] * c[1]) -
        a[1] * (b[0] * c[2] - b[2] * c[0]) +
        a[2] * (b[0] * c[1] - b[1] * c[0]);
    }
  }
  return sixfold / 6;
}

function openEdges({ surfaces }: Solid): string[] {
  const walked = surfaces.flatMap(({ ring }) => ring.map((p, i) => `${p}>${around(ring, i + 1)}`));
  const all = new Set(walked);
  return walked.filter((edge) => !all.has(edge.split('>').reverse().join('>')));
}

const counted = (solid: Solid) => (kind: Surface['kind']) =>
  solid.surfaces.filter((surface) => surface.kind === kind).length;

describe('a solid', () => {
  // Volumes by hand: ground 96 m², eaves at 5 m, roofs of slope 1 or as stated.
  it.each([
    ['flat', flatRoof(5), 480, 1, 5],
    ['gabled', gabledRoof(box, [0, 2], 5, 1), 480 + (8 * 4 * 12) / 2, 2, 9],
    ['hipped', hippedRoof(box, 5, 1), 480 + (8 * 4 * 4) / 2 + (8 * 8 * 4) / 3, 4, 9],
    ['shed', shedRoof(box, 0, 5, 0.25), 480 + (2 * 8 * 12) / 2, 1, 7],
  ] as const)(
    'under a %s roof has the volume that follows from its shape',
    (_, planes, volume, roofs, height) => {
      const solid = buildSolid([{ ring: box, planes }]);
      expect(volumeM3(solid)).toBeCloseTo(volume, 6);
      expect(openEdges(solid)).toEqual([]);
      expect(counted(solid)('R')).toBe(roofs);
      expect(counted(solid)('W')).toBe(4);
      expect(counted(solid)('G')).toBe(1);
      expect(solid.heightMm).toBe(height * 1000);
      expect(solid.simplified).toBe(false);
    },
  );

  it('has four and eight faces under half-hipped and mansard roofs', () => {
    expect(counted(buildSolid([{ ring: box, planes: halfHippedRoof(box, [0, 2], 5, 1, 2) }]))('R')).toBe(4);
    expect(counted(buildSolid([{ ring: box, planes: mansardRoof(box, [0, 1, 2, 3], 5, 2) }]))('R')).toBe(8);
  });

  it('joins the wings of an L on their bisector', () => {
    const solid = buildSolid(ellParts([0, 0], [1, 0], [0, 1], 14, 11, 6, 4, 0.8, false));
    expect(solid.footprintCm).toHaveLength(6);
    expect(openEdges(solid)).toEqual([]);
    // Two faces a wing; the cross-section of a wing times the length of its middle line (11 + 8).
    expect(counted(solid)('R')).toBe(4);
    expect(volumeM3(solid)).toBeCloseTo((6 * 4 + (6 * 2.4) / 2) * 19, 1);
  });

  it.each([
    ['church', churchModel(randomOf('test'))],
    ['town hall', townHallModel()],
  ] as const)('closes a %s with its tower, turned on the ground', (_, model) => {
    for (const angle of [0, 0.3, 1.2, 2.9]) {
      const solid = buildSolid(model.at(frameAt([431.27, -88.14], [Math.cos(angle), Math.sin(angle)])).parts);
      expect(openEdges(solid)).toEqual([]);
      expect(solid.simplified).toBe(false);
      expect(solid.heightMm).toBeGreaterThan(35_000);
    }
  });
});
