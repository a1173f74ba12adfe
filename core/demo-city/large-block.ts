/** Blocks of large buildings: panel estates, new estates, industry, retail, campus. */

import { leftOf, turnedBox, type Xy } from '../geo/plane.ts';
import type { BuildingDesign } from './building-design.ts';
import { boxModel, courtModel, hallModel, slabModel } from './large-buildings.ts';
import { cutLots } from './lots.ts';
import { RECIPES } from './recipes.ts';
import { addPlot, fillInRows, type Ground, groundOf, placeFacing, type Site } from './site.ts';
import type { Plot } from './subdivision.ts';

export function planLarge(
  site: Site,
  block: Plot,
  kind: 'slab-estate' | 'new-estate' | 'industry' | 'retail' | 'campus',
): void {
  const { random } = site;
  const across: Xy = random.chance(0.3) ? leftOf(site.grain) : site.grain;
  for (const { plot } of cutLots(site.sub, block, RECIPES[kind].lots, random)) {
    const ground = groundOf(site, plot);
    const box = turnedBox(ground.ring);
    const { designs, landUse } = largeBuildings(site, ground, kind, across, box);
    const unbuilt = kind === 'slab-estate' ? 'Bz' : 'Bp';
    addPlot(
      site,
      plot,
      designs.length > 0 ? 'lot' : 'empty',
      designs.length > 0 ? landUse : unbuilt,
      designs,
    );
  }
}

function largeBuildings(
  site: Site,
  ground: Ground,
  kind: 'slab-estate' | 'new-estate' | 'industry' | 'retail' | 'campus',
  along: Xy,
  box: { readonly u: Xy; readonly lengthM: number; readonly widthM: number },
): { designs: BuildingDesign[]; landUse: string } {
  const { random } = site;
  switch (kind) {
    case 'slab-estate': {
      if (random.chance(0.1)) {
        const garages = () => boxModel('g', '1242', [random.integer(6, 14) * 3.2, 6], 1, 2.2);
        return {
          designs: fillInRows(ground, along, garages, { clearM: 4, gapM: 8, rowGapM: 8, max: 18 }),
          landUse: 'Ba',
        };
      }
      const high = random.chance(0.3) ? 11 : 5;
      const next = () =>
        high === 11 && random.chance(0.25)
          ? boxModel('m', '1122', [21, 20], 12, 2.8)
          : slabModel(high, random.integer(2, high === 11 ? 4 : 5), random);
      return {
        designs: fillInRows(ground, along, next, {
          clearM: 7,
          gapM: 16,
          rowGapM: high === 11 ? 46 : 27,
          max: 6,
          attempts: 3,
        }),
        landUse: 'B',
      };
    }
    case 'new-estate': {
      const storeys = random.integer(4, 6);
      const wide = Math.min(58, box.lengthM - 12);
      const deep = Math.min(46, box.widthM - 10);
      const models = [
        ...(wide > 34 && deep > 28 ? [courtModel(wide, deep, storeys, random.chance(0.6) ? 2 : 1)] : []),
        courtModel(34, 27, storeys, 1),
        boxModel('m', '1122', [28, 14], storeys),
        boxModel('m', '1122', [18, 14], storeys),
      ];
      for (const model of models) {
        const design = placeFacing(ground, model, 5, 4);
        if (design) return { designs: [design], landUse: 'B' };
      }
      return { designs: [], landUse: 'B' };
    }
    case 'industry':
    case 'retail': {
      if (random.chance(0.1)) return { designs: [], landUse: 'Bp' };
      const share = random.between(0.42, 0.72);
      const sort = kind === 'retail' ? 'h' : random.chance(0.55) ? 'p' : 's';
      const height = kind === 'retail' ? random.between(6.5, 9) : random.between(7, 13);
      const next = () =>
        hallModel(
          sort,
          Math.min(95, Math.max(16, box.lengthM * share * random.between(0.5, 1))),
          Math.min(70, Math.max(18, box.widthM * share)),
          height,
          random,
        );
      return {
        designs: fillInRows(ground, box.u, next, {
          clearM: 5,
          gapM: 12,
          rowGapM: 14,
          max: kind === 'retail' ? 1 : 4,
        }),
        landUse: kind === 'retail' ? 'Bi' : 'Ba',
      };
    }
    case 'campus': {
      const next = () =>
        random.chance(0.5)
          ? courtModel(
              random.between(46, 62),
              random.between(36, 48),
              random.integer(3, 5),
              random.chance(0.5) ? 2 : 1,
            )
          : boxModel(
              'k',
              '1263',
              [random.between(30, 55), random.between(15, 20)],
              random.integer(3, 6),
              3.6,
            );
      const designs = fillInRows(ground, along, next, { clearM: 7, gapM: 16, rowGapM: 22, max: 3 });
      return { designs: designs.map((design) => ({ ...design, kind: 'k', pkob: '1263' })), landUse: 'Bi' };
    }
  }
}
