/** Blocks of houses, each on its own lot. */

import { dot, leftOf, subtract, unit, type Xy } from '../geo/plane.ts';
import { type HouseStyle, type Lot, planHouse } from './houses.ts';
import { cutLots, frontsOf } from './lots.ts';
import type { Random } from './random.ts';
import { RECIPES } from './recipes.ts';
import { addPlot, type Ground, groundOf, type Site } from './site.ts';
import type { Plot } from './subdivision.ts';

export function planHouses(site: Site, block: Plot, style: HouseStyle): void {
  const { random } = site;
  const kind =
    style === 'new' ? 'houses' : style === 'cube' ? 'older-houses' : style === 'villa' ? 'villas' : 'village';
  const plots = cutLots(site.sub, block, RECIPES[kind].lots, random);
  for (const { plot, inner } of plots) {
    const ground = groundOf(site, plot);
    const lot = inner ? undefined : lotOf(ground);
    if (!lot) {
      addPlot(site, plot, 'garden', style === 'farm' ? field(random) : 'Bz');
      continue;
    }
    const empty = random.chance(style === 'new' ? 0.26 : style === 'farm' ? 0.38 : 0.14);
    const mixed = style === 'cube' && random.chance(0.35) ? 'new' : style;
    const designs = empty ? [] : planHouse(lot, mixed, random);
    const landUse = designs.length > 0 ? builtUse(style, random) : style === 'farm' ? field(random) : 'Bp';
    addPlot(site, plot, designs.length > 0 ? 'lot' : 'empty', landUse, designs);
  }
}

function builtUse(style: HouseStyle, random: Random): string {
  if (style === 'farm') return random.chance(0.6) ? `Br-R${soil(random)}` : `B, R${soil(random)}`;
  return style === 'new' && random.chance(0.12) ? `B, R${soil(random)}` : 'B';
}

const soil = (random: Random): string => random.pick(['IIIb', 'IVa', 'IVa', 'IVb', 'V']);
/** Land use and class of a field. */
export const field = (random: Random): string =>
  random.chance(0.74) ? `R${soil(random)}` : random.pick(['ŁIV', 'PsIV', 'PsV', 'S-RIVa', 'Lzr-RV', 'N']);

/** The lot as a house builder sees it: its longest street front and the depth behind it. */
function lotOf({ ring, beyond }: Ground): Lot | undefined {
  const front = frontsOf(ring, beyond)[0];
  if (!front || front.lengthM < 6) return undefined;
  const ends: [Xy, Xy] = [front.path[0] as Xy, front.path[front.path.length - 1] as Xy];
  const inward = leftOf(unit(subtract(ends[1], ends[0])));
  const depthM = Math.max(...ring.map((p) => dot(subtract(p, ends[0]), inward)));
  return { ring, front: ends, depthM };
}
