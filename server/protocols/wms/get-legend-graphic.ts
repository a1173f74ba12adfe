/** GetLegendGraphic (SLD profile of WMS, 05-078r4, 12; 1.1.1, annex of SLD 1.0). */
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import type { SldLayer } from '../../../core/style/read-sld.ts';
import { CLEAR, type Colour } from '../../../tiles/picture/colour.ts';
import { encode } from '../../../tiles/picture/encode.ts';
import { type Frame, nominalScale } from '../../../tiles/picture/frame.ts';
import { drawLegend, type LegendGround } from '../../../tiles/picture/legend.ts';
import { planLayer } from '../../../tiles/picture/plan-layer.ts';
import { Raster } from '../../../tiles/picture/raster.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { DecodedLegend } from '../../services/cascade.ts';
import { imageFormatOf } from './image-formats.ts';
import { wishedLanguage } from './language.ts';
import { checkStyle, namedLayers, parseGround, parseLegendFrame } from './map-request.ts';
import { drawingsInView, drawOwnLegend } from './own-legend.ts';
import { ownDrawings, ownStyles } from './own-style.ts';
import { pixelRatioAsked } from './resolution.ts';
import { stateOfMap } from './time.ts';
import { requireVersion } from './versions.ts';
import type { WmsServices } from './wms-services.ts';

/**
 * The size follows from the classes and their words. With BBOX and a CRS the legend has the classes that such a map
 * shows, of SRCWIDTH and SRCHEIGHT pixels or else WIDTH and HEIGHT (as QGIS Server and GeoServer are asked). With
 * SLD_BODY it has the rules of that document.
 */
export async function getLegendGraphic(services: WmsServices, kvp: Kvp, ask: Ask): Promise<Reply> {
  requireVersion(kvp);
  const known = await services.catalogue.layers(ask.view);
  const [[layer] = []] = namedLayers(kvp, 'layer', known);
  const own = ownStyles(kvp);
  if (!own) checkStyle(kvp.get('style') ?? '', 'style');
  const format = imageFormatOf(kvp.get('format') ?? 'image/png');
  const language = wishedLanguage(kvp, ask);
  const ground = parseGround(kvp);
  const isOpaque = !ground.isTransparent || format === 'image/jpeg';
  if (!layer) throw new Error('a list of names has a first one');
  const background = isOpaque ? ground.background : CLEAR;
  const theirs = layer.cascaded?.shows === 'pictures' ? await services.cascade.legend(layer) : undefined;
  const look = { background, pixelRatio: pixelRatioAsked(kvp), language };
  const raster = theirs
    ? laidOn(theirs, background)
    : await ourLegend(services, { layer, own, known }, look, kvp, ask);
  return {
    status: 200,
    headers: { 'content-type': format, 'content-language': language, vary: 'Accept-Language' },
    body: encode(raster, format, isOpaque),
  };
}

/** The legend of somebody else on our ground. */
function laidOn({ pixels, widthPx, heightPx }: DecodedLegend, background: Colour): Raster {
  const raster = new Raster(widthPx, heightPx, background);
  raster.lay(pixels);
  return raster;
}

interface LegendAsked {
  readonly layer: Layer;
  /** Styles that came with the request. */
  readonly own: readonly SldLayer[] | undefined;
  readonly known: readonly Layer[];
}

async function ourLegend(
  services: WmsServices,
  { layer, own, known }: LegendAsked,
  { language, ...ground }: Required<LegendGround> & { readonly language: Language },
  kvp: Kvp,
  ask: Ask,
): Promise<Raster> {
  const frame = kvp.get('bbox') === undefined ? undefined : parseLegendFrame(kvp);
  const inView = frame && (await classesInView(services, layer, frame, kvp, ask));
  const style = kvp.get('style') ?? '';
  const scale = frame && nominalScale(frame);
  const drawings = own && ownDrawings(layer, own, { style, parameter: 'style', scale }, known);
  if (!drawings) return drawLegend(layer, language, { ...ground, shown: await inView?.(layer) });
  const shown = inView
    ? await drawingsInView(drawings, layer, async (...each) => (await inView(...each)).size > 0)
    : drawings;
  return drawOwnLegend(shown, layer, layer.title[language], ground);
}

/** Asks which classes a map of a layer, with a style and objects as given, draws in the frame; none where it draws nothing. */
async function classesInView(
  services: WmsServices,
  layer: Layer,
  frame: Frame,
  kvp: Kvp,
  { view: asked, signal }: Ask,
): Promise<(styled: Layer, filter?: Filter) => Promise<ReadonlySet<number>>> {
  const { view } = await stateOfMap(services, kvp, [layer], asked);
  const maps = services.maps(view);
  return async (styled, filter) => {
    const plan = planLayer(frame, styled, filter);
    const classes = plan ? await maps.shapes({ ...plan, withLabels: false }, signal) : [];
    return new Set(classes.flatMap(({ entry, wkb }) => (wkb.length > 0 ? [entry] : [])));
  };
}
