/** GetLegendGraphic (SLD profile of WMS, 05-078r4, 12; 1.1.1, annex of SLD 1.0). */
import { CLEAR } from '../../../tiles/picture/colour.ts';
import { encode } from '../../../tiles/picture/encode.ts';
import { drawLegend } from '../../../tiles/picture/legend.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { imageFormatOf } from './image-formats.ts';
import { wishedLanguage } from './language.ts';
import { checkStyle, namedLayers, parseGround } from './map-request.ts';
import { pixelRatioAsked } from './resolution.ts';
import { requireVersion } from './versions.ts';

/** The size follows from the classes and their words; WIDTH and HEIGHT of a single symbol are not asked for here. */
export async function getLegendGraphic(services: Services, kvp: Kvp, ask: Ask): Promise<Reply> {
  requireVersion(kvp);
  const [[layer] = []] = namedLayers(kvp, 'layer', await services.catalogue.layers(ask.view));
  checkStyle(kvp.get('style') ?? '', 'style');
  const format = imageFormatOf(kvp.get('format') ?? 'image/png');
  const language = wishedLanguage(kvp, ask);
  const ground = parseGround(kvp);
  const isOpaque = !ground.isTransparent || format === 'image/jpeg';
  if (!layer) throw new Error('a list of names has a first one');
  const raster = drawLegend(layer, language, isOpaque ? ground.background : CLEAR, pixelRatioAsked(kvp));
  return {
    status: 200,
    headers: { 'content-type': format, 'content-language': language, vary: 'Accept-Language' },
    body: encode(raster, format, isOpaque),
  };
}
