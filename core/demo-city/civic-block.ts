/** Blocks for everybody: schools, churches, health, shops, squares. */
import { boxModel, churchModel, type Model, schoolModel, wingedModel } from './large-buildings.ts';
import { addPlot, groundOf, placeFacing, type Site } from './site.ts';
import type { Civic } from './skeleton.ts';
import type { Plot } from './subdivision.ts';

/** Ground that each use wants. */
export const CIVIC_AREA_M2: Readonly<Record<Civic, number>> = {
  school: 15_000,
  church: 6000,
  kindergarten: 4500,
  health: 7000,
  square: 4500,
  shops: 5000,
};

export function planCivic(site: Site, block: Plot, use: Civic): void {
  if (use === 'square') {
    addPlot(site, block, 'green', 'Bz');
    return;
  }
  const ground = groundOf(site, block);
  const { setbackM, models } = civicModels(site, use);
  for (const model of models) {
    const design = placeFacing(ground, model, setbackM, 4);
    if (!design) continue;
    addPlot(site, block, 'civic', 'Bi', [design]);
    return;
  }
  addPlot(site, block, 'civic', 'Bi');
}

/** Models to try, the wanted one first. */
function civicModels(
  { random }: Site,
  use: Exclude<Civic, 'square'>,
): { readonly setbackM: number; readonly models: readonly Model[] } {
  switch (use) {
    case 'school':
      return { setbackM: 12, models: [schoolModel(random), boxModel('k', '1263', [46, 14], 3)] };
    case 'church':
      return { setbackM: 6, models: [1, 0.8, 0.6].map((scale) => churchModel(random, scale)) };
    case 'kindergarten':
      return {
        setbackM: 10,
        models: [boxModel('k', '1263', [34, 16], 2), boxModel('k', '1263', [22, 13], 2)],
      };
    case 'health':
      return { setbackM: 9, models: [wingedModel('z', '1264', 4), boxModel('z', '1264', [26, 14], 3)] };
    case 'shops':
      return {
        setbackM: 14,
        models: [boxModel('h', '1230', [42, 26], 1, 5), boxModel('h', '1230', [24, 16], 1, 4.4)],
      };
  }
}
