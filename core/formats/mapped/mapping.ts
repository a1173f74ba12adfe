/** Reads mappings of features, and holds them to the layer that they are for. */
import { BUILDING_LINES, PLAN_ACTS, PLAN_AREAS } from '../../catalogue/plan-acts.ts';
import { PLAN_ZONES } from '../../catalogue/planning.ts';
import { BUILDING_RESIDENTS } from '../../catalogue/society.ts';
import { invalidParameter } from '../../errors.ts';
import { type LayerDeclaration, propertyOf } from '../../feature/layer.ts';
import {
  type FeatureMapping,
  featureMappingSchema,
  type PopulationMapping,
  populationMappingSchema,
} from '../../wire/feature-mapping.ts';

const LAYERS: readonly LayerDeclaration[] = [PLAN_ZONES, PLAN_ACTS, PLAN_AREAS, BUILDING_LINES];

/** @throws TwinError invalid-parameter that names the member of the mapping which cannot be used. */
export function parseMapping(text: string): FeatureMapping | PopulationMapping {
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
  const ofPeople = named === BUILDING_RESIDENTS.name;
  const parsed = (ofPeople ? populationMappingSchema : featureMappingSchema).safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidParameter(
      'mapping',
      `The mapping cannot be used: ${issue?.path.join('.') || 'it'} – ${issue?.message}`,
    );
  }
  const layer = isOfPopulation(parsed.data) ? BUILDING_RESIDENTS : mappedLayer(parsed.data);
  for (const name of Object.keys(parsed.data.properties)) {
    if (propertyOf(layer, name)) continue;
    const known = layer.properties.map((property) => property.name).join(', ');
    throw invalidParameter('mapping', `${layer.name} has no property "${name}"; it has ${known}`);
  }
  return parsed.data;
}

/** Whether the file is a table of residents. */
export const isOfPopulation = (mapping: FeatureMapping | PopulationMapping): mapping is PopulationMapping =>
  'place' in mapping;

export function mappedLayer({ layer }: FeatureMapping): LayerDeclaration {
  const known = LAYERS.find(({ name }) => name === layer);
  if (!known) throw invalidParameter('mapping', `There is no planning layer ${layer}`);
  return known;
}
