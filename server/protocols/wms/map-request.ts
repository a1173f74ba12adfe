/** The parameters of GetMap, which GetFeatureInfo repeats (WMS 1.3.0, 7.3.3; 1.1.1, 7.2.3). */
import { invalidParameter, tooLarge } from '../../../core/errors.ts';
import type { Layer, LayerGroup } from '../../../core/feature/layer.ts';
import { allOf } from '../../../core/filter/ast.ts';
import { parseBbox } from '../../../core/geo/bbox.ts';
import { type AxisOrder, type CrsReference, crsOf, parseCrs, SERVED_CRS } from '../../../core/geo/crs.ts';
import type { SldLayer } from '../../../core/style/read-sld.ts';
import { type Colour, WHITE } from '../../../tiles/picture/colour.ts';
import type { Frame } from '../../../tiles/picture/frame.ts';
import { type Kvp, parseWhole } from '../../http/kvp.ts';
import type { AskedLayer } from './asked-layer.ts';
import { dimensionsAsked } from './dimensions.ts';
import { WmsError } from './exceptions.ts';
import { layerFilters } from './layer-filters.ts';
import { ownStyles, styledLayers } from './own-style.ts';
import { pixelRatioAsked } from './resolution.ts';
import { requireVersion, type Version } from './versions.ts';

/** Told in the capabilities of 1.3.0. */
export const MAX_SIDE_PX = 4096;
export const LAYER_LIMIT = 64;
export const STYLE_NAME = 'default';

export interface MapRequest {
  readonly version: Version;
  readonly frame: Frame;
  readonly crs: CrsReference;
  /** Each once or more, from the lowest to the topmost. */
  readonly layers: readonly AskedLayer[];
  /** What is to be said of values of dimensions. */
  readonly warnings: readonly string[];
}

/** @throws TwinError or WmsError naming the parameter */
export function parseMapRequest(kvp: Kvp, known: readonly Layer[]): MapRequest {
  const version = requireVersion(kvp);
  const own = ownStyles(kvp);
  const named =
    own && kvp.get('layers') === undefined ? layersOf(own, known) : namedLayers(kvp, 'layers', known);
  const styles = stylesAsked(kvp, named.length);
  if (!own) for (const style of styles) checkStyle(style, 'styles');
  const filters = layerFilters(kvp, named.length, known);
  const crs = crsAsked(kvp, version);
  const frame = parseFrame(kvp, crs);
  const warnings = new Set<string>();
  const layers = named.flatMap((group, index) =>
    group.flatMap((layer): readonly AskedLayer[] => {
      const dimensions = dimensionsAsked(kvp, layer);
      for (const warning of dimensions.warnings) warnings.add(warning);
      const asked = { layer, filter: allOf(filters[index]?.(layer), dimensions.filter) };
      return own ? styledLayers(asked, own, styles[index] ?? '', frame, known) : [asked];
    }),
  );
  if (layers.length > LAYER_LIMIT) {
    throw tooLarge(
      `The map draws ${layers.length} times; at most ${LAYER_LIMIT} layers and rules are drawn at once`,
      'sld_body',
    );
  }
  return { version, frame, crs, layers, warnings: [...warnings] };
}

/** For each of a list of names its layer, or those of its group from the lowest to the topmost. */
export function namedLayers(
  kvp: Kvp,
  parameter: string,
  known: readonly Layer[],
): readonly (readonly Layer[])[] {
  const names = kvp
    .require(parameter)
    .split(',')
    .map((name) => name.trim());
  if (names.length > LAYER_LIMIT) {
    throw tooLarge(
      `${parameter} names ${names.length} layers; at most ${LAYER_LIMIT} are drawn at once`,
      parameter,
    );
  }
  return names.map((name) => layersNamed(name, parameter, known));
}

function layersNamed(name: string, parameter: string, known: readonly Layer[]): readonly Layer[] {
  const layer = known.find((each) => each.name === name);
  if (layer) return [layer];
  const group = known.filter((each) => groupName(each.group) === name);
  if (group.length > 0) return group.toSorted((a, b) => a.drawOrder - b.drawOrder);
  throw new WmsError(
    'LayerNotDefined',
    `There is no layer "${name.slice(0, 100)}"; GetCapabilities lists them`,
    parameter,
  );
}

/** What all layers of a group are asked by at once; no layer is called so. */
export const groupName = ({ name, mapName }: LayerGroup): string => mapName ?? `group-${name}`;

/** Those of a document of styles, in its order. */
const layersOf = (own: readonly SldLayer[], known: readonly Layer[]): readonly (readonly Layer[])[] =>
  own.map(({ name }) => layersNamed(name, 'sld_body', known));

/** Every layer has one style, `default`, which is also meant by an empty name. */
function stylesAsked(kvp: Kvp, layers: number): readonly string[] {
  const styles = (kvp.get('styles') ?? '').split(',').map((style) => style.trim());
  if (styles.length > layers && styles.some((style) => style !== '')) {
    throw invalidParameter('styles', `styles names ${styles.length} styles for ${layers} layers`);
  }
  return styles;
}

/** @throws WmsError StyleNotDefined */
export function checkStyle(style: string, parameter: string): void {
  if (style === '' || style === STYLE_NAME) return;
  throw new WmsError(
    'StyleNotDefined',
    `There is no style "${style.slice(0, 100)}"; every layer has the style "${STYLE_NAME}"`,
    parameter,
  );
}

function crsAsked(kvp: Kvp, version: Version): CrsReference {
  const parameter = version === '1.3.0' ? 'crs' : 'srs';
  const text = kvp.require(parameter);
  const reference = knownCrs(text, parameter);
  // 1.3.0 follows the authority also under the bare name; 1.1.1 is easting first throughout (DECISIONS, axes).
  const isAuthority = version === '1.3.0' && /^EPSG:/i.test(reference.text);
  const order: AxisOrder = isAuthority ? crsOf(reference.srid).authorityOrder : reference.order;
  return { ...reference, order: version === '1.1.1' ? 'easting-northing' : order };
}

function knownCrs(text: string, parameter: string): CrsReference {
  const offered = `CRS:84, ${SERVED_CRS.map(({ srid }) => `EPSG:${srid}`).join(', ')}`;
  const refusal = () =>
    new WmsError('InvalidCRS', `CRS "${text.slice(0, 100)}" is not offered; use ${offered}`, parameter);
  let reference: CrsReference;
  try {
    reference = parseCrs(text, parameter);
  } catch {
    throw refusal();
  }
  if (!crsOf(reference.srid).served) throw refusal();
  return reference;
}

/** The map that a legend belongs to. @throws TwinError or WmsError naming the parameter */
export function parseLegendFrame(kvp: Kvp): Frame {
  const isApart = kvp.get('srcwidth') !== undefined;
  return parseFrame(kvp, crsAsked(kvp, requireVersion(kvp)), isApart ? 'src' : '');
}

/** @param before what stands before the names of the sides */
function parseFrame(kvp: Kvp, crs: CrsReference, before: '' | 'src' = ''): Frame {
  const widthPx = sideOf(kvp, `${before}width`);
  const heightPx = sideOf(kvp, `${before}height`);
  const bbox = parseBbox(kvp.require('bbox'), crs.srid, crs.order);
  const [width, height] = [bbox.maxX - bbox.minX, bbox.maxY - bbox.minY];
  if (!(width > 0 && height > 0)) {
    throw invalidParameter('bbox', 'bbox has no area; its lower corner must be below its upper corner');
  }
  if (!Number.isFinite(width) || !Number.isFinite(height))
    throw invalidParameter('bbox', 'bbox is too large');
  return { bbox, widthPx, heightPx, pixelRatio: pixelRatioAsked(kvp) };
}

function sideOf(kvp: Kvp, parameter: string): number {
  const text = kvp.require(parameter);
  if (/^\d+$/.test(text.trim()) && Number(text) > MAX_SIDE_PX) {
    throw tooLarge(
      `${parameter}=${text.slice(0, 20)} is more than the limit of ${MAX_SIDE_PX} pixels; ask for several pictures`,
      parameter,
    );
  }
  return parseWhole(text, parameter, 1, MAX_SIDE_PX);
}

/** How the ground of a picture is asked for. */
export interface Ground {
  readonly background: Colour;
  readonly isTransparent: boolean;
}

/** @throws TwinError invalid-parameter */
export function parseGround(kvp: Kvp): Ground {
  return { background: backgroundOf(kvp.get('bgcolor')), isTransparent: flagOf(kvp, 'transparent') };
}

function backgroundOf(text: string | undefined): Colour {
  if (text === undefined) return WHITE;
  const digits = /^(?:0x|#)([0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (digits === undefined) {
    throw invalidParameter('bgcolor', `bgcolor must look like 0xFFFFFF, got "${text.slice(0, 20)}"`);
  }
  const value = Number.parseInt(digits, 16);
  return { r: value >> 16, g: (value >> 8) & 255, b: value & 255, a: 1 };
}

function flagOf(kvp: Kvp, parameter: string): boolean {
  const text = kvp.get(parameter)?.trim().toUpperCase() ?? 'FALSE';
  if (text !== 'TRUE' && text !== 'FALSE') {
    throw invalidParameter(parameter, `${parameter} must be TRUE or FALSE, got "${text.slice(0, 20)}"`);
  }
  return text === 'TRUE';
}
