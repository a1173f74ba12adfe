/** The rows in which a scenario differs from its base. */
import type { Feature, PropertyValue } from '../feature/feature.ts';
import type { Geometry } from '../geo/geometry.ts';
import type { Settled, TouchedObject } from '../wire/scenario.ts';

/** An object of the city as the scenario has it; without a feature it is gone. */
export interface ScenarioRow {
  readonly layer: string;
  readonly id: string;
  readonly feature: Feature | undefined;
}

/** Namespace of objects that no register knows. */
export const PLANNED_NAMESPACE = 'blizniak:scenario';

/** One name for an object across layers. */
export const objectKey = ({ layer, id }: Pick<ScenarioRow, 'layer' | 'id'>): string => `${layer} ${id}`;

export const rowOf = (feature: Feature): ScenarioRow => ({ layer: feature.layer, id: feature.id, feature });

/** An object that an edit says to have added. */
export function addedRow(
  { layer, id }: Pick<TouchedObject, 'layer' | 'id'>,
  geometry: Geometry,
  properties: Feature['properties'],
): ScenarioRow {
  return rowOf({ layer, id, geometry, properties });
}

/** The rows of what an edit removes. */
export const removedRows = ({ objects }: Pick<Settled, 'objects'>): readonly ScenarioRow[] =>
  objects
    .filter(({ change }) => change === 'removed')
    .map(({ layer, id }) => ({ layer, id, feature: undefined }));

/** The rows of what an edit changes, from how the objects were before it. */
export const changedRows = (
  { objects }: Pick<Settled, 'objects'>,
  change: (before: Feature) => {
    readonly geometry?: Geometry;
    readonly properties?: Readonly<Record<string, PropertyValue>>;
  },
): readonly ScenarioRow[] =>
  objects
    .filter((object) => object.change === 'changed')
    .map((object) => {
      const before = featureBefore(object);
      const { geometry = before.geometry, properties } = change(before);
      return rowOf({ ...before, geometry, properties: { ...before.properties, ...properties } });
    });

/** An object as it was before the edit that touches it. */
export function featureBefore({ layer, id, before }: TouchedObject): Feature {
  if (!before) throw new Error(`An edit does not say how ${layer} ${id} was before it`);
  return { layer, id, geometry: before.geometry ?? undefined, properties: before.properties };
}

/** An object that is to be changed or removed, with how it is now; what is not known of it is left out. */
export function touched(
  { id, geometry, properties }: Feature,
  layer: TouchedObject['layer'],
  change: 'changed' | 'removed',
): TouchedObject {
  const known = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
  return {
    layer,
    id,
    change,
    before: { type: 'Feature', id, geometry: geometry ?? null, properties: known },
  };
}
