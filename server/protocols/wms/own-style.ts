/** Maps in a style that comes with the request: SLD_BODY (SLD profile of WMS, 05-078r4, 6.3). */
import { notSupported, tooLarge } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { allOf } from '../../../core/filter/ast.ts';
import { crsOf, crsUrn } from '../../../core/geo/crs.ts';
import {
  MOST_RULES,
  readSld,
  type SldDrawing,
  type SldLayer,
  sldDrawings,
} from '../../../core/style/read-sld.ts';
import { type Frame, nominalScale } from '../../../tiles/picture/frame.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { AskedLayer } from './asked-layer.ts';
import { WmsError } from './exceptions.ts';

/** The layers of SLD_BODY by name; undefined where the request has none. */
export function ownStyles(kvp: Kvp): readonly SldLayer[] | undefined {
  if (kvp.get('sld') !== undefined) {
    throw notSupported(
      'Styles are not fetched from other addresses; send the document itself as SLD_BODY',
      'sld',
    );
  }
  const body = kvp.get('sld_body');
  return body === undefined ? undefined : readSld(body);
}

/**
 * A layer as it is drawn in its own style: once for each symbolizer.
 * @param style as STYLES names it; empty: the first of the document
 * @throws WmsError StyleNotDefined
 */
export function styledLayers(
  asked: AskedLayer,
  own: readonly SldLayer[],
  style: string,
  frame: Frame,
  known: readonly Layer[],
): readonly AskedLayer[] {
  const { layer } = asked;
  const drawings = ownDrawings(layer, own, { style, parameter: 'styles', scale: nominalScale(frame) }, known);
  if (!drawings) return [asked];
  return drawings.map((drawing) => ({
    layer: { ...layer, style: drawing.style },
    filter: allOf(asked.filter, drawing.filter),
  }));
}

interface StyleAsked {
  /** Empty: the first of the document. */
  readonly style: string;
  /** What names the style. */
  readonly parameter: 'style' | 'styles';
  /** Denominator at which it is drawn; undefined: at any. */
  readonly scale: number | undefined;
}

/**
 * What a document draws of a layer, from the lowest; undefined: the style that the layer has.
 * @throws WmsError StyleNotDefined, TwinError as `sldDrawings` and too-large
 */
export function ownDrawings(
  layer: Layer,
  own: readonly SldLayer[],
  { style, parameter, scale }: StyleAsked,
  known: readonly Layer[],
): readonly SldDrawing[] | undefined {
  const styles = own.find(({ name }) => name === layer.name)?.styles ?? [];
  const chosen = style === '' ? styles[0] : styles.find(({ name }) => name === style);
  if (!chosen && style !== '' && style !== 'default') {
    throw new WmsError(
      'StyleNotDefined',
      `There is no style "${style.slice(0, 100)}" of ${layer.name} in SLD_BODY`,
      parameter,
    );
  }
  if (!chosen?.rules) return serverStyle(chosen?.name);
  const order = crsOf(layer.srid).authorityOrder;
  const context = {
    layer,
    layerNames: known.map(({ name }) => name),
    defaultCrs: { srid: layer.srid, order, text: crsUrn(layer.srid) },
  };
  const drawings = sldDrawings(chosen.rules, layer, context).filter(
    ({ minScaleDenominator: least = 0, maxScaleDenominator: most = Number.POSITIVE_INFINITY }) =>
      scale === undefined || (scale >= least && scale < most),
  );
  if (drawings.length > MOST_RULES) {
    const where = scale === undefined ? '' : ' at this scale';
    throw tooLarge(
      `SLD_BODY has ${drawings.length} symbolizers${where}; at most ${MOST_RULES} are drawn`,
      'sld_body',
    );
  }
  return drawings;
}

function serverStyle(name = 'default'): undefined {
  if (name === 'default') return undefined;
  throw new WmsError(
    'StyleNotDefined',
    `There is no style "${name.slice(0, 100)}"; every layer has "default"`,
    'sld_body',
  );
}
