/** GetFeatureInfo (WMS 1.3.0, 7.4; 1.1.1, 7.3). */
import type { Feature } from '../../../core/feature/feature.ts';
import type { FeatureSource } from '../../../core/feature/source.ts';
import { reproject } from '../../../core/geo/crs.ts';
import { styleFrame } from '../../../tiles/picture/frame.ts';
import { hitsAt, reachOf } from '../../../tiles/picture/hits.ts';
import { PixelMap, shownBox } from '../../../tiles/picture/pixel-map.ts';
import { isInScale } from '../../../tiles/picture/plan-layer.ts';
import { type Kvp, parseWhole } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { type AskedLayer, filterOf } from './asked-layer.ts';
import { WmsError } from './exceptions.ts';
import { type LayerInfo, writeInfo } from './feature-info.ts';
import { infoFormatOf } from './info-formats.ts';
import { wishedLanguage } from './language.ts';
import { type MapRequest, namedLayers, parseMapRequest } from './map-request.ts';
import { stateOfMap, warningHeader } from './time.ts';
import type { WmsServices } from './wms-services.ts';

const MOST_FEATURES = 1000;
/** Objects looked at around the pixel, among which the nearest are found. */
const MOST_CANDIDATES = 2000;

export async function getFeatureInfo(services: WmsServices, kvp: Kvp, ask: Ask): Promise<Reply> {
  const known = await services.catalogue.layers(ask.view);
  const request = parseMapRequest(kvp, known);
  const asked = namedLayers(kvp, 'query_layers', known);
  const format = infoFormatOf(kvp.get('info_format') ?? 'text/plain');
  const language = wishedLanguage(kvp, ask);
  const count = parseWhole(kvp.get('feature_count') ?? '1', 'feature_count', 1, MOST_FEATURES);
  const pixel = pixelAsked(kvp, request);
  const state = await stateOfMap(services, kvp, asked.flat(), ask.view);
  const source = services.featuresFor(state.view);
  const found: LayerInfo[] = [];
  for (const layer of asked.flat()) {
    const filter = filterOf(request.layers.filter((each) => each.layer.name === layer.name));
    if (layer.cascaded?.shows === 'pictures') {
      found.push(await services.cascade.pointed(layer, { ...pixel, frame: request.frame, count }));
      continue;
    }
    const features = await featuresAt(source, { layer, filter }, request, pixel, ask.signal);
    found.push({ layer, features: features.slice(0, count) });
  }
  const headers = warningHeader([...state.warnings, ...request.warnings]);
  return writeInfo(found, request.crs, format, language, ask, headers);
}

interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** The middle of the pixel: I and J of 1.3.0, X and Y of 1.1.1. */
function pixelAsked(kvp: Kvp, { version, frame }: MapRequest): Pixel {
  const [column, row] = version === '1.3.0' ? (['i', 'j'] as const) : (['x', 'y'] as const);
  const read = (parameter: string, side: number) => {
    const text = kvp.require(parameter);
    try {
      return parseWhole(text, parameter, 0, side - 1) + 0.5;
    } catch {
      const range = `must be a whole number from 0 to ${side - 1}, got "${text.slice(0, 100)}"`;
      throw new WmsError('InvalidPoint', `${parameter} ${range}`, parameter);
    }
  };
  return { x: read(column, frame.widthPx), y: read(row, frame.heightPx) };
}

async function featuresAt(
  source: FeatureSource,
  { layer, filter }: AskedLayer,
  { frame: asked, crs }: MapRequest,
  pixel: Pixel,
  signal: AbortSignal,
): Promise<readonly Feature[]> {
  const frame = styleFrame(asked);
  const { pixelRatio = 1 } = asked;
  const [x, y] = [pixel.x / pixelRatio, pixel.y / pixelRatio];
  const area = shownBox(frame, layer.srid);
  // What is not drawn at this scale cannot be pointed at.
  if (!area || !isInScale(frame, layer)) return [];
  const map = new PixelMap(frame, area);
  const reach = reachOf(layer, map.metresPerPixel);
  const { bbox, widthPx, heightPx } = frame;
  const perX = (bbox.maxX - bbox.minX) / widthPx;
  const perY = (bbox.maxY - bbox.minY) / heightPx;
  const around = {
    minX: bbox.minX + (x - reach) * perX,
    maxX: bbox.minX + (x + reach) * perX,
    minY: bbox.maxY - (y + reach) * perY,
    maxY: bbox.maxY - (y - reach) * perY,
    srid: bbox.srid,
  };
  const candidates: Feature[] = [];
  const query = {
    layer: layer.name,
    bbox: around,
    limit: MOST_CANDIDATES,
    ...(filter ? { filter } : {}),
  };
  for await (const feature of source.query(query, signal)) candidates.push(feature);
  return hitsAt(candidates, layer, map, x, y).map((feature) => ({
    ...feature,
    geometry: feature.geometry && reproject(feature.geometry, layer.srid, crs.srid),
  }));
}
