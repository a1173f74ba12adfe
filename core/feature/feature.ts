import type { Geometry } from '../geo/geometry.ts';

/** Dates are ISO 8601 text; absence is null. */
export type PropertyValue = string | number | boolean | null;

/** One object of a register. `id` is its business id (TERYT where one exists, else IIP lokalnyId). */
export interface Feature {
  /** Name of the layer at the doors. */
  readonly layer: string;
  readonly id: string;
  /** House order, in the CRS that the query asked for (by default the layer's storage CRS). */
  readonly geometry: Geometry | undefined;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}
