/** GetLegendGraphic (SLD profile of WMS, 05-078r4, 12; 1.1.1, annex of SLD 1.0). */
import { notSupported } from '../../../core/errors.ts';
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import type { SldDrawing, SldLayer } from '../../../core/style/read-sld.ts';
import { CLEAR, type Colour } from '../../../tiles/picture/colour.ts';
import { encode, type ImageFormat } from '../../../tiles/picture/encode.ts';
import { type Frame, nominalScale } from '../../../tiles/picture/frame.ts';
import { drawLegend } from '../../../tiles/picture/legend.ts';
import { isDrawnAt, planLayer } from '../../../tiles/picture/plan-layer.ts';
import { Raster } from '../../../tiles/picture/raster.ts';
import { jsonReply } from '../../http/json.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { DecodedLegend } from '../../services/cascade.ts';
import { legendFormatOf } from './image-formats.ts';
import { wishedLanguage } from './language.ts';
import { classRules, drawnRules, legendDocument } from './legend-document.ts';
import { drawingsOfRule, type LegendClasses, legendClasses, scaleAsked } from './legend-rules.ts';
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
 * SLD_BODY it has the rules of that document. RULE asks for one of them, SCALE for those drawn at that scale.
 */
export async function getLegendGraphic(services: WmsServices, kvp: Kvp, ask: Ask): Promise<Reply> {
  requireVersion(kvp);
  const known = await services.catalogue.layers(ask.view);
  const [[layer] = []] = namedLayers(kvp, 'layer', known);
  const own = ownStyles(kvp);
  if (!own) checkStyle(kvp.get('style') ?? '', 'style');
  const format = legendFormatOf(kvp.get('format') ?? 'image/png');
  const language = wishedLanguage(kvp, ask);
  const ground = parseGround(kvp);
  if (!layer) throw new Error('a list of names has a first one');
  const headers = { 'content-language': language, vary: 'Accept-Language' };
  if (layer.cascaded?.shows === 'pictures') {
    const theirs = await legendOfOthers(services, layer, format, kvp);
    if (theirs && format)
      return pictureReply(laidOn(theirs, groundOf(ground, format)), ground, format, headers);
  }
  const legend = await ourLegend(services, { layer, own, known }, kvp, ask);
  if (!format) return jsonReply(documentOf(legend, layer, language), headers);
  const look = { background: groundOf(ground, format), pixelRatio: pixelRatioAsked(kvp) };
  const raster = legend.drawings
    ? drawOwnLegend(legend.drawings, layer, layer.title[language], look)
    : drawLegend(legend.layer, language, { ...look, ...legend });
  return pictureReply(raster, ground, format, headers);
}

type Ground = ReturnType<typeof parseGround>;

const isOpaqueIn = ({ isTransparent }: Ground, format: ImageFormat): boolean =>
  !isTransparent || format === 'image/jpeg';

const groundOf = (ground: Ground, format: ImageFormat): Colour =>
  isOpaqueIn(ground, format) ? ground.background : CLEAR;

const pictureReply = (
  raster: Raster,
  ground: Ground,
  format: ImageFormat,
  headers: Readonly<Record<string, string>>,
): Reply => ({
  status: 200,
  headers: { 'content-type': format, ...headers },
  body: encode(raster, format, isOpaqueIn(ground, format)),
});

/**
 * The legend of somebody else; undefined where the source has none.
 * @throws TwinError not-supported for parts of it: it is one picture
 */
async function legendOfOthers(
  services: WmsServices,
  layer: Layer,
  format: ImageFormat | undefined,
  kvp: Kvp,
): Promise<DecodedLegend | undefined> {
  const isPart = kvp.get('rule') !== undefined;
  if (!format || isPart) {
    throw notSupported(
      `The legend of ${layer.name} is one picture of an outside service: ask for it as image/png without RULE`,
      isPart ? 'rule' : 'format',
    );
  }
  return services.cascade.legend(layer);
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

/** What a legend shows, whatever form it comes in. */
interface Legend extends LegendClasses {
  /** Of the style that came with the request. */
  readonly drawings?: readonly SldDrawing[];
  /** Denominator that it is meant for. */
  readonly scale: number | undefined;
}

async function ourLegend(
  services: WmsServices,
  { layer, own, known }: LegendAsked,
  kvp: Kvp,
  ask: Ask,
): Promise<Legend> {
  const frame = kvp.get('bbox') === undefined ? undefined : parseLegendFrame(kvp);
  const scale = scaleAsked(kvp);
  const inView = frame && (await classesInView(services, layer, frame, kvp, ask));
  const style = kvp.get('style') ?? '';
  const drawnAt = scale ?? (frame && nominalScale(frame));
  const rule = kvp.get('rule');
  const drawings = own && ownDrawings(layer, own, { style, parameter: 'style', scale: drawnAt }, known);
  const isOut = scale !== undefined && !isDrawnAt(scale, layer);
  if (!drawings) {
    const classes = legendClasses(layer, rule, await inView?.(layer));
    return { ...classes, ...(isOut && { shown: new Set<number>() }), scale };
  }
  const asked = isOut ? [] : drawingsOfRule(drawings, layer, rule);
  const shown = inView
    ? await drawingsInView(asked, layer, async (...each) => (await inView(...each)).size > 0)
    : asked;
  return { layer, shown: undefined, scale, drawings: shown };
}

const documentOf = ({ drawings, ...legend }: Legend, layer: Layer, language: Language) =>
  legendDocument(
    layer,
    language,
    drawings ? drawnRules(drawings, layer, language) : classRules(legend.layer, language, legend),
  );

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
