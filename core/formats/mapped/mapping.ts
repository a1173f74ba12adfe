/** Reads mappings of features, and holds them to the layer that they are for. */
import { REGISTERS } from '../../catalogue/catalogue.ts';
import { CENSUS_CELLS } from '../../catalogue/census.ts';
import { BUILDING_RESIDENTS } from '../../catalogue/society.ts';
import { invalidParameter } from '../../errors.ts';
import { type LayerDeclaration, propertyOf } from '../../feature/layer.ts';
import {
  type FeatureMapping,
  featureMappingSchema,
  type GridMapping,
  gridMappingSchema,
  type PopulationMapping,
  populationMappingSchema,
} from '../../wire/feature-mapping.ts';

/** Any table with a mapping. */
export type AnyMapping = FeatureMapping | PopulationMapping | GridMapping;

/** @throws TwinError invalid-parameter that names the member of the mapping which cannot be used. */
export function parseMapping(text: string): AnyMapping {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw invalidParameter(
      'mapping',
      `The mapping is not JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
  const { layer: named } = Object(document) as { readonly layer?: unknown };
  const parsed = schemaFor(named).safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidParameter(
      'mapping',
      `The mapping cannot be used: ${issue?.path.join('.') || 'it'} – ${issue?.message}`,
    );
  }
  if (isOfGrid(parsed.data)) return parsed.data;
  const layer = isOfPopulation(parsed.data) ? BUILDING_RESIDENTS : mappableLayer(parsed.data.layer);
  for (const name of Object.keys(parsed.data.properties)) {
    if (propertyOf(layer, name)) continue;
    const known = layer.properties.map((property) => property.name).join(', ');
    throw invalidParameter('mapping', `${layer.name} has no property "${name}"; it has ${known}`);
  }
  return parsed.data;
}

function schemaFor(layer: unknown) {
  if (layer === BUILDING_RESIDENTS.name) return populationMappingSchema;
  return layer === CENSUS_CELLS.name ? gridMappingSchema : featureMappingSchema;
}

/** Whether the file is a table of residents by building or address. */
export const isOfPopulation = (mapping: AnyMapping): mapping is PopulationMapping =>
  mapping.layer === BUILDING_RESIDENTS.name;

/** Whether the file is a table of a census grid. */
export const isOfGrid = (mapping: AnyMapping): mapping is GridMapping => mapping.layer === CENSUS_CELLS.name;

/** @throws TwinError invalid-parameter for a layer that no table brings, with where its objects come from */
export function mappableLayer(name: string): LayerDeclaration {
  const layer = REGISTERS.find((each) => each.name === name);
  const why = layer
    ? whyNot(layer)
    : `There is no layer "${name.slice(0, 60)}"; there are ${MAPPABLE_LAYERS.map((each) => each.name).join(', ')}`;
  if (!layer || why !== undefined) throw invalidParameter('mapping', why ?? '');
  return layer;
}

function whyNot({ name, derivedFrom, keptBy, dimension, audience }: LayerDeclaration): string | undefined {
  if (derivedFrom !== undefined) return `${name} is made from ${derivedFrom}; load that instead`;
  if (keptBy !== undefined)
    return `${name} comes from the workflow of the twin (${keptBy}); no file brings its rows`;
  if (dimension === 3) return `${name} has surfaces, which a table does not tell; load CityGML or CityJSON`;
  if (name === CENSUS_CELLS.name)
    return `${name} has cells that are computed from their codes; write its own kind of mapping, with place and cell`;
  if (audience === 'staff') return `${name} holds personal data; only its own kind of table can be loaded`;
  return undefined;
}

/** Layers that tables bring. */
export const MAPPABLE_LAYERS = REGISTERS.filter((layer) => whyNot(layer) === undefined);
