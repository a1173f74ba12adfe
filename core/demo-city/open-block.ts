/** Blocks without streets of houses: allotments, parks, river banks, fields, woods. */

import { turnedBox } from '../geo/plane.ts';
import { field } from './house-block.ts';
import { planAllotmentHut } from './houses.ts';
import type { Model } from './large-buildings.ts';
import { cutLots } from './lots.ts';
import { RECIPES } from './recipes.ts';
import { addPlot, fillInRows, groundOf, type Site } from './site.ts';
import type { Plot } from './subdivision.ts';

export function planAllotments(site: Site, block: Plot): void {
  const { random } = site;
  const ground = groundOf(site, block);
  const box = turnedBox(ground.ring);
  const hut = (): Model => ({
    widthM: 7,
    depthM: 6,
    at: (frame) =>
      planAllotmentHut(
        [frame.origin[0] - 2.6 * frame.x[0], frame.origin[1] - 2.6 * frame.x[1]],
        frame.x,
        random,
      ),
  });
  // One hut on each garden of about 12 × 25 m.
  const huts = fillInRows(ground, box.u, hut, { clearM: 4, gapM: 6.5, rowGapM: 15, max: 90 });
  addPlot(
    site,
    block,
    'garden',
    'RIVa',
    huts.filter(() => random.chance(0.35)),
  );
}

export function planOpen(site: Site, block: Plot, kind: 'park' | 'riverside' | 'fields' | 'forest'): void {
  const { random } = site;
  for (const { plot } of cutLots(site.sub, block, RECIPES[kind].lots, random)) {
    const landUse =
      kind === 'park'
        ? 'Bz'
        : kind === 'riverside'
          ? random.pick(['Bz', 'ŁIV', 'Bz', 'Lz'])
          : kind === 'forest'
            ? random.pick(['LsV', 'LsV', 'LsIV'])
            : field(random);
    addPlot(site, plot, kind === 'fields' ? 'field' : 'green', landUse);
  }
}
