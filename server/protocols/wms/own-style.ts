/** Maps in a style that comes with the request: SLD_BODY (SLD profile of WMS, 05-078r4, 6.3). */
import { notSupported, tooLarge } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { allOf } from '../../../core/filter/ast.ts';
import { crsOf, crsUrn } from '../../../core/geo/crs.ts';
import { MOST_RULES, readSld, type SldLayer, sldDrawings } from '../../../core/style/read-sld.ts';
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
  const styles = own.find(({ name }) => name === layer.name)?.styles ?? [];
  const chosen = style === '' ? styles[0] : styles.find(({ name }) => name === style);
  if (!chosen && style !== '' && style !== 'default') {
    throw new WmsError(
      'StyleNotDefined',
      `There is no style "${style.slice(0, 100)}" of ${layer.name} in SLD_BODY`,
      'styles',
    );
  }
  if (!chosen?.rules) return serverStyle(asked, chosen?.name);
  const order = crsOf(layer.srid).authorityOrder;
  const context = {
    layer,
    layerNames: known.map(({ name }) => name),
    defaultCrs: { srid: layer.srid, order, text: crsUrn(layer.srid) },
  };
  const scale = nominalScale(frame);
  const drawings = sldDrawings(chosen.rules, layer, context).filter(
    ({ minScaleDenominator: least = 0, maxScaleDenominator: most = Number.POSITIVE_INFINITY }) =>
      scale >= least && scale < most,
  );
  if (drawings.length > MOST_RULES) {
    throw tooLarge(
      `SLD_BODY has ${drawings.length} symbolizers at this scale; at most ${MOST_RULES} are drawn`,
      'sld_body',
    );
  }
  return drawings.map((drawing) => ({
    layer: { ...layer, style: drawing.style },
    filter: allOf(asked.filter, drawing.filter),
  }));
}

function serverStyle(asked: AskedLayer, name = 'default'): readonly AskedLayer[] {
  if (name === 'default') return [asked];
  throw new WmsError(
    'StyleNotDefined',
    `There is no style "${name.slice(0, 100)}"; every layer has "default"`,
    'sld_body',
  );
}
