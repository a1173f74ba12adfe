/** Reads mappings of features, and holds them to the layer that they are for. */
import { BUILDING_LINES, PLAN_ACTS, PLAN_AREAS } from '../../catalogue/plan-acts.ts';
import { PLAN_ZONES } from '../../catalogue/planning.ts';
import { invalidParameter } from '../../errors.ts';
import { type LayerDeclaration, propertyOf } from '../../feature/layer.ts';
import { type FeatureMapping, featureMappingSchema } from '../../wire/feature-mapping.ts';

const LAYERS: readonly LayerDeclaration[] = [PLAN_ZONES, PLAN_ACTS, PLAN_AREAS, BUILDING_LINES];

/** @throws TwinError invalid-parameter that names the member of the mapping which cannot be used. */
export function parseMapping(text: string): FeatureMapping {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw invalidParameter(
      'mapping',
      `The mapping is not JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
  const parsed = featureMappingSchema.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidParameter(
      'mapping',
      `The mapping cannot be used: ${issue?.path.join('.') || 'it'} – ${issue?.message}`,
    );
  }
  const layer = mappedLayer(parsed.data);
  for (const name of Object.keys(parsed.data.properties)) {
    if (propertyOf(layer, name)) continue;
    const known = layer.properties.map((property) => property.name).join(', ');
    throw invalidParameter('mapping', `${layer.name} has no property "${name}"; it has ${known}`);
  }
  return parsed.data;
}

export function mappedLayer({ layer }: FeatureMapping): LayerDeclaration {
  const known = LAYERS.find(({ name }) => name === layer);
  if (!known) throw invalidParameter('mapping', `There is no planning layer ${layer}`);
  return known;
}
