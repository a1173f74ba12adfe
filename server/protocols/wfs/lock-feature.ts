/** LockFeature (09-025r2, 12) and what GetFeatureWithLock (13) locks. */
import { invalidParameter } from '../../../core/errors.ts';
import { gmlId } from '../../../core/feature/identifier.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { markup } from '../../../core/xml/writer.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { EditedObject } from '../../services/feature-edits.ts';
import type { LockTerms } from '../../services/feature-locks.ts';
import { type Query, WFS_NAMESPACE, type WfsRequest } from './request.ts';
import { resourceOf, type Selection, selectionsOf } from './selection.ts';
import type { WfsServices } from './wfs-services.ts';

export async function lockFeature(
  services: WfsServices,
  { lockId, queries, terms }: Extract<WfsRequest, { operation: 'LockFeature' }>,
  { view }: Ask,
): Promise<Reply> {
  const layers = await services.catalogue.layers(view);
  const done =
    lockId === undefined
      ? await services.featureLocks.lock(lockedQueries(queries, layers), terms, view)
      : await services.featureLocks.renew(lockId, terms.seconds, view);
  const attribute = done.lockId === undefined ? undefined : markup` lockId="${done.lockId}"`;
  const { text } = markup`<?xml version="1.0" encoding="UTF-8"?>
<wfs:LockFeatureResponse xmlns:wfs="${WFS_NAMESPACE}" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${WFS_NAMESPACE} http://schemas.opengis.net/wfs/2.0/wfs.xsd"${attribute}>
${done.locked.length > 0 && markup`<wfs:FeaturesLocked>${ridsOf(done.locked)}</wfs:FeaturesLocked>`}${done.notLocked.length > 0 && markup`<wfs:FeaturesNotLocked>${ridsOf(done.notLocked)}</wfs:FeaturesNotLocked>`}</wfs:LockFeatureResponse>
`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: text };
}

const ridsOf = (objects: readonly EditedObject[]) =>
  objects.map(({ layer, id }) => markup`<fes:ResourceId rid="${gmlId(layer, id)}"/>`);

function lockedQueries(queries: readonly Query[], layers: readonly Layer[]) {
  return queries.flatMap((query) => {
    if (query.kind === 'ad-hoc') return selectionsOf(query, layers).map(asLocked);
    const { layer, id } = resourceOf(query.parameters.get('id') ?? '', layers);
    return [{ layer: layer.name, filter: { op: 'ids', ids: [id] } } as const];
  });
}

const asLocked = ({ layer, query }: Selection) => ({ layer: layer.name, filter: query.filter });

/** The objects of selections that could be locked, and the name of the lock. */
export async function lockSelections(
  { featureLocks }: WfsServices,
  selections: readonly (readonly Selection[])[],
  terms: LockTerms,
  { view }: Ask,
): Promise<{ readonly lockId: string | undefined; readonly selections: readonly (readonly Selection[])[] }> {
  const { lockId, locked } = await featureLocks.lock(selections.flat().map(asLocked), terms, view);
  const idsOf = (layer: Layer) => locked.filter((each) => each.layer === layer.name).map(({ id }) => id);
  return {
    lockId,
    selections: selections.map((each) =>
      each.map((selection) => {
        const { filter } = selection.query;
        const held = { op: 'ids', ids: idsOf(selection.layer) } as const;
        const both = filter ? ({ op: 'and', args: [filter, held] } as const) : held;
        return { ...selection, query: { ...selection.query, filter: both } };
      }),
    ),
  };
}

/** Answers of GetFeatureWithLock are GML: the name of the lock is an attribute of the collection. */
export function checkLockFormat(format: string): void {
  if (format !== 'gml') throw invalidParameter('outputFormat', 'GetFeatureWithLock answers in GML only');
}
