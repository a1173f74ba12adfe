/** How each kind of quarter is laid out and built. Sizes in metres; counts and areas are judged on the picture. */
import type { LotPattern } from './lots.ts';
import type { RowStyle } from './row-buildings.ts';
import type { QuarterKind } from './skeleton.ts';
import type { StreetPattern } from './street-layout.ts';

export interface Recipe {
  readonly streets: StreetPattern;
  readonly lots: LotPattern;
}

const pattern = (
  blockDepthM: number,
  blockLengthM: number,
  halfWidthM: number,
  partAreaM2: number,
  bendM: number,
  stagger: number,
): StreetPattern => ({
  blockDepthM,
  blockLengthM,
  halfWidthM,
  partAreaM2,
  bendM,
  stagger,
  minBlockM2: (blockDepthM * blockLengthM) / 5,
});

const lots = (
  low: number,
  high: number,
  depthM: number,
  minAreaM2: number,
  endLots: boolean,
): LotPattern => ({ frontageM: [low, high], depthM, minAreaM2, endLots });

export const RECIPES: Readonly<Record<Exclude<QuarterKind, 'market-square'>, Recipe>> = {
  'old-town': { streets: pattern(62, 95, 3.6, 14_000, 5, 1), lots: lots(8.5, 13, 25, 75, true) },
  tenements: { streets: pattern(86, 140, 7, 90_000, 5, 0), lots: lots(15, 22, 36, 200, true) },
  'inner-blocks': { streets: pattern(92, 120, 6.5, 90_000, 6, 0.3), lots: lots(28, 44, 42, 500, true) },
  villas: { streets: pattern(84, 190, 6, 90_000, 18, 1), lots: lots(23, 32, 39, 500, true) },
  houses: { streets: pattern(64, 170, 5, 52_000, 15, 1), lots: lots(19, 28, 29, 330, false) },
  'older-houses': { streets: pattern(68, 205, 5, 95_000, 6, 0.5), lots: lots(16.5, 22, 31, 300, true) },
  terraces: { streets: pattern(54, 125, 4.5, 60_000, 8, 0.6), lots: lots(6.6, 8, 24, 110, false) },
  'slab-estate': { streets: pattern(118, 210, 5, 110_000, 16, 0.8), lots: lots(62, 105, 118, 2000, false) },
  'new-estate': { streets: pattern(86, 115, 5, 70_000, 8, 0.5), lots: lots(44, 66, 80, 1200, false) },
  industry: { streets: pattern(150, 240, 7, 160_000, 3, 0.4), lots: lots(55, 110, 80, 1500, false) },
  retail: { streets: pattern(170, 240, 7, 170_000, 3, 0.4), lots: lots(80, 150, 170, 3000, false) },
  allotments: { streets: pattern(130, 220, 2.5, 90_000, 4, 0.5), lots: lots(200, 300, 130, 4000, false) },
  park: { streets: pattern(200, 260, 2.5, 90_000, 25, 1), lots: lots(300, 500, 250, 5000, false) },
  riverside: { streets: pattern(260, 240, 2.5, 400_000, 12, 0), lots: lots(150, 300, 250, 2000, false) },
  campus: { streets: pattern(110, 150, 6, 120_000, 4, 0.3), lots: lots(90, 140, 110, 3000, false) },
  village: { streets: pattern(130, 330, 5, 150_000, 16, 1), lots: lots(20, 34, 62, 500, false) },
  fields: { streets: pattern(330, 420, 3.5, 260_000, 10, 1), lots: lots(9, 36, 330, 900, false) },
  forest: { streets: pattern(260, 280, 2.5, 300_000, 0, 0), lots: lots(200, 320, 300, 4000, false) },
};

export const ROW_STYLES: Readonly<Record<'old-town' | 'tenements' | 'inner-blocks' | 'terraces', RowStyle>> =
  {
    'old-town': {
      setbackM: 0,
      depthM: [11, 13.5],
      storeys: [2, 4],
      storeyM: 3.1,
      slope: 0.95,
      mansard: 0.08,
      flat: 0,
      wing: 0.35,
      kind: 'm',
      pkob: '1122',
    },
    tenements: {
      setbackM: 0,
      depthM: [12.5, 14.5],
      storeys: [4, 5],
      storeyM: 3.5,
      slope: 0.5,
      mansard: 0.22,
      flat: 0.06,
      wing: 0.62,
      kind: 'm',
      pkob: '1122',
    },
    'inner-blocks': {
      setbackM: 0,
      depthM: [13, 17],
      storeys: [5, 7],
      storeyM: 3.3,
      slope: 0.4,
      mansard: 0.05,
      flat: 0.8,
      wing: 0.2,
      kind: 'b',
      pkob: '1220',
    },
    terraces: {
      setbackM: 4.5,
      depthM: [9.6, 10.8],
      storeys: [2, 2],
      storeyM: 2.9,
      slope: 0.75,
      mansard: 0,
      flat: 0.1,
      wing: 0,
      kind: 'm',
      pkob: '1110',
    },
  };
