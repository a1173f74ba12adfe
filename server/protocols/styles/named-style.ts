import { notFound } from '../../../core/errors.ts';
import type { Layer, Text } from '../../../core/feature/layer.ts';
import type { Ask } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

/** The style of the whole map; no layer has this name. */
export const WHOLE_MAP = 'map';
const WHOLE_MAP_TITLE: Text = { pl: 'Cała mapa', en: 'The whole map' };

/** A style and the layers that it draws. */
export interface NamedStyle {
  readonly id: string;
  readonly title: Text;
  readonly description: Text | undefined;
  readonly layers: readonly Layer[];
}

/** The whole map, then each layer, as the asker may know them. */
export async function stylesFor({ catalogue }: Services, { view }: Ask): Promise<readonly NamedStyle[]> {
  const layers = await catalogue.layers(view);
  const whole = { id: WHOLE_MAP, title: WHOLE_MAP_TITLE, description: undefined, layers };
  return [...(layers.length > 0 ? [whole] : []), ...layers.map(styleOf)];
}

export const styleOf = (layer: Layer): NamedStyle => ({
  ...{ id: layer.name, title: layer.title, description: layer.description },
  layers: [layer],
});

/** @throws TwinError not-found that names the styles there are */
export async function styleNamed(services: Services, ask: Ask): Promise<NamedStyle> {
  const asked = ask.route['style'] ?? '';
  const all = await stylesFor(services, ask);
  const found = all.find(({ id }) => id === asked);
  if (found) return found;
  const known = all.map(({ id }) => id).join(', ');
  throw notFound(`There is no style "${asked.slice(0, 100)}"; styles: ${known || 'none yet'}`, 'styleId');
}
