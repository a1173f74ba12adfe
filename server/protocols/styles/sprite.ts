/** Marks of a style as one picture and the places in it (MapLibre Style Specification, Sprite). */
import { notFound } from '../../../core/errors.ts';
import { spriteMarks } from '../../../core/style/map-libre.ts';
import { encode } from '../../../tiles/picture/encode.ts';
import { drawSprite } from '../../../tiles/picture/sprite.ts';
import { validatedJson } from '../../http/json.ts';
import type { Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { styleNamed } from './named-style.ts';

const FILES = /^sprite(?<twice>@2x)?\.(?<ending>json|png)$/;

export function sprite(services: Services): Route['handle'] {
  return async (ask) => {
    const style = await styleNamed(services, ask);
    const file = ask.route['file'] ?? '';
    const { ending, twice } = FILES.exec(file)?.groups ?? {};
    const marks = spriteMarks(style.layers);
    if (ending === undefined || marks.length === 0) {
      const there =
        marks.length === 0 ? 'no resources' : 'sprite.json, sprite.png, sprite@2x.json and sprite@2x.png';
      throw notFound(`The style "${style.id}" has ${there}, not "${file.slice(0, 100)}"`, 'resourceId');
    }
    const { raster, places } = drawSprite(marks, twice === undefined ? 1 : 2);
    if (ending === 'json') return validatedJson(ask, places);
    return {
      status: 200,
      headers: { 'content-type': 'image/png', 'cache-control': 'no-cache' },
      body: encode(raster, 'image/png', false),
    };
  };
}
