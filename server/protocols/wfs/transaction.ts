/** Transaction (09-025r2, 15; 04-094, 12; 02-058, 7.5): all of its actions in the order of the document, or none. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { type FesContext, parseFes } from '../../../core/filter/fes.ts';
import type { XmlElement } from '../../../core/xml/element.ts';
import { requireRight } from '../../access/require-right.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { EditFault, type FeatureAction } from '../../services/feature-edits.ts';
import { ActionError } from './exceptions.ts';
import { defaultCrs, requestCrs } from './feature-types.ts';
import { givenFeature, givenPatch } from './given-feature.ts';
import type { TransactionAction, TransactionRequest } from './transaction-request.ts';
import { transactionResponse } from './transaction-response.ts';
import type { WfsVersion } from './versions.ts';
import type { WfsServices } from './wfs-services.ts';

/** @throws TwinError; ActionError names the action at fault by its handle */
export async function transact(
  services: WfsServices,
  request: TransactionRequest,
  { view }: Ask,
): Promise<Reply> {
  requireRight(view.who, 'edit');
  const layers = await services.catalogue.layers(view);
  // A foreign action that may be left out is left out (15.2.8).
  const wanted = request.actions.filter((action) => !isIgnored(action));
  try {
    const actions = wanted.map((action, index) => featureAction(action, index, layers, request.version));
    const { actions: done } = await services.featureEdits.apply(actions, {
      view,
      door: 'wfs',
      lock: request.lock,
    });
    const results = wanted.map((action, index) => ({ action, objects: done[index] ?? [] }));
    return {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: transactionResponse(request.version, results),
    };
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

function featureAction(
  action: TransactionAction,
  index: number,
  layers: readonly Layer[],
  version: WfsVersion,
): FeatureAction {
  const context = {
    layers,
    srsName: 'srsName' in action ? action.srsName : undefined,
    action: index,
    version,
  };
  const filterOf = (filter: XmlElement, layer: Layer) => parseFes(filter, fesContext(layer, layers, version));
  switch (action.kind) {
    case 'insert':
      return {
        op: 'insert',
        features: action.features.map((feature) => givenFeature(feature, context, action.usesGivenId)),
      };
    case 'update': {
      const layer = typeOf(action.typeName, layers, index);
      const patch = givenPatch(action.properties, layer, context);
      const filter = action.filter && filterOf(action.filter, layer);
      return { op: 'update', layer: layer.name, filter, patch };
    }
    case 'replace': {
      const feature = givenFeature(action.feature, context);
      const layer = typeOf(feature.layer, layers, index);
      const filter = filterOf(action.filter, layer);
      return { op: 'replace', layer: layer.name, filter, feature };
    }
    case 'delete': {
      const layer = typeOf(action.typeName, layers, index);
      return { op: 'delete', layer: layer.name, filter: filterOf(action.filter, layer) };
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

const fesContext = (layer: Layer, layers: readonly Layer[], version: WfsVersion): FesContext => ({
  layer,
  layerNames: layers.map(({ name }) => name),
  defaultCrs: defaultCrs(layer, version),
  resolveCrs: requestCrs(version),
});
