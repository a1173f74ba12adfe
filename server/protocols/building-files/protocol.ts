/** `/api/buildings.glb`: chosen 3D buildings as one file for programs that draw and model. */

import { BUILDINGS_3D } from '../../../core/catalogue/buildings-3d.ts';
import { invalidParameter, notFound } from '../../../core/errors.ts';
import { layerNamed } from '../../../core/feature/check-query.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import { CITY_HEIGHTS } from '../../../core/geo/height-systems.ts';
import { writeOrderGlb } from '../../../tiles/mesh/write-order-glb.ts';
import { documentReply } from '../../http/document-reply.ts';
import { readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export const BUILDING_FILE_PATH = '/api/buildings.glb';
/** More ids make addresses that programs cut; more buildings belong in an order. */
export const MOST_IDS = 200;

export function buildingFiles(services: Pick<Services, 'catalogue' | 'featuresFor'>): Protocol {
  return {
    name: 'building-files',
    prefix: BUILDING_FILE_PATH,
    explain: explainAsProblem,
    routes: [{ method: 'GET', path: BUILDING_FILE_PATH, handle: (ask) => buildingGlb(services, ask) }],
  };
}

async function buildingGlb(
  { catalogue, featuresFor }: Pick<Services, 'catalogue' | 'featuresFor'>,
  ask: Ask,
): Promise<Reply> {
  const ids = idsOf(ask);
  const layer = layerNamed(await catalogue.layers(ask.view), BUILDINGS_3D.name);
  const query = { layer: layer.name, srid: layer.srid, filter: { op: 'ids', ids } } as const;
  const found: Feature[] = [];
  for await (const feature of featuresFor(ask.view).query(query, ask.signal)) found.push(feature);
  const missing = ids.filter((id) => !found.some((feature) => feature.id === id));
  if (missing.length > 0) {
    throw notFound(
      `There is no 3D building "${missing.slice(0, 5).join('", "').slice(0, 500)}" in this state of the city`,
      'ids',
    );
  }
  const body = await writeOrderGlb(inOrder(found, ids), layer, layer.srid, CITY_HEIGHTS, [
    `${ask.publicUrl}${ask.path}`,
    layer.licence.pl,
    layer.licence.en,
  ]);
  return documentReply(ask, { body, headers: { 'content-type': 'model/gltf-binary' } }, 'buildings.glb');
}

/** In the order in which they were asked for, so that the same address gives the same bytes. */
async function* inOrder(found: readonly Feature[], ids: readonly string[]): AsyncGenerator<Feature> {
  for (const id of ids) yield* found.filter((feature) => feature.id === id);
}

/** @throws TwinError missing-parameter, invalid-parameter */
function idsOf({ query }: Ask): readonly string[] {
  const kvp = readKvp(query);
  kvp.require('ids');
  const ids = [...new Set(kvp.list('ids'))];
  if (ids.length === 0 || ids.length > MOST_IDS) {
    throw invalidParameter(
      'ids',
      `ids takes 1 to ${MOST_IDS} ids of ${BUILDINGS_3D.name}, separated by commas, got ${ids.length}; order the file for more`,
    );
  }
  return ids;
}
