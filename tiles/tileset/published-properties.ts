import type { Layer, PropertyDeclaration } from '../../core/feature/layer.ts';

/** What a globe needs to identify and style a building; the rest is a click away at the feature doors. */
const PUBLISHED = [
  'building_id',
  'lod',
  'state',
  'function',
  'roof_type',
  'height_m',
  'ground_height_m',
  'storeys_above',
];

/** The properties that go into tiles, as the layer declares them; never one that only staff may see. */
export function publishedProperties(layer: Layer): readonly PropertyDeclaration[] {
  return layer.properties.filter(
    ({ name, audience = 'public' }) => audience === 'public' && PUBLISHED.includes(name),
  );
}
