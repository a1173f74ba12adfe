/** Large buildings: slabs and towers of panel estates, new blocks, halls, schools, churches, a town hall. */
import type { BuildingPart } from '../building/building-part.ts';
import { flatRoof, gabledRoof, hippedRoof, mansardRoof, planeOver } from '../building/roofs.ts';
import type { Xy } from '../geo/plane.ts';
import type { BuildingDesign, BuildingKind } from './building-design.ts';
import { ellParts } from './houses.ts';
import { type Frame, inFrame, rectangle } from './placing.ts';
import type { Random } from './random.ts';

/** A design in a frame whose origin is the middle of its ground. */
export interface Model {
  readonly widthM: number;
  readonly depthM: number;
  readonly at: (frame: Frame) => BuildingDesign;
}

/** A panel slab of staircase sections, some of them stepped back. */
export function slabModel(storeysAbove: number, sections: number, random: Random): Model {
  const [sectionM, thickM] = [random.between(17, 21), random.between(11, 12.4)];
  const step = random.chance(0.5) ? random.between(1.2, 2.4) : 0;
  const lengthM = sections * sectionM;
  const offsets = Array.from({ length: sections }, (_, i) => (i % 2 === 1 ? step : 0));
  return {
    widthM: lengthM,
    depthM: thickM + step,
    at: (frame) => {
      const [x0, y0] = [-lengthM / 2, -(thickM + step) / 2];
      const low = offsets.flatMap((offset, i) =>
        [0, 1].map((end) => inFrame(frame, x0 + (i + end) * sectionM, y0 + offset)),
      );
      const high = offsets.flatMap((offset, i) =>
        [0, 1].map((end) => inFrame(frame, x0 + (i + end) * sectionM, y0 + offset + thickM)),
      );
      const ring = withoutRepeats([...low, ...high.toReversed()]);
      return {
        ...block('m', '1122', storeysAbove, 1),
        parts: [{ ring, planes: flatRoof(storeysAbove * 2.8 + 1.3) }],
      };
    },
  };
}

function withoutRepeats(ring: readonly Xy[]): Xy[] {
  return ring.filter((p, i) => {
    const q = ring[(i + ring.length - 1) % ring.length] as Xy;
    return Math.hypot(p[0] - q[0], p[1] - q[1]) > 0.05;
  });
}

const block = (kind: BuildingKind, pkob: string, storeysAbove: number, storeysBelow: number) =>
  ({ kind, pkob, roofType: 'flat', storeysAbove, storeysBelow }) as const;

/** Any flat-roofed body: towers, shops, kindergartens, offices, transformer houses. */
export function boxModel(
  kind: BuildingKind,
  pkob: string,
  size: readonly [widthM: number, depthM: number],
  storeysAbove: number,
  storeyM = 3.1,
): Model {
  const [widthM, depthM] = size;
  return {
    widthM,
    depthM,
    at: (frame) => ({
      ...block(kind, pkob, storeysAbove, storeysAbove > 3 ? 1 : 0),
      parts: [
        {
          ring: rectangle(frame, -widthM / 2, -depthM / 2, widthM, depthM),
          planes: flatRoof(storeysAbove * storeyM + 0.7),
        },
      ],
    }),
  };
}

/** A new apartment house on an L or U, its court open to the back. */
export function courtModel(widthM: number, depthM: number, storeysAbove: number, arms: 1 | 2): Model {
  const thick = 13;
  return {
    widthM,
    depthM,
    at: (frame) => {
      const p = (x: number, y: number) => inFrame(frame, x - widthM / 2, y - depthM / 2);
      const left = [p(thick, thick), p(thick, depthM), p(0, depthM)];
      const right = [p(widthM, depthM), p(widthM - thick, depthM), p(widthM - thick, thick)];
      const ring = [p(0, 0), p(widthM, 0), ...(arms === 2 ? right : [p(widthM, thick)]), ...left];
      return {
        ...block('m', '1122', storeysAbove, 1),
        parts: [{ ring, planes: flatRoof(storeysAbove * 3.1 + 0.9) }],
      };
    },
  };
}

/** A hall with an office front of another height. */
export function hallModel(
  kind: 'p' | 's' | 'h',
  widthM: number,
  depthM: number,
  heightM: number,
  random: Random,
): Model {
  const pkob = kind === 'h' ? '1230' : kind === 's' ? '1252' : '1251';
  const officeM = kind === 'h' ? 0 : random.between(8, 12);
  const pitched = random.chance(0.45);
  return {
    widthM,
    depthM,
    at: (frame) => {
      const hall = rectangle(frame, -widthM / 2, -depthM / 2 + officeM, widthM, depthM - officeM);
      const across = widthM < depthM - officeM ? [1, 3] : [0, 2];
      const parts: BuildingPart[] = [
        { ring: hall, planes: pitched ? gabledRoof(hall, across, heightM, 0.08) : flatRoof(heightM) },
      ];
      if (officeM > 0) {
        const office = rectangle(frame, -widthM / 2, -depthM / 2, widthM * 0.45, officeM);
        parts.push({ ring: office, planes: flatRoof(heightM > 9 ? heightM - 2 : heightM - 1) });
      }
      return {
        kind,
        pkob,
        roofType: pitched ? 'gabled' : 'flat',
        storeysAbove: 1,
        storeysBelow: 0,
        parts,
      };
    },
  };
}

/** A school: two wings on an L and a sports hall at the end of one. */
export function schoolModel(random: Random): Model {
  const storeysAbove = random.integer(2, 3);
  const [widthM, depthM, thick] = [random.between(52, 64), random.between(38, 46), 13];
  return {
    widthM: widthM + 22,
    depthM,
    at: (frame) => {
      const x0 = -(widthM + 22) / 2;
      const y0 = -depthM / 2;
      const p = (x: number, y: number) => inFrame(frame, x0 + x, y0 + y);
      const main = [p(0, 0), p(widthM, 0), p(widthM, thick), p(thick, thick), p(thick, depthM), p(0, depthM)];
      const gym = [p(widthM, -2), p(widthM + 22, -2), p(widthM + 22, 26), p(widthM, 26)];
      return {
        kind: 'k',
        pkob: '1263',
        roofType: 'flat',
        storeysAbove,
        storeysBelow: 1,
        parts: [
          { ring: main, planes: flatRoof(storeysAbove * 3.4 + 0.8) },
          { ring: gym, planes: flatRoof(storeysAbove === 2 ? 8.8 : 8.2) },
        ],
      };
    },
  };
}

/** A church: tower with a spire, gabled nave, many-sided apse. */
export function churchModel(random: Random, scale = 1): Model {
  const [wide, long, tower] = [random.between(17, 22) * scale, random.between(34, 44) * scale, 8.4 * scale];
  const eavesM = random.between(10, 12.5);
  const slope = 1.15;
  const apse = wide * 0.58;
  return {
    widthM: wide + 2,
    depthM: tower + long + apse / 2 + 2,
    at: (frame) => {
      const y0 = -(tower + long + apse / 2) / 2;
      const p = (x: number, y: number) => inFrame(frame, x, y0 + y);
      const nave = [
        p(-wide / 2, tower),
        p(wide / 2, tower),
        p(wide / 2, tower + long),
        p(-wide / 2, tower + long),
      ];
      const spire = [p(-tower / 2, 0), p(tower / 2, 0), p(tower / 2, tower), p(-tower / 2, tower)];
      const back = tower + long;
      const choir = [
        p(apse / 2, back),
        p(apse / 2, back + apse * 0.2),
        p(apse * 0.25, back + apse / 2),
        p(-apse * 0.25, back + apse / 2),
        p(-apse / 2, back + apse * 0.2),
        p(-apse / 2, back),
      ];
      const sides = [0, 1, 2, 3, 4];
      const shaft = eavesM + (wide / 2) * slope + 3;
      return {
        kind: 'i',
        pkob: '1272',
        roofType: 'combined',
        storeysAbove: 1,
        storeysBelow: 0,
        parts: [
          { ring: nave, planes: gabledRoof(nave, [1, 3], eavesM, slope) },
          { ring: spire, planes: hippedRoof(spire, shaft, 3.2) },
          {
            ring: choir,
            planes: sides.map((i) => planeOver(choir[i] as Xy, choir[i + 1] as Xy, eavesM - 1.5, 0.9)),
          },
        ],
      };
    },
  };
}

/** A town hall: a hipped body and a tower in front. */
export function townHallModel(): Model {
  const [wide, deep, tower] = [33, 19, 9];
  return {
    widthM: wide + 2,
    depthM: deep + tower + 2,
    at: (frame) => {
      const y0 = -(deep + tower) / 2;
      const p = (x: number, y: number) => inFrame(frame, x, y0 + y);
      const body = [
        p(-wide / 2, tower),
        p(wide / 2, tower),
        p(wide / 2, tower + deep),
        p(-wide / 2, tower + deep),
      ];
      const shaft = [p(-tower / 2, 0), p(tower / 2, 0), p(tower / 2, tower), p(-tower / 2, tower)];
      return {
        kind: 'b',
        pkob: '1220',
        roofType: 'combined',
        storeysAbove: 3,
        storeysBelow: 1,
        parts: [
          { ring: body, planes: mansardRoof(body, [0, 1, 2, 3], 12.5, 2.6) },
          { ring: shaft, planes: hippedRoof(shaft, 41, 3) },
        ],
      };
    },
  };
}

/** A large house on an L under tiled roofs: presbytery, old school, farmhouse. */
export function wingedModel(kind: BuildingKind, pkob: string, storeysAbove: number): Model {
  const [widthM, depthM, wing] = [24, 18, 9];
  return {
    widthM,
    depthM,
    at: (frame) => ({
      kind,
      pkob,
      roofType: 'combined',
      storeysAbove,
      storeysBelow: 1,
      parts: ellParts(
        inFrame(frame, -widthM / 2, -depthM / 2),
        frame.x,
        frame.y,
        widthM,
        depthM,
        wing,
        storeysAbove * 3.2,
        0.8,
        true,
      ),
    }),
  };
}
