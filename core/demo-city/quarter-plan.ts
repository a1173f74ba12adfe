/** Plans one quarter of the town: streets, blocks, lots, land use and buildings. */

import { middleOf, turnedBox } from '../geo/plane.ts';
import { parallel } from '../geo/polyline.ts';
import { CIVIC_AREA_M2, planCivic } from './civic-block.ts';
import type { Outline } from './corridors.ts';
import { planHouses } from './house-block.ts';
import { planLarge } from './large-block.ts';
import { townHallModel } from './large-buildings.ts';
import { runsOf } from './lots.ts';
import { planAllotments, planOpen } from './open-block.ts';
import { randomOf } from './random.ts';
import { RECIPES } from './recipes.ts';
import { planRows } from './row-block.ts';
import { addPlot, groundOf, type PlannedPlot, type Site } from './site.ts';
import type { Civic, QuarterBrief, QuarterKind } from './skeleton.ts';
import { extend, layOutStreets, pathAcross, piecesOf } from './street-layout.ts';
import { type Plot, type Street, Subdivision } from './subdivision.ts';

export interface QuarterPlan {
  readonly brief: QuarterBrief;
  readonly sub: Subdivision;
  readonly outline: Plot;
  readonly plots: readonly PlannedPlot[];
  readonly streets: readonly Street[];
}

export function planQuarter(outline: Outline, brief: QuarterBrief, seed: number): QuarterPlan {
  const sub = new Subdivision();
  const quarter = sub.plotOf(outline.ringCm, outline.beyond);
  const random = randomOf(seed, brief.precinct, brief.sheet, brief.kind);
  const grain = turnedBox(sub.ring(quarter)).u;
  const site: Site = { sub, random, areaM2: sub.areaM2(quarter), grain, plots: [], streets: [] };
  if (brief.kind === 'market-square') planMarketSquare(site, quarter);
  else planBlocks(site, quarter, brief, brief.kind);
  return { brief, sub, outline: quarter, plots: site.plots, streets: site.streets };
}

function planMarketSquare(site: Site, quarter: Plot): void {
  const ground = groundOf(site, quarter);
  const box = turnedBox(ground.ring);
  const hall = townHallModel();
  const frame = { origin: middleOf(ground.ring), x: box.u, y: box.v };
  addPlot(site, quarter, 'square', 'Bi', [hall.at(frame)]);
}

function planBlocks(site: Site, quarter: Plot, brief: QuarterBrief, kind: BlockKind): void {
  const recipe = RECIPES[kind];
  const open = kind === 'park' || kind === 'riverside';
  const land = open ? quarter : withoutBank(site, quarter);
  const layout = layOutStreets(site.sub, land, recipe.streets, site.random);
  // Streets are divided before the lots beside them are cut and built upon, since their corners become the lots' too.
  const streetParcels = layout.streets.flatMap((street) => piecesOf(site.sub, street));
  const civic = assignCivic(site, layout.blocks, brief.civic ?? []);
  layout.blocks.forEach((block, i) => {
    const use = civic.get(i);
    if (use) {
      const [ground, rest] = measuredOff(site, block, CIVIC_AREA_M2[use]);
      planCivic(site, ground, use);
      if (rest) PLANNERS[kind](site, rest);
    } else {
      PLANNERS[kind](site, block);
    }
  });
  site.streets.push(...layout.streets);
  for (const parcel of streetParcels)
    addPlot(site, parcel, 'street', open || kind === 'allotments' ? 'Bz' : 'dr');
}

const BANK_M = 24;

/** Leaves a green strip along the river to everybody. */
function withoutBank(site: Site, quarter: Plot): Plot {
  const ring = site.sub.ring(quarter);
  const bank = runsOf(ring, quarter.beyond, (beyond) => beyond === 'water')[0];
  if (!bank || bank.lengthM < 60) return quarter;
  const path = extend(parallel(bank.path, BANK_M), 60);
  const cut = site.sub.split(quarter, path, { beyond: 'path', minAreaM2: 500 });
  if (!cut) return quarter;
  addPlot(site, cut.right, 'green', 'Bz');
  return cut.left;
}

/** Gives each civic use the free block nearest to its size. */
function assignCivic(
  site: Site,
  blocks: readonly Plot[],
  wanted: readonly Civic[],
): ReadonlyMap<number, Civic> {
  const areas = blocks.map((block) => site.sub.areaM2(block));
  const given = new Map<number, Civic>();
  for (const use of wanted) {
    let best = -1;
    areas.forEach((area, i) => {
      if (given.has(i)) return;
      const misfit = (value: number) => Math.abs(Math.log(value / CIVIC_AREA_M2[use]));
      if (best === -1 || misfit(area) < misfit(areas[best] as number)) best = i;
    });
    if (best !== -1 && blocks.length > given.size + 1) given.set(best, use);
  }
  return given;
}

/** A ground of about the wanted area from one end of a block, when the block is much larger. */
function measuredOff(site: Site, block: Plot, wantedM2: number): readonly [Plot, Plot?] {
  const areaM2 = site.sub.areaM2(block);
  if (areaM2 < 1.7 * wantedM2) return [block];
  const ring = site.sub.ring(block);
  const path = pathAcross(ring, turnedBox(ring), wantedM2 / areaM2, 0, 0.03, site.random);
  const cut = site.sub.split(block, path, { minAreaM2: 0.4 * wantedM2 });
  return cut ? [cut.left, cut.right] : [block];
}

/** A small quarter is all terraces; in a large one they stand among houses. */
function planTerraces(site: Site, block: Plot): void {
  if (site.areaM2 < 120_000 || site.random.chance(0.3)) planRows(site, block, 'terraces');
  else planHouses(site, block, 'new');
}

type BlockKind = Exclude<QuarterKind, 'market-square'>;

const PLANNERS: Readonly<Record<BlockKind, (site: Site, block: Plot) => void>> = {
  'old-town': (site, block) => planRows(site, block, 'old-town'),
  tenements: (site, block) => planRows(site, block, 'tenements'),
  'inner-blocks': (site, block) => planRows(site, block, 'inner-blocks'),
  terraces: planTerraces,
  houses: (site, block) => planHouses(site, block, 'new'),
  'older-houses': (site, block) => planHouses(site, block, 'cube'),
  villas: (site, block) => planHouses(site, block, 'villa'),
  village: (site, block) => planHouses(site, block, 'farm'),
  'slab-estate': (site, block) => planLarge(site, block, 'slab-estate'),
  'new-estate': (site, block) => planLarge(site, block, 'new-estate'),
  industry: (site, block) => planLarge(site, block, 'industry'),
  retail: (site, block) => planLarge(site, block, 'retail'),
  campus: (site, block) => planLarge(site, block, 'campus'),
  allotments: planAllotments,
  park: (site, block) => planOpen(site, block, 'park'),
  riverside: (site, block) => planOpen(site, block, 'riverside'),
  fields: (site, block) => planOpen(site, block, 'fields'),
  forest: (site, block) => planOpen(site, block, 'forest'),
};
