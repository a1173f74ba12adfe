/** Layers that edits can change; each has a sister table (`call twin.add_scenario_table(…)` in a migration). */
export const CHANGEABLE_LAYERS = [
  'buildings',
  'buildings_3d',
  'addresses',
  'parcels',
  'parcel_land_uses',
  'boundary_points',
  'plan_zones',
  'roads',
  'trees',
  'green_areas',
  'facilities',
  'utility_lines',
  'utility_devices',
] as const;

export type ChangeableLayer = (typeof CHANGEABLE_LAYERS)[number];

export const isChangeable = (layer: string): boolean => CHANGEABLE_LAYERS.some((name) => name === layer);
