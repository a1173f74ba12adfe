/** What a planner of quarters writes into: plots in the order of their numbers, streets and buildings. */

import { boxAlong, inBox, type TurnedBox, turnedBox, type Xy } from '../geo/plane.ts';
import type { BuildingDesign } from './building-design.ts';
import type { Model } from './large-buildings.ts';
import { frontsOf } from './lots.ts';
import { areApart, type Frame, fits, frameAlong, frameAt, inFrame, rectangle } from './placing.ts';
import type { Random } from './random.ts';
import type { Beyond, Plot, Street, Subdivision } from './subdivision.ts';

export type PlotRole =
  | 'lot'
  | 'empty'
  | 'street'
  | 'green'
  | 'court'
  | 'civic'
  | 'garden'
  | 'field'
  | 'square';

export interface PlannedPlot {
  readonly plot: Plot;
  readonly role: PlotRole;
  /** Land use and soil classes, the largest first. */
  readonly landUse: string;
  readonly buildings: readonly BuildingDesign[];
}

export interface Site {
  readonly sub: Subdivision;
  readonly random: Random;
  /** Area of the whole quarter. */
  readonly areaM2: number;
  /** The direction that large buildings of the quarter follow. */
  readonly grain: Xy;
  readonly plots: PlannedPlot[];
  readonly streets: Street[];
}

/** A plot as builders see it: its ring with all corners, and what lies beyond each side. */
export interface Ground {
  readonly ring: readonly Xy[];
  readonly beyond: readonly Beyond[];
}

export function groundOf(site: Site, plot: Plot): Ground {
  const settled = site.sub.settled(plot);
  return { ring: site.sub.ring(settled), beyond: settled.beyond };
}

export function addPlot(
  site: Site,
  plot: Plot,
  role: PlotRole,
  landUse: string,
  buildings: readonly BuildingDesign[] = [],
): void {
  site.plots.push({ plot, role, landUse, buildings });
}

/** One model towards the main street of a ground, as near to it as it fits. */
export function placeFacing(
  ground: Ground,
  model: Model,
  setbackM: number,
  clearM: number,
): BuildingDesign | undefined {
  const front = frontsOf(ground.ring, ground.beyond)[0];
  const frames: Frame[] = [];
  if (front) frames.push(frameAlong(front.path[0] as Xy, front.path[front.path.length - 1] as Xy));
  const box = turnedBox(ground.ring);
  frames.push(frameAt(inBox(box, box.lengthM / 2, 0), box.u));
  for (const frame of frames) {
    for (const deeper of [0, 5, 10, 18, 28, 40]) {
      for (const aside of [0, 8, -8, 16, -16, 28, -28]) {
        const origin = inFrame(frame, aside, setbackM + deeper + model.depthM / 2);
        const place = frameAt(origin, frame.x);
        if (fits(ground.ring, outlineOf(place, model), clearM)) return model.at(place);
      }
    }
  }
  return undefined;
}

const outlineOf = (frame: Frame, { widthM, depthM }: Model): Xy[] =>
  rectangle(frame, -widthM / 2, -depthM / 2, widthM, depthM);

export interface FillRules {
  readonly clearM: number;
  readonly gapM: number;
  readonly rowGapM: number;
  readonly max: number;
  /** Models tried at each place. */
  readonly attempts?: number;
}

/** Models in rows along a direction, as many as fit. */
export function fillInRows(
  ground: Ground,
  direction: Xy,
  next: () => Model,
  rules: FillRules,
): BuildingDesign[] {
  const box = orientedBox(ground.ring, direction);
  const placed: { ring: Xy[]; design: BuildingDesign }[] = [];
  for (let y = rules.clearM; y < box.widthM && placed.length < rules.max; ) {
    let rowDepth = 0;
    for (let x = rules.clearM; x < box.lengthM && placed.length < rules.max; ) {
      let step = 7;
      for (let attempt = 0; attempt < (rules.attempts ?? 1); attempt++) {
        const model = next();
        const frame = frameAt(inBox(box, x + model.widthM / 2, y + model.depthM / 2), box.u);
        const ring = outlineOf(frame, model);
        if (!fits(ground.ring, ring, rules.clearM)) continue;
        if (!placed.every((other) => areApart(other.ring, ring, rules.gapM))) continue;
        placed.push({ ring, design: model.at(frame) });
        rowDepth = Math.max(rowDepth, model.depthM);
        step = model.widthM + rules.gapM;
        break;
      }
      x += step;
    }
    y += rowDepth > 0 ? rowDepth + rules.rowGapM : 6;
  }
  return placed.map(({ design }) => design);
}

/** The box along a direction, `u` being that direction even where it is the shorter side. */
function orientedBox(ring: readonly Xy[], direction: Xy): TurnedBox {
  const box = boxAlong(ring, direction);
  if (box.u === direction) return box;
  return {
    origin: inBox(box, 0, box.widthM),
    u: direction,
    v: box.u,
    lengthM: box.widthM,
    widthM: box.lengthM,
  };
}
