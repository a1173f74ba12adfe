/** The map of a run of traffic for print: what changes on the streets, or how loaded they are. */
import type { PaperMap } from '../../../core/documents/paper-map.ts';
import { TRAFFIC_WORDS } from '../../../core/documents/traffic-words.ts';
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { Bbox } from '../../../core/geo/bbox.ts';
import type { TrafficResult } from '../../../core/wire/traffic.ts';
import type { TrafficLink } from '../../../core/wire/traffic-link.ts';
import { drawPaperMap, type OverShapes, paperFrame } from '../../../tiles/picture/paper-map.ts';
import type { View } from '../../access/view.ts';
import type { Services } from '../../services.ts';

/** Under the flows, so that one finds one's way; faded, so that the flows are seen. */
const GROUND: ReadonlySet<string> = new Set(['land_cover', 'water', 'green_areas', 'buildings', 'roads']);
const FADE = 0.6;
const HEIGHT_MM = 92;
const AROUND = 1.08;
/** Streets with less are none on paper. */
const LEAST_VEH_PER_H = 10;
/** The widest line, pixels; widths go in these steps. */
const [MOST_PX, STEPS] = [14, 5] as const;
/** A change of at least this part of the largest is in the box that is shown. */
const SHOWN_PART = 0.1;

export interface MapOptions {
  readonly srid: number;
  readonly language: Language;
}

/** @returns undefined of a city without streets */
export async function drawTrafficMap(
  { catalogue, maps, pictures }: Pick<Services, 'catalogue' | 'maps' | 'pictures'>,
  view: View,
  result: TrafficResult,
  { srid, language }: MapOptions,
  signal: AbortSignal,
): Promise<PaperMap | undefined> {
  const box = changedBox(result, srid) ?? boxAround(result.links, srid);
  if (!box) return undefined;
  const layers = await groundLayers(catalogue, view);
  const over = result.after ? changesOf(result, language) : loadsOf(result, language);
  return await drawPaperMap(
    { maps: maps(view), pictures },
    { at: paperFrame(box, { heightMm: HEIGHT_MM, around: AROUND }), layers, over, fade: FADE, language },
    signal,
  );
}

/** What one finds one's way by, the lowest first. */
export const groundLayers = async (catalogue: Services['catalogue'], view: View): Promise<readonly Layer[]> =>
  (await catalogue.layers(view))
    .filter(({ dataset, name }) => dataset === 'city' && GROUND.has(name))
    .toSorted((a, b) => a.drawOrder - b.drawOrder);

/** Around what changes much; undefined of a city that does not change. */
export function changedBox({ links, after }: TrafficResult, srid: number): Bbox | undefined {
  if (!after) return undefined;
  const much = links.reduce((most, link) => Math.max(most, changeOf(link)), 0) * SHOWN_PART;
  const isMuch = (link: TrafficLink) => link.state === 'closed' || (changeOf(link) > much && much > 0);
  return boxAround(links.filter(isMuch), srid);
}

function boxAround(links: readonly TrafficLink[], srid: number): Bbox | undefined {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity, srid };
  for (const { path } of links) {
    for (const [e, n] of path) {
      [box.minX, box.maxX] = [Math.min(box.minX, e), Math.max(box.maxX, e)];
      [box.minY, box.maxY] = [Math.min(box.minY, n), Math.max(box.maxY, n)];
    }
  }
  return Number.isFinite(box.minX) ? box : undefined;
}

/** Vehicles an hour by which it changes beyond the noise of the solution; a new street changes by all that it has. */
const changeOf = ({ state, after, difference }: TrafficLink): number =>
  state === 'added'
    ? (after?.flowVehPerH ?? 0)
    : difference?.isBeyondNoise
      ? Math.abs(difference.flowVehPerH)
      : 0;

function changesOf({ links }: TrafficResult, language: Language): readonly OverShapes[] {
  const say = (word: keyof typeof TRAFFIC_WORDS) => TRAFFIC_WORDS[word][language];
  const real = links.filter((link) => link.state !== 'closed' && changeOf(link) >= LEAST_VEH_PER_H);
  const most = mostOf(real, changeOf);
  const isMore = (link: TrafficLink) => link.state === 'added' || (link.difference?.flowVehPerH ?? 0) > 0;
  return [
    ...inWidths(
      real.filter((link) => !isMore(link)),
      changeOf,
      most,
      say('mapLess'),
      '#14618c',
    ),
    ...inWidths(real.filter(isMore), changeOf, most, say('mapMore'), '#b5451b'),
    {
      label: say('mapClosed'),
      geometries: links.filter(({ state }) => state === 'closed').map(lineOf),
      style: { stroke: '#1f262d', strokeWidthPx: 5, strokeDash: [10, 8] },
    },
  ];
}

/** Below a share of the capacity. */
const LOADS = [
  [0.5, 'mapLoad50', '#3d7f6a'],
  [0.8, 'mapLoad80', '#b08a1e'],
  [1, 'mapLoad100', '#c4601a'],
  [Number.POSITIVE_INFINITY, 'mapLoadOver', '#8c1d2f'],
] as const;

function loadsOf({ links }: TrafficResult, language: Language): readonly OverShapes[] {
  const flow = ({ before }: TrafficLink) => before?.flowVehPerH ?? 0;
  const driven = links.filter((link) => flow(link) >= LEAST_VEH_PER_H);
  return LOADS.flatMap(([below, word, ink], at) => {
    const from = LOADS[at - 1]?.[0] ?? 0;
    const own = driven.filter(({ before }) => (before?.vOverC ?? 0) >= from && (before?.vOverC ?? 0) < below);
    return inWidths(own, flow, mostOf(driven, flow), TRAFFIC_WORDS[word][language], ink);
  });
}

const mostOf = (links: readonly TrafficLink[], of: (link: TrafficLink) => number): number =>
  links.reduce((largest, link) => Math.max(largest, of(link)), 1);

/**
 * Links by width, the thin ones first; the legend tells the most of them.
 * @param most of all links of the map: that one is the widest
 */
function inWidths(
  links: readonly TrafficLink[],
  of: (link: TrafficLink) => number,
  most: number,
  label: string,
  stroke: string,
): readonly OverShapes[] {
  const steps = Array.from({ length: STEPS }, (_, at) => at + 1).flatMap((step) => {
    const own = links.filter((link) => Math.max(1, Math.ceil((of(link) / most) * STEPS)) === step);
    return own.length === 0 ? [] : [{ step, own }];
  });
  return steps.map(({ step, own }, at) => ({
    ...(at === steps.length - 1 && { label: `${label} ${Math.round(mostOf(links, of))}` }),
    geometries: own.map(lineOf),
    style: { stroke, strokeWidthPx: (MOST_PX * step) / STEPS },
  }));
}

const lineOf = ({ path }: TrafficLink) => ({ type: 'LineString' as const, coordinates: path });
