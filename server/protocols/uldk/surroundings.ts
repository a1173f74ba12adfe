/** Names of the precincts and communes of the twin, and what a building's kinds mean. */
import { isCityCounty } from '../../../core/geo/teryt.ts';
import type { Ask } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import type { Surroundings } from './columns.ts';

export async function surroundingsOf(services: Services, ask: Ask): Promise<Omit<Surroundings, 'srid'>> {
  const source = services.featuresFor(ask.view);
  const names = new Map<string, string>();
  for (const layer of ['precincts', 'cadastral_units']) {
    const query = { layer, withGeometry: false, properties: ['name'], handedOut: 0 };
    for await (const { id, properties } of source.query(query, ask.signal)) {
      const name = String(properties['name'] ?? '');
      names.set(id, name);
      const county = id.slice(0, 4);
      if (layer === 'cadastral_units' && isCityCounty(county)) names.set(county, name);
    }
  }
  const layers = await services.catalogue.layers(ask.view);
  return {
    names,
    buildings: layers.find(({ name }) => name === 'buildings'),
    source: `${ask.publicUrl}/uldk`,
  };
}
