/** GetLegendGraphic (SLD profile of WMS, 05-078r4, 12; 1.1.1, annex of SLD 1.0). */
import type { Layer } from '../../../core/feature/layer.ts';
import { CLEAR, type Colour } from '../../../tiles/picture/colour.ts';
import { encode } from '../../../tiles/picture/encode.ts';
import { drawLegend } from '../../../tiles/picture/legend.ts';
import { planLayer } from '../../../tiles/picture/plan-layer.ts';
import { Raster } from '../../../tiles/picture/raster.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { DecodedLegend } from '../../services/cascade.ts';
import { imageFormatOf } from './image-formats.ts';
import { wishedLanguage } from './language.ts';
import { checkStyle, namedLayers, parseGround, parseLegendFrame } from './map-request.ts';
import { pixelRatioAsked } from './resolution.ts';
import { stateOfMap } from './time.ts';
import { requireVersion } from './versions.ts';
import type { WmsServices } from './wms-services.ts';

/**
 * The size follows from the classes and their words. With BBOX and a CRS the legend has the classes that such a map
 * shows, of SRCWIDTH and SRCHEIGHT pixels or else WIDTH and HEIGHT (as QGIS Server and GeoServer are asked).
 */
export async function getLegendGraphic(services: WmsServices, kvp: Kvp, ask: Ask): Promise<Reply> {
  requireVersion(kvp);
  const [[layer] = []] = namedLayers(kvp, 'layer', await services.catalogue.layers(ask.view));
  checkStyle(kvp.get('style') ?? '', 'style');
  const format = imageFormatOf(kvp.get('format') ?? 'image/png');
  const language = wishedLanguage(kvp, ask);
  const ground = parseGround(kvp);
  const isOpaque = !ground.isTransparent || format === 'image/jpeg';
  if (!layer) throw new Error('a list of names has a first one');
  const background = isOpaque ? ground.background : CLEAR;
  const theirs = layer.cascaded?.shows === 'pictures' ? await services.cascade.legend(layer) : undefined;
  const raster = theirs
    ? laidOn(theirs, background)
    : drawLegend(layer, language, {
        background,
        pixelRatio: pixelRatioAsked(kvp),
        shown: kvp.get('bbox') === undefined ? undefined : await classesInView(services, layer, kvp, ask),
      });
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

/** Of what a map of the layer draws there; nothing where the map draws nothing. */
async function classesInView(
  services: WmsServices,
  layer: Layer,
  kvp: Kvp,
  { view: asked, signal }: Ask,
): Promise<ReadonlySet<number>> {
  const plan = planLayer(parseLegendFrame(kvp), layer);
  const { view } = await stateOfMap(services, kvp, [layer], asked);
  const classes = plan ? await services.maps(view).shapes({ ...plan, withLabels: false }, signal) : [];
  return new Set(classes.flatMap(({ entry, wkb }) => (wkb.length > 0 ? [entry] : [])));
}
