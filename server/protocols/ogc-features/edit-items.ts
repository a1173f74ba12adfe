/** OGC API – Features Part 4 (20-002, draft): create, replace, update and delete single objects. */
import { notFound } from '../../../core/errors.ts';
import { unescapeId } from '../../../core/feature/identifier.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { requireRight } from '../../access/require-right.ts';
import { revisionOf } from '../../http/changing.ts';
import { href } from '../../http/links.ts';
import type { Ask, Reply, Route } from '../../http/protocol.ts';
import type { FeatureAction } from '../../services/feature-edits.ts';
import type { Services } from '../../services.ts';
import { givenItem, givenPatch } from './given-item.ts';
import { itemPath, layerOf } from './layer-path.ts';

const ITEMS = '/ogc/collections/:layer/items';

/** The id that an address names, plain (percent-encoded) or escaped for paths. */
export function idOf({ route: { id: first = '', rest } }: Pick<Ask, 'route'>): string {
  return unescapeId(rest === undefined ? first : `${first}/${rest}`);
}

export function editRoutes(services: Services): readonly Route[] {
  const isOffered: Route['isOffered'] = async ({ layer: name }, view) =>
    (await services.catalogue.layers(view)).some(({ name: each, editable }) => each === name && editable);
  const item = [`${ITEMS}/:id`, `${ITEMS}/:id/:rest`];
  return [
    { method: 'POST', path: ITEMS, isOffered, handle: (ask) => createItem(services, ask) },
    ...item.flatMap((path): readonly Route[] => [
      { method: 'PUT', path, isOffered, handle: (ask) => replaceItem(services, ask) },
      { method: 'PATCH', path, isOffered, handle: (ask) => updateItem(services, ask) },
      { method: 'DELETE', path, isOffered, handle: (ask) => deleteItem(services, ask) },
    ]),
  ];
}

async function createItem(services: Services, ask: Ask): Promise<Reply> {
  const layer = await editedLayer(services, ask);
  const { version, actions } = await services.featureEdits.apply(
    [{ op: 'insert', features: [givenItem(ask, layer)] }],
    { view: ask.view, door: 'ogc-features' },
  );
  const id = actions[0]?.[0]?.id ?? '';
  const location = href(ask.publicUrl, itemPath(layer.name, id));
  return { status: 201, headers: { location, ...tagOf(version) } };
}

async function replaceItem(services: Services, ask: Ask): Promise<Reply> {
  const layer = await editedLayer(services, ask);
  return changeItem(services, ask, layer, {
    op: 'replace',
    feature: givenItem(ask, layer),
    ...chosen(ask, layer),
  });
}

async function updateItem(services: Services, ask: Ask): Promise<Reply> {
  const layer = await editedLayer(services, ask);
  return changeItem(services, ask, layer, {
    op: 'update',
    patch: givenPatch(ask, layer),
    ...chosen(ask, layer),
  });
}

async function deleteItem(services: Services, ask: Ask): Promise<Reply> {
  const layer = await editedLayer(services, ask);
  return changeItem(services, ask, layer, { op: 'delete', ...chosen(ask, layer) });
}

async function changeItem(services: Services, ask: Ask, layer: Layer, action: FeatureAction): Promise<Reply> {
  const { actions } = await services.featureEdits.apply([action], { view: ask.view, door: 'ogc-features' });
  if (!actions[0]?.length) {
    throw notFound(`There is no object "${idOf(ask).slice(0, 200)}" in ${layer.name}`, 'id');
  }
  if (action.op === 'delete') return { status: 204, headers: {} };
  // What changed nothing made no version.
  return {
    status: 204,
    headers: tagOf(await services.featureEdits.versionOf(layer.name, idOf(ask), ask.signal)),
  };
}

async function editedLayer(services: Services, ask: Ask): Promise<Layer> {
  requireRight(ask.view.who, 'edit');
  return layerOf(services, ask);
}

function chosen(ask: Ask, { name }: Layer) {
  const tag = ask.headers['if-match']?.trim();
  const version = tag === undefined || tag === '*' ? undefined : revisionOf(ask);
  return {
    layer: name,
    filter: { op: 'ids', ids: [idOf(ask)] } as const,
    ...(version !== undefined && { version }),
  };
}

/** The version of the object is its validator in every form that it is written in. */
export const tagOf = (version: number | undefined): Readonly<Record<string, string>> =>
  version === undefined ? {} : { etag: `"${version}"` };
