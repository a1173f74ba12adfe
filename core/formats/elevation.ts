import type { Feature } from '../feature/feature.ts';

/** Where the height of a point above the sea stands among the properties of its layer. */
const HEIGHTS: Readonly<Record<string, string>> = {
  control_points: 'height_m',
  utility_devices: 'top_height_m',
  utility_elevations: 'top_height_m',
};

/** Whether a property is the height of the points of a layer. */
export const isElevation = (layer: string, property: string): boolean => HEIGHTS[layer] === property;

/** Metres above the sea of a point: its own third ordinate, or as its register says; undefined where nobody knows. */
export function elevationOf({ layer, geometry, properties }: Feature): number | undefined {
  if (geometry?.type === 'Point' && geometry.coordinates.length === 3) return geometry.coordinates[2];
  const said = properties[HEIGHTS[layer] ?? ''];
  return typeof said === 'number' ? said : undefined;
}
