/** GetLegendGraphic (SLD profile of WMS, 05-078r4, 12; 1.1.1, annex of SLD 1.0). */
import { invalidParameter, notSupported } from '../../../core/errors.ts';
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import type { SldDrawing, SldLayer } from '../../../core/style/read-sld.ts';
import { CLEAR, type Colour } from '../../../tiles/picture/colour.ts';
import { encode, type ImageFormat } from '../../../tiles/picture/encode.ts';
import { type Frame, nominalScale } from '../../../tiles/picture/frame.ts';
import { drawLegend, drawLegendTitle, type LegendGround, stacked } from '../../../tiles/picture/legend.ts';
import { isDrawnAt, planLayer } from '../../../tiles/picture/plan-layer.ts';
import { Raster } from '../../../tiles/picture/raster.ts';
import { jsonReply } from '../../http/json.ts';
import type { Kvp } from '../../http/kvp.ts';
import { href } from '../../http/links.ts';
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
 * SLD_BODY it has the rules of that document. RULE asks for one of them, SCALE for those drawn at that scale. A group
 * has the legends of its layers from the topmost, each under its title.
 */
export async function getLegendGraphic(services: WmsServices, kvp: Kvp, ask: Ask): Promise<Reply> {
  requireVersion(kvp);
  const known = await services.catalogue.layers(ask.view);
  const [lowestFirst = []] = namedLayers(kvp, 'layer', known);
  const own = ownStyles(kvp);
  if (!own) checkStyle(kvp.get('style') ?? '', 'style');
  const format = legendFormatOf(kvp.get('format') ?? 'image/png');
  const language = wishedLanguage(kvp, ask);
  const ground = parseGround(kvp);
  const headers = { 'content-language': language, vary: 'Accept-Language' };
  const layers = lowestFirst.toReversed();
  if (layers.length > 1) checkNoRule(kvp, layers);
  const legends: readonly LayerLegend[] = await Promise.all(
    layers.map((layer) =>
      !format && layers.length > 1 && layer.cascaded?.shows === 'pictures'
        ? { of: layer, at: pictureAddress(layer, language, ask) }
        : legendOf(services, { layer, own, known }, { kvp, ask, format }),
    ),
  );
  // Of several, those that show nothing of the map in view would be titles over nothing.
  const listed = legends.length > 1 ? legends.filter((legend) => !isEmpty(legend, language)) : legends;
  if (!format) return jsonReply(documentOf(listed, language), headers);
  const look = { background: groundOf(ground, format), pixelRatio: pixelRatioAsked(kvp) };
  const [single] = listed;
  const raster =
    legends.length === 1 && single
      ? drawn(single, language, look)
      : stacked(
          listed.flatMap((legend) => titled(legend, language, look)),
          look.background,
        );
  return pictureReply(raster, ground, format, headers);
}

/** The legend of one layer, its own or that of its source. */
type LayerLegend =
  | { readonly of: Layer; readonly theirs: DecodedLegend }
  /** As a picture at this address. */
  | { readonly of: Layer; readonly at: string }
  | { readonly of: Layer; readonly ours: Legend };

async function legendOf(
  services: WmsServices,
  asked: LegendAsked,
  { kvp, ask, format }: { readonly kvp: Kvp; readonly ask: Ask; readonly format: ImageFormat | undefined },
): Promise<LayerLegend> {
  const { layer } = asked;
  if (layer.cascaded?.shows === 'pictures') {
    const theirs = await legendOfOthers(services, layer, format, kvp);
    if (theirs) return { of: layer, theirs };
  }
  return { of: layer, ours: await ourLegend(services, asked, kvp, ask) };
}

/** @throws TwinError invalid-parameter: names of rules are those of one layer */
function checkNoRule(kvp: Kvp, layers: readonly Layer[]): void {
  if (kvp.get('rule') === undefined) return;
  const names = layers.map(({ name }) => name).join(', ');
  throw invalidParameter('rule', `RULE is of one layer, and LAYER names a group; ask for one of ${names}`);
}

/** Where the legend of one layer is a picture. */
const pictureAddress = ({ name }: Layer, language: Language, { publicUrl }: Ask): string =>
  href(publicUrl, '/wms', {
    ...{ service: 'WMS', version: '1.3.0', request: 'GetLegendGraphic', sld_version: '1.1.0' },
    ...{ layer: name, format: 'image/png', language },
  });

const isEmpty = (legend: LayerLegend, language: Language): boolean =>
  'ours' in legend && rulesOf(legend.ours, legend.of, language).length === 0;

function drawn(legend: LayerLegend, language: Language, look: Required<LegendGround>): Raster {
  if ('theirs' in legend) return laidOn(legend.theirs, look.background);
  if ('at' in legend) throw new Error('a picture is not asked for as data');
  const { ours, of } = legend;
  return ours.drawings
    ? drawOwnLegend(ours.drawings, of, of.title[language], look)
    : drawLegend(ours.layer, language, { ...look, ...ours });
}

/** Under the title of its layer, unless its one row says the title. */
function titled(legend: LayerLegend, language: Language, look: Required<LegendGround>): readonly Raster[] {
  const title = legend.of.title[language];
  const picture = drawn(legend, language, look);
  const rules = 'ours' in legend ? rulesOf(legend.ours, legend.of, language) : [];
  const saysTitle = rules.length > 0 && rules.every((rule) => rule.title === title);
  return saysTitle ? [picture] : [drawLegendTitle(title, look), picture];
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

const rulesOf = ({ drawings, ...legend }: Legend, layer: Layer, language: Language) =>
  drawings ? drawnRules(drawings, layer, language) : classRules(legend.layer, language, legend);

const documentOf = (legends: readonly LayerLegend[], language: Language) =>
  legendDocument(
    legends.flatMap((legend) =>
      'ours' in legend
        ? [{ layer: legend.of, rules: rulesOf(legend.ours, legend.of, language) }]
        : 'at' in legend
          ? [{ layer: legend.of, rules: [], legendUrl: legend.at }]
          : [],
    ),
    language,
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
