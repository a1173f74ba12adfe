/** GetMap (WMS 1.3.0, 7.3; 1.1.1, 7.2). */

import type { CancelSignal } from '../../../core/cancel.ts';
import { notSupported } from '../../../core/errors.ts';
import { isPictures } from '../../../core/feature/layer.ts';
import type { Turns } from '../../../core/turns.ts';
import { CLEAR } from '../../../tiles/picture/colour.ts';
import { type MapFormat, PDF_FORMAT, SVG_FORMAT } from '../../../tiles/picture/encode.ts';
import { pictureVersion } from '../../../tiles/picture/picture-version.ts';
import { planLayer } from '../../../tiles/picture/plan-layer.ts';
import { readLayers } from '../../../tiles/picture/read-layers.ts';
import { matchesEtag } from '../../http/etag.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { AskedLayer } from './asked-layer.ts';
import { mapFormatOf } from './image-formats.ts';
import { wishedLanguage } from './language.ts';
import { mapPdf } from './map-pdf.ts';
import { parseGround, parseMapRequest } from './map-request.ts';
import { stateOfMap, warningHeader } from './time.ts';
import type { WmsServices } from './wms-services.ts';

type PixelFormat = Exclude<MapFormat, typeof PDF_FORMAT>;

/** Pixels in work at the same time; each takes about 16 bytes. */
export const PIXELS_AT_ONCE = 24_000_000;
/** What the shapes of a picture take, counted in pixels. */
const PIXELS_OF_SHAPES = 500_000;

export async function getMap(services: WmsServices, turns: Turns, kvp: Kvp, ask: Ask): Promise<Reply> {
  const known = await services.catalogue.layers(ask.view);
  const { frame, layers, warnings } = parseMapRequest(kvp, known);
  const format = mapFormatOf(kvp.require('format'));
  const ground = parseGround(kvp);
  const isOpaque = !ground.isTransparent || format === 'image/jpeg';
  const background = isOpaque ? ground.background : CLEAR;
  if (format === PDF_FORMAT || format === SVG_FORMAT) refusePictures(layers, format);
  const plans = layers.flatMap(({ layer, filter }) => planLayer(frame, layer, filter) ?? []);
  const state = await stateOfMap(
    services,
    kvp,
    layers.map(({ layer }) => layer),
    ask.view,
  );
  const maps = services.maps(state.view);
  const versions = await maps.versions(plans, ask.signal);
  const sheet = {
    ...{
      frame,
      background,
      plans,
      title: kvp.get('title'),
      language: wishedLanguage(kvp, ask),
      view: state.view,
    },
    layers: [...new Map(layers.map(({ layer }) => [layer.name, layer])).values()],
  };
  const etag = pictureVersion([
    frame,
    ...(format === PDF_FORMAT ? [sheet.title, sheet.language] : []),
    format,
    background,
    plans.map(({ layer, filter }) => [layer.name, layer.style, layer.critical?.properties, filter]),
    versions,
  ]);
  const headers = { ...warningHeader([...state.warnings, ...warnings]), etag, 'cache-control': 'no-cache' };
  if (matchesEtag(ask.headers['if-none-match'], etag)) return { status: 304, headers };
  const weight = frame.widthPx * frame.heightPx + PIXELS_OF_SHAPES;
  const draw = (format: PixelFormat, signal: CancelSignal) =>
    turns.run(weight, signal, async () => {
      const picture = { frame, background, layers: await readLayers(maps, plans, frame, signal, versions) };
      signal.throwIfAborted();
      return services.pictures.make({ picture, format, isOpaque }, signal);
    });
  const bytes = (): Promise<Uint8Array> => {
    if (format === PDF_FORMAT) {
      return turns.run(weight, ask.signal, () => mapPdf(services, maps, sheet, ask.signal));
    }
    // Pictures of others are kept by their source, together with its state.
    if (layers.some(({ layer }) => layer.cascaded)) return draw(format, ask.signal);
    const make = (signal: CancelSignal) => draw(format, signal);
    const shown = { etag, contentType: format, layers: plans.map(({ layer }) => layer.name) };
    return services.keptPictures(state.view).of(shown, make, ask.signal);
  };
  const body = await bytes();
  const told = warningHeader([...state.warnings, ...warnings, ...(await oldPictures(services, layers))]);
  return { status: 200, headers: { ...headers, ...told, 'content-type': format }, body };
}

/** Lines cannot be drawn from pictures. */
function refusePictures(layers: readonly AskedLayer[], format: string): void {
  const pictures = layers.find(({ layer }) => isPictures(layer));
  if (!pictures) return;
  throw notSupported(
    `The layer "${pictures.layer.name}" is pictures ${pictures.layer.isRelief ? 'of heights' : 'of an outside service'}, which ${format} cannot hold; ask for image/png, or leave it out`,
    'format',
  );
}

/** That what is shown of a source that is down was kept from before. */
async function oldPictures(
  { cascade }: WmsServices,
  layers: readonly AskedLayer[],
): Promise<readonly string[]> {
  const outside = [...new Set(layers.flatMap(({ layer }) => (layer.cascaded ? [layer.name] : [])))];
  const told = outside.map(async (name) => {
    const state = await cascade.state(name);
    return state?.state === 'down'
      ? [`110 Outside service of ${name} is down since ${state.since}; what was kept is shown`]
      : [];
  });
  return (await Promise.all(told)).flat();
}
