/** The objects of a transaction as its actions leave them, before anything is written. */
import { randomUUID } from 'node:crypto';
import { TwinError } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { Filter } from '../../core/filter/ast.ts';
import { compileFilter } from '../../core/filter/evaluate.ts';
import type { View } from '../access/view.ts';
import {
  type EditedObject,
  EditFault,
  type FeatureAction,
  type GivenFeature,
} from '../services/feature-edits.ts';
import type { Connection } from './connection.ts';
import { madeFeature, patchedFeature, replacedFeature } from './edited-feature.ts';
import { featureMaker } from './feature-maker.ts';
import type { RegisterChange } from './register-rows.ts';
import { tableOf } from './register-table.ts';
import { relationFor } from './relation.ts';
import { rowsSql } from './rows-sql.ts';
import { sql } from './sql.ts';

/** More would be a load, which holds no rows in memory. */
const MOST_OBJECTS = 10_000;

interface Pending {
  /** Undefined = it is no more. */
  readonly feature: Feature | undefined;
  /** The action that left it so. */
  readonly action: number;
}

interface PendingChange extends RegisterChange {
  /** The action that an object comes from. */
  actionOf(id: string | undefined): number;
}

export class PendingEdits {
  readonly #connection: Connection;
  readonly #view: View;
  readonly #layerOf: (name: string, action: number) => Layer;
  readonly #byLayer = new Map<Layer, Map<string, Pending>>();
  #objects = 0;

  /** @param layerOf throws what hinders editing a layer */
  constructor(connection: Connection, view: View, layerOf: (name: string, action: number) => Layer) {
    this.#connection = connection;
    this.#view = view;
    this.#layerOf = layerOf;
  }

  /** @throws EditFault, TwinError too-large */
  async take(action: FeatureAction, index: number): Promise<readonly EditedObject[]> {
    if (action.op === 'insert') return this.#insert(action.features, index);
    const layer = this.#layerOf(action.layer, index);
    const chosen = await this.#matching(layer, action.filter);
    if (action.version !== undefined) await this.#checkVersions(layer, chosen, action.version, index);
    for (const before of chosen)
      this.#put(layer, before.id, afterAction(before, action, layer, index), index);
    return chosen.map(({ id }) => ({ layer: layer.name, id }));
  }

  /** What has to be written. */
  changes(): readonly PendingChange[] {
    return [...this.#byLayer].map(([layer, objects]) => ({
      layer,
      features: [...objects.values()].flatMap(({ feature }) => feature ?? []),
      ended: [...objects].flatMap(([id, { feature }]) => (feature ? [] : [id])),
      actionOf: (id) => (id === undefined ? undefined : objects.get(id)?.action) ?? 0,
    }));
  }

  async #insert(features: readonly GivenFeature[], index: number): Promise<readonly EditedObject[]> {
    const named = new Map<Layer, string[]>();
    for (const { layer: name, id } of features) {
      const layer = this.#layerOf(name, index);
      named.set(layer, [...(named.get(layer) ?? []), ...(id === undefined ? [] : [id])]);
    }
    for (const [layer, ids] of named) {
      const [taken] = ids.length > 0 ? await this.#matching(layer, { op: 'ids', ids }) : [];
      if (taken) throw idTaken(layer, taken.id, index);
    }
    return features.map((given) => {
      const layer = this.#layerOf(given.layer, index);
      const id = given.id ?? randomUUID();
      if (this.#pendingOf(layer).get(id)?.feature) throw idTaken(layer, id, index);
      this.#put(layer, id, madeFeature(given, id, layer, index), index);
      return { layer: layer.name, id };
    });
  }

  /** The objects that a filter finds now, after what was done before in this transaction. */
  async #matching(layer: Layer, filter: Filter | undefined): Promise<readonly Feature[]> {
    const relation = relationFor(layer, this.#view);
    if (!relation) return [];
    const query: FeatureQuery = { layer: layer.name, limit: MOST_OBJECTS + 1, ...(filter && { filter }) };
    const rows = await this.#connection.run(rowsSql(relation, query));
    const pending = this.#pendingOf(layer);
    const fits = filter ? compileFilter(filter, layer) : () => true;
    const left = [...pending.values()].flatMap(({ feature }) =>
      feature && fits(feature) === true ? [feature] : [],
    );
    return [...rows.map(featureMaker(relation, query)).filter(({ id }) => !pending.has(id)), ...left];
  }

  async #checkVersions(
    layer: Layer,
    chosen: readonly Feature[],
    version: number,
    index: number,
  ): Promise<void> {
    const [other] = await this.#connection.run<{ id: string }>(
      sql`select id from ${tableOf(layer)} where id = any(${chosen.map(({ id }) => id)}::text[])
        and valid_to is null and dataset_version <> ${version}::bigint limit 1`,
    );
    if (!other) return;
    const message = `Somebody has changed "${other.id}" since you read it; read it again and repeat your change`;
    throw new EditFault('version', index, message, 'if-match');
  }

  #put(layer: Layer, id: string, feature: Feature | undefined, action: number): void {
    const pending = this.#pendingOf(layer);
    if (!pending.has(id)) this.#objects++;
    if (this.#objects > MOST_OBJECTS) {
      throw new TwinError(
        'too-large',
        `One transaction changes at most ${MOST_OBJECTS} objects; send several, or load a file`,
      );
    }
    pending.set(id, { feature, action });
  }

  #pendingOf(layer: Layer): Map<string, Pending> {
    const pending = this.#byLayer.get(layer) ?? new Map<string, Pending>();
    this.#byLayer.set(layer, pending);
    return pending;
  }
}

function afterAction(
  before: Feature,
  action: Exclude<FeatureAction, { op: 'insert' }>,
  layer: Layer,
  index: number,
): Feature | undefined {
  if (action.op === 'delete') return undefined;
  return action.op === 'update'
    ? patchedFeature(before, action.patch, layer, index)
    : replacedFeature(before, action.feature, layer, index);
}

const idTaken = (layer: Layer, id: string, index: number): EditFault =>
  new EditFault(
    'identity',
    index,
    `There is an object "${id.slice(0, 200)}" in ${layer.name} already; update it, or leave the identifier out to get a new one`,
    'id',
  );
