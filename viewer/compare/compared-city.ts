/** A city on the comparison screen: the base, or a scenario over it. */
import { transformBetween } from '../../core/geo/crs.ts';
import { type Geometry, mapPositions } from '../../core/geo/geometry.ts';
import type { DifferenceFeature } from '../../core/wire/differences.ts';

export type Change = DifferenceFeature['properties']['change'];

/** An object that differs, as it is drawn in one city. Geometry in EPSG:2177. */
export interface Mark {
  readonly layer: string;
  readonly id: string;
  readonly change: Change;
  readonly geometry: Geometry;
}

export interface ComparedCity {
  /** `base`, or the id of the scenario. */
  readonly key: string;
  readonly title: string;
  /** The moment that a scenario is laid over, ISO 8601. */
  readonly baseAt: string;
  /** In front of the paths of the city as the scenario, and as its base; the same for the base itself. */
  readonly prefix: string;
  readonly basePrefix: string;
  /** Layers in which it differs from its base. */
  readonly ownLayers: ReadonlySet<string>;
  readonly marks: readonly Mark[];
  readonly revision: number;
}

/** Layers that a scenario leaves alone are those of its base: the browser reads their tiles once for all panes. */
export const tilePrefixIn = ({ prefix, basePrefix, ownLayers }: ComparedCity, layer: string): string =>
  ownLayers.has(layer) ? prefix : basePrefix;

export const tilesKeyIn = (city: ComparedCity, layer: string): string => {
  const prefix = tilePrefixIn(city, layer);
  return prefix === city.basePrefix ? prefix : `${prefix}${city.revision}`;
};

const toPlan = transformBetween(4326, 2177);

const inPlan = (geometry: unknown): Geometry | undefined =>
  geometry === null || geometry === undefined
    ? undefined
    : mapPositions(geometry as Geometry, ([lon, lat, h]) => {
        const [e, n] = toPlan([lon, lat]);
        return h === undefined ? [e, n] : [e, n, h];
      });

/** What a scenario's own pane marks: objects as they come, and as they went. */
export function marksOf(features: readonly DifferenceFeature[]): readonly Mark[] {
  return features.flatMap(({ id, geometry, properties: { layer, change } }) => {
    const shape = inPlan(geometry);
    return shape ? [{ id, layer, change, geometry: shape }] : [];
  });
}

/** What the pane of the base marks: objects that a scenario takes away or changes, as they are before it. */
export function marksBefore(features: readonly DifferenceFeature[]): readonly Mark[] {
  return features.flatMap(({ id, geometry, geometryBefore, properties: { layer, change } }) => {
    const shape = change === 'added' ? undefined : inPlan(geometryBefore ?? geometry);
    return shape ? [{ id, layer, change, geometry: shape }] : [];
  });
}
