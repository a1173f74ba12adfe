/** Noise maps of a run of traffic for print: of both states, and what changes between them. */
import type { AreaRings } from '../../../core/analysis/noise/noise-bands.ts';
import { areasAt } from '../../../core/analysis/noise/noise-bands.ts';
import { bandAreas, CHANGE_INKS, changeAreas, limitsOn } from '../../../core/analysis/noise/noise-colours.ts';
import type { NoisePaperMaps } from '../../../core/documents/traffic-noise-blocks.ts';
import { TRAFFIC_WORDS } from '../../../core/documents/traffic-words.ts';
import { numberWords } from '../../../core/documents/value-words.ts';
import type { Language } from '../../../core/feature/layer.ts';
import type { Bbox } from '../../../core/geo/bbox.ts';
import type { TrafficResult } from '../../../core/wire/traffic.ts';
import type { NoiseMap } from '../../../core/wire/traffic-noise.ts';
import { drawPaperMap, type OverShapes, paperFrame } from '../../../tiles/picture/paper-map.ts';
import type { View } from '../../access/view.ts';
import type { Services } from '../../services.ts';
import { changedBox, groundLayers, type MapOptions } from './report-map.ts';

const FADE = 0.75;
const HEIGHT_MM = 105;
const AROUND = 1.15;
const NEXT = 5;
/** Buildings stand on the colours, as on strategic noise maps. */
const ABOVE: ReadonlySet<string> = new Set(['buildings']);
const LIMIT_INKS = ['#1f262d', '#1659a8'] as const;

type Words = keyof typeof TRAFFIC_WORDS;

/** @returns undefined of a run without a noise map */
export async function drawNoiseMaps(
  services: Pick<Services, 'catalogue' | 'maps' | 'pictures'>,
  view: View,
  result: TrafficResult,
  { srid, language, lawDate }: MapOptions & { readonly lawDate: string },
  signal: AbortSignal,
): Promise<NoisePaperMaps | undefined> {
  const { map } = result.noise;
  if (!map) return undefined;
  const layers = await groundLayers(services.catalogue, view);
  const at = paperFrame(boxOf(map, result, srid), { heightMm: HEIGHT_MM, around: AROUND });
  const above = layers.filter(({ name }) => ABOVE.has(name));
  const drawn = (over: readonly OverShapes[]) =>
    drawPaperMap(
      { maps: services.maps(view), pictures: services.pictures },
      { at, layers, over, above, fade: FADE, language },
      signal,
    );
  const { ldwnBeforeDb, ldwnAfterDb } = map;
  return {
    before: await drawn(levelShapes(map, ldwnBeforeDb, lawDate, language)),
    after: ldwnAfterDb ? await drawn(levelShapes(map, ldwnAfterDb, lawDate, language)) : undefined,
    change: ldwnAfterDb ? await drawn(changeShapes(map, ldwnAfterDb, language)) : undefined,
  };
}

/** What changes, where the map tells it; of a city that does not change, the whole map. */
function boxOf({ origin, stepM, columns, rows }: NoiseMap, result: TrafficResult, srid: number): Bbox {
  const [minX, minY] = origin;
  const whole = { minX, minY, maxX: minX + columns * stepM, maxY: minY + rows * stepM, srid };
  const changed = changedBox(result, srid);
  if (!changed) return whole;
  const within = {
    minX: Math.max(whole.minX, changed.minX),
    minY: Math.max(whole.minY, changed.minY),
    maxX: Math.min(whole.maxX, changed.maxX),
    maxY: Math.min(whole.maxY, changed.maxY),
    srid,
  };
  return within.minX < within.maxX && within.minY < within.maxY ? within : whole;
}

function levelShapes(
  map: NoiseMap,
  levels: NoiseMap['ldwnBeforeDb'],
  lawDate: string,
  language: Language,
): readonly OverShapes[] {
  const bands = bandAreas(map, levels);
  const lines = limitsOn(lawDate).map(({ db, provision }, k): OverShapes => {
    const word = provision === 'HAL-2' ? 'limitHouses' : 'limitFlats';
    return {
      label: `${db} dB: ${TRAFFIC_WORDS[word][language]}`,
      geometries: areasAt(map, levels, db).flatMap(outlines),
      style: { stroke: LIMIT_INKS[k] ?? LIMIT_INKS[0], strokeWidthPx: 2, strokeDash: [8, 4] },
    };
  });
  return [
    ...bands.map(({ band: { fromDb, ink }, areas }, k): OverShapes => {
      const isLoudest = k === bands.length - 1;
      return {
        label: isLoudest ? `≥ ${fromDb} dB` : `${fromDb}–${fromDb + NEXT} dB`,
        geometries: areas.map(polygon),
        style: areaStyle(ink),
      };
    }),
    ...lines,
  ];
}

const CHANGE_WORDS = {
  louder: 'moreThan',
  clearlyLouder: 'clearlyLouder',
  quieter: 'lessThan',
  clearlyQuieter: 'clearlyQuieter',
} as const satisfies Record<keyof typeof CHANGE_INKS, Words>;

const changeShapes = (
  map: NoiseMap,
  after: NonNullable<NoiseMap['ldwnAfterDb']>,
  language: Language,
): readonly OverShapes[] =>
  changeAreas(map, map.ldwnBeforeDb, after, map.boundDb).map(({ change, byDb, areas }) => ({
    label: `${TRAFFIC_WORDS[CHANGE_WORDS[change]][language]} ${numberWords(byDb, language)} dB`,
    geometries: areas.map(polygon),
    style: areaStyle(CHANGE_INKS[change]),
  }));

const areaStyle = (ink: string): OverShapes['style'] => ({
  ...{ stroke: ink, strokeWidthPx: 0 },
  ...{ fill: ink, fillOpacity: 1 },
});

const polygon = (coordinates: AreaRings) => ({ type: 'Polygon' as const, coordinates });

const outlines = (rings: AreaRings) =>
  rings.map((coordinates) => ({ type: 'LineString' as const, coordinates }));
