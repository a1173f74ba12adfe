/** Blocks built up along their edge: old town, tenements, inner city, terraces. */

import { turnedBox } from '../geo/plane.ts';
import type { BuildingDesign } from './building-design.ts';
import { boxModel } from './large-buildings.ts';
import { cutLots, isStreet } from './lots.ts';
import type { Random } from './random.ts';
import { RECIPES, ROW_STYLES } from './recipes.ts';
import { planRowBuilding, type RowStyle } from './row-buildings.ts';
import { addPlot, fillInRows, type Ground, groundOf, placeFacing, type Site } from './site.ts';
import type { Plot } from './subdivision.ts';

export function planRows(site: Site, block: Plot, kind: keyof typeof ROW_STYLES): void {
  const { random } = site;
  const base = ROW_STYLES[kind];
  // A terrace is one building project: its houses share depth, storeys and roof.
  const depth = random.between(...base.depthM);
  const flat = random.chance(base.flat) ? 1 : 0;
  const style: RowStyle = kind === 'terraces' ? { ...base, depthM: [depth, depth], flat } : base;
  for (const { plot, inner } of cutLots(site.sub, block, RECIPES[kind].lots, random)) {
    const ground = groundOf(site, plot);
    if (inner || !ground.beyond.some(isStreet)) {
      addPlot(site, plot, 'court', random.chance(0.5) ? 'Bp' : 'Bz', courtBuildings(site, ground));
      continue;
    }
    const narrow = turnedBox(ground.ring).widthM < 6 && kind !== 'terraces';
    if (narrow || random.chance(kind === 'terraces' ? 0.01 : 0.045)) {
      addPlot(site, plot, narrow ? 'green' : 'empty', narrow ? 'Bz' : 'Bp');
      continue;
    }
    const use = usedAs(style, kind, random);
    const design = planRowBuilding(ground.ring, ground.beyond, use, random) ?? fallback(ground, kind, random);
    addPlot(site, plot, 'lot', use.kind === 'm' ? 'B' : 'Bi', design ? [design] : []);
  }
}

/** Most houses of the centre are dwellings, some offices, hotels and shops. */
function usedAs(style: RowStyle, kind: keyof typeof ROW_STYLES, random: Random): RowStyle {
  if (kind === 'terraces') return style;
  const dice = random.next();
  if (kind === 'inner-blocks') {
    return dice < 0.45
      ? { ...style, kind: 'm', pkob: '1122' }
      : dice < 0.6
        ? { ...style, kind: 'h', pkob: '1211' }
        : style;
  }
  if (dice < 0.06) return { ...style, kind: 'b', pkob: '1220' };
  if (dice < (kind === 'old-town' ? 0.2 : 0.1)) return { ...style, kind: 'h', pkob: '1230' };
  return style;
}

function fallback(ground: Ground, kind: keyof typeof ROW_STYLES, random: Random): BuildingDesign | undefined {
  const storeys = kind === 'terraces' ? 2 : random.integer(2, 4);
  for (const size of [16, 12, 9, 7]) {
    const design = placeFacing(ground, boxModel('m', '1122', [size, Math.min(size, 12)], storeys), 0.6, 0.4);
    if (design) return design;
  }
  return undefined;
}

function courtBuildings(site: Site, ground: Ground): BuildingDesign[] {
  const { random } = site;
  const garages = () => boxModel('g', '1242', [random.integer(4, 9) * 3.2, 6], 1, 2.2);
  return random.chance(0.6)
    ? fillInRows(ground, site.grain, garages, { clearM: 1.5, gapM: 7, rowGapM: 8, max: 3 })
    : [];
}
