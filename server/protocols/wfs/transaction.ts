/** Transaction (09-025r2, 15): all of its actions in the order of the document, or none. */
import { invalidParameter } from '../../../core/errors.ts';
import { gmlId } from '../../../core/feature/identifier.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { type FesContext, parseFes } from '../../../core/filter/fes.ts';
import { type Markup, markup, raw } from '../../../core/xml/writer.ts';
import { requireStaff } from '../../access/require-staff.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { type EditedObject, EditFault, type FeatureAction } from '../../services/feature-edits.ts';
import type { Services } from '../../services.ts';
import { ActionError } from './exceptions.ts';
import { defaultCrs } from './feature-types.ts';
import { givenFeature, givenPatch } from './given-feature.ts';
import { VERSION, WFS_NAMESPACE } from './request.ts';
import type { TransactionAction, TransactionRequest } from './transaction-request.ts';

/** @throws TwinError; ActionError names the action at fault by its handle */
export async function transact(
  services: Services,
  request: TransactionRequest,
  { view }: Ask,
): Promise<Reply> {
  requireStaff(view.who);
  const layers = await services.catalogue.layers(view);
  // A foreign action that may be left out is left out (15.2.8).
  const wanted = request.actions.filter((action) => !isIgnored(action));
  try {
    const actions = wanted.map((action, index) => featureAction(action, index, layers));
    const { actions: done } = await services.featureEdits.apply(actions, { view, door: 'wfs' });
    const results = wanted.map((action, index) => ({ action, objects: done[index] ?? [] }));
    return { status: 200, headers: { 'content-type': 'application/xml' }, body: response(results).text };
  } catch (error) {
    if (error instanceof EditFault) throw new ActionError(error, wanted[error.action]?.handle);
    throw error;
  }
}

function isIgnored(action: TransactionAction): boolean {
  if (action.kind !== 'native') return false;
  if (action.safeToIgnore) return true;
  throw invalidParameter(
    'vendorId',
    `The action of "${action.vendorId.slice(0, 100)}" is not known here and may not be ignored; send Insert, Update, Replace and Delete`,
  );
}

function featureAction(action: TransactionAction, index: number, layers: readonly Layer[]): FeatureAction {
  const context = {
    layers,
    srsName: 'srsName' in action ? action.srsName : undefined,
    action: index,
  };
  switch (action.kind) {
    case 'insert':
      return { op: 'insert', features: action.features.map((feature) => givenFeature(feature, context)) };
    case 'update': {
      const layer = typeOf(action.typeName, layers, index);
      const patch = givenPatch(action.properties, layer, context);
      const filter = action.filter && parseFes(action.filter, fesContext(layer, layers));
      return { op: 'update', layer: layer.name, filter, patch };
    }
    case 'replace': {
      const feature = givenFeature(action.feature, context);
      const layer = typeOf(feature.layer, layers, index);
      const filter = parseFes(action.filter, fesContext(layer, layers));
      return { op: 'replace', layer: layer.name, filter, feature };
    }
    case 'delete': {
      const layer = typeOf(action.typeName, layers, index);
      return { op: 'delete', layer: layer.name, filter: parseFes(action.filter, fesContext(layer, layers)) };
    }
    case 'native':
      throw new Error('a foreign action is never carried out');
  }
}

function typeOf(name: string, layers: readonly Layer[], action: number): Layer {
  const layer = layers.find((each) => each.name === name);
  if (layer) return layer;
  const known = layers.map((each) => each.name).join(', ');
  throw new EditFault(
    'value',
    action,
    `There is no feature type "${name.slice(0, 100)}"; types: ${known}`,
    'typeName',
  );
}

const fesContext = (layer: Layer, layers: readonly Layer[]): FesContext => ({
  layer,
  layerNames: layers.map(({ name }) => name),
  defaultCrs: defaultCrs(layer),
});

interface ActionResult {
  readonly action: TransactionAction;
  readonly objects: readonly EditedObject[];
}

/** Totals, and which objects came, changed or were replaced (15.3). */
function response(results: readonly ActionResult[]): Markup {
  const total = (kind: TransactionAction['kind']) =>
    results
      .filter(({ action }) => action.kind === kind)
      .reduce((sum, { objects }) => sum + objects.length, 0);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<wfs:TransactionResponse xmlns:wfs="${WFS_NAMESPACE}" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${WFS_NAMESPACE} http://schemas.opengis.net/wfs/2.0/wfs.xsd" version="${VERSION}">
<wfs:TransactionSummary><wfs:totalInserted>${total('insert')}</wfs:totalInserted><wfs:totalUpdated>${total('update')}</wfs:totalUpdated><wfs:totalReplaced>${total('replace')}</wfs:totalReplaced><wfs:totalDeleted>${total('delete')}</wfs:totalDeleted></wfs:TransactionSummary>
${resultsOf('InsertResults', results, 'insert')}${resultsOf('UpdateResults', results, 'update')}${resultsOf('ReplaceResults', results, 'replace')}</wfs:TransactionResponse>
`;
}

function resultsOf(
  name: string,
  results: readonly ActionResult[],
  kind: TransactionAction['kind'],
): Markup | undefined {
  const features = results
    .filter(({ action }) => action.kind === kind)
    .flatMap(({ action: { handle }, objects }) =>
      objects.map(({ layer, id }) => {
        const attribute = handle === undefined ? undefined : markup` handle="${handle}"`;
        return markup`<wfs:Feature${attribute}><fes:ResourceId rid="${gmlId(layer, id)}"/></wfs:Feature>`;
      }),
    );
  if (features.length === 0) return undefined;
  const [open, close] = [raw(`<wfs:${name}>`), raw(`</wfs:${name}>`)];
  return markup`${open}${features}${close}
`;
}
