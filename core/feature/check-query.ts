import { invalidParameter, notFound, type TwinError } from '../errors.ts';
import { filterableProperty } from '../filter/typed-literal.ts';
import { crsOf } from '../geo/crs.ts';
import type { Layer, PropertyDeclaration } from './layer.ts';
import type { FeatureQuery } from './query.ts';

/**
 * The layer of a name.
 * @throws TwinError not-found that names the layers there are.
 */
export function layerNamed(layers: readonly Layer[], name: string): Layer {
  const layer = layers.find((each) => each.name === name);
  if (!layer) throw unknownLayer(layers, name);
  return layer;
}

export function unknownLayer(layers: readonly Layer[], name: string): TwinError {
  const known = layers.map((each) => each.name).join(', ');
  return notFound(`There is no layer "${name.slice(0, 100)}"; layers: ${known || 'none yet'}`, 'layer');
}

/**
 * What every source refuses alike: unknown or hidden properties, a page that cannot be, an unknown CRS.
 * @throws TwinError invalid-parameter
 */
export function checkQuery(query: FeatureQuery, layer: Layer): void {
  for (const name of query.properties ?? []) filterableProperty(layer, name, 'properties');
  for (const key of query.sort ?? []) filterableProperty(layer, key.property, 'sortby');
  checkCount(query.limit, 'limit');
  checkCount(query.offset, 'offset');
  if (query.after !== undefined && (query.sort ?? []).length > 0) {
    throw invalidParameter('after', 'A page key works only with the default order; leave sorting out');
  }
  if (query.srid !== undefined) crsOf(query.srid);
}

function checkCount(value: number | undefined, parameter: string): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
    throw invalidParameter(parameter, `${parameter} must be a whole number from 0, got ${value}`);
  }
}

/** The properties that a query returns, in the order of the layer. */
export function propertiesReturned(query: FeatureQuery, layer: Layer): readonly PropertyDeclaration[] {
  const wanted = query.properties;
  return wanted ? layer.properties.filter(({ name }) => wanted.includes(name)) : layer.properties;
}
