import { invalidParameter } from '../errors.ts';
import type { LayerDeclaration } from '../feature/layer.ts';
import { filterableProperty } from './typed-literal.ts';

/** What an XPath of the minimum subset (09-026r2, 7.4.4) points at. */
export type ValueReference =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'gml-id' }
  /** A property that GML gives to every feature, and that the type does not keep (gml:name, gml:description). */
  | { readonly kind: 'never-given' }
  | { readonly kind: 'geometry' };

const GEOMETRY = 'geom';
const GML_OWN = new Set([
  'name',
  'description',
  'descriptionReference',
  'identifier',
  'metaDataProperty',
  'location',
]);

/**
 * `bl:kind`, `kind`, `gml:name` of a type that keeps it, `bl:buildings/bl:kind`, `/bl:buildings/kind`, `kind[1]`, `@gml:id`.
 * @param spatial whether a geometry is expected, which lets gml:boundedBy stand for it
 * @throws TwinError invalid-parameter when the layer has no such property
 */
export function readValueReference(text: string, layer: LayerDeclaration, spatial: boolean): ValueReference {
  const steps = text.trim().replace(/^\/+/, '').split('/');
  const last = (steps.at(-1) ?? '').replace(/\[1\]$/, '');
  const owner = steps.length > 1 ? steps[0]?.replace(/^.*:/, '') : layer.name;
  if (steps.length > 2 || (owner !== layer.name && owner !== '*')) {
    throw invalidParameter('filter', `"${text.slice(0, 200)}" does not name a property of ${layer.name}`);
  }
  if (/^@(?:[\w.-]+:)?id$/.test(last)) return { kind: 'gml-id' };
  const [prefix, name] = last.includes(':') ? last.split(':', 2) : [undefined, last];
  if (name === GEOMETRY) return { kind: 'geometry' };
  const standard = prefix === 'gml' && layer.properties.find(({ gml }) => gml !== undefined && gml === name);
  if (standard) return { kind: 'property', name: filterableProperty(layer, standard.name, 'filter').name };
  const isOwn = layer.properties.some(
    (property) => property.name === name && (prefix === undefined || property.gml === undefined),
  );
  if (prefix === 'gml' || !isOwn) {
    if (name === 'boundedBy' && spatial) return { kind: 'geometry' };
    if (prefix !== undefined && GML_OWN.has(name ?? '')) return { kind: 'never-given' };
  }
  return { kind: 'property', name: filterableProperty(layer, name ?? '', 'filter').name };
}
