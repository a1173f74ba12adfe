import { layerNamed } from '../../../core/feature/check-query.ts';
import { escapeId } from '../../../core/feature/identifier.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { Ask } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

/**
 * The layer that the path names.
 * @throws TwinError not-found
 */
export async function layerOf(services: Services, ask: Ask): Promise<Layer> {
  return layerNamed(await services.catalogue.layers(ask.view), ask.route['layer'] ?? '');
}

/** Path of an object, with its id escaped. */
export const itemPath = (layer: string, id: string): string =>
  `/ogc/collections/${layer}/items/${escapeId(id)}`;
