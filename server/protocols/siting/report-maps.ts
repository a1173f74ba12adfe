/** Maps of new sites for print: how far everybody walks without and with them. */
import { WALK_CLASSES, walkClassOf } from '../../../core/analysis/siting/walk-classes.ts';
import type { PaperMap } from '../../../core/documents/paper-map.ts';
import { SITING_WORDS } from '../../../core/documents/siting-words.ts';
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import type { SitingPreviewReply } from '../../../core/wire/siting-answer.ts';
import { drawPaperMap, type OverShapes, paperFrame } from '../../../tiles/picture/paper-map.ts';
import type { View } from '../../access/view.ts';
import type { Services } from '../../services.ts';

/** Under the squares, so that one finds one's way; faded, so that the squares are seen. */
const GROUND: ReadonlySet<string> = new Set(['land_cover', 'water', 'green_areas', 'roads', 'districts']);
const FADE = 0.55;
/** Two of them stand on a page. */
const HEIGHT_MM = 95;
const AROUND = 1.04;
/** Cells in which the population is published. */
const CELL_M = 250;
const GAIN_INK = { stroke: '#06301f', strokeWidthPx: 3 } as const;
const STANDING_INK = {
  ...{ stroke: '#ffffff', strokeWidthPx: 2, fill: '#1f262d', fillOpacity: 1 },
  marker: { shape: 'square', sizePx: 12 },
} as const;
const CLOSED_INK = {
  ...{ stroke: '#c0182a', strokeWidthPx: 4 },
  marker: { shape: 'cross', sizePx: 16 },
} as const;
const NEW_INK = {
  ...{ stroke: '#1f262d', strokeWidthPx: 2.5, fill: '#ffd23f', fillOpacity: 1 },
  marker: { shape: 'diamond', sizePx: 24 },
} as const;

export interface SitingMaps {
  readonly before: PaperMap;
  readonly after: PaperMap;
}

interface At {
  readonly e: number;
  readonly n: number;
}

/** @returns undefined where nobody is told one by one */
export async function drawSitingMaps(
  { catalogue, maps, pictures }: Pick<Services, 'catalogue' | 'maps' | 'pictures'>,
  view: View,
  told: SitingPreviewReply,
  { srid, language }: { readonly srid: number; readonly language: Language },
  signal: AbortSignal,
): Promise<SitingMaps | undefined> {
  if (told.points.length === 0) return undefined;
  const layers = (await catalogue.layers(view))
    .filter(({ dataset, name }: Layer) => dataset === 'city' && GROUND.has(name))
    .toSorted((a, b) => a.drawOrder - b.drawOrder);
  const places: readonly At[] = [...told.points, ...told.sites.map(({ place }) => place)];
  const [es, ns] = [places.map(({ e }) => e), places.map(({ n }) => n)];
  const half = CELL_M / 2;
  const box = {
    ...{ minX: least(es) - half, minY: least(ns) - half, srid },
    ...{ maxX: -least(es.map((e) => -e)) + half, maxY: -least(ns.map((n) => -n)) + half },
  };
  const at = paperFrame(box, { heightMm: HEIGHT_MM, around: AROUND });
  const draw = (over: readonly OverShapes[]) =>
    drawPaperMap({ maps: maps(view), pictures }, { at, layers, over, fade: FADE, language }, signal);
  return {
    before: await draw(shapesOf(told, 'walkBefore', language)),
    after: await draw(shapesOf(told, 'walkAfter', language)),
  };
}

/** Of any number of values; spread arguments would end at some ten thousand. */
const least = (values: readonly number[]): number =>
  values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY);

function shapesOf(
  { points, sites, closed, existing: { standing } }: SitingPreviewReply,
  walk: 'walkBefore' | 'walkAfter',
  language: Language,
): readonly OverShapes[] {
  const say = (word: keyof typeof SITING_WORDS) => SITING_WORDS[word][language];
  const isAfter = walk === 'walkAfter';
  const squares = WALK_CLASSES.map(({ fromMin, belowMin, ink }, index): OverShapes => {
    const range = Number.isFinite(belowMin) ? `${fromMin}–${belowMin}` : `> ${fromMin}`;
    return {
      label: `${say('walkOf')} ${range} min`,
      geometries: points.filter((point) => walkClassOf(point[walk]) === index).map(squareAt),
      style: { stroke: ink.light, strokeWidthPx: 0.5, fill: ink.light, fillOpacity: 0.55 },
    };
  });
  const nearer = points.filter(({ walkBefore, walkAfter }) => (walkAfter ?? 1e9) < (walkBefore ?? 1e9));
  const [shut, open] = [
    standing.filter(({ id }) => isAfter && closed.includes(id)),
    standing.filter(({ id }) => !isAfter || !closed.includes(id)),
  ];
  return [
    ...squares.toReversed(),
    ...(isAfter ? [{ label: say('walkShorter'), geometries: nearer.map(squareAt), style: GAIN_INK }] : []),
    { label: say('standing'), geometries: open.map(pointAt), style: STANDING_INK },
    { label: say('closed'), geometries: shut.map(pointAt), style: CLOSED_INK },
    ...(isAfter
      ? [
          {
            label: say('sites'),
            geometries: sites.map(({ place }) => pointAt(place)),
            names: sites.map((_, index) => String(index + 1)),
            style: NEW_INK,
          },
        ]
      : []),
  ];
}

const pointAt = ({ e, n }: At): Geometry => ({ type: 'Point', coordinates: [e, n] });

function squareAt({ e, n }: At): Geometry {
  const half = CELL_M / 2;
  const [west, east, south, north] = [e - half, e + half, n - half, n + half];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  return { type: 'Polygon', coordinates: [ring] };
}
