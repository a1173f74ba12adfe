import type { Feature } from './feature.ts';
import type { CriticalDetail } from './layer.ts';

/** Whether the detail of an object is told to few. The same in SQL: `toldColumn` of the store. */
export const isCritical = (
  { objects }: CriticalDetail,
  { properties }: Pick<Feature, 'properties'>,
): boolean =>
  objects.some((conditions) =>
    Object.entries(conditions).every(([name, values]) =>
      values.some((value) => value === (properties[name] ?? null)),
    ),
  );

/** A feature without its critical detail. */
export function withoutDetail(critical: CriticalDetail, feature: Feature): Feature {
  if (!isCritical(critical, feature)) return feature;
  const missing = critical.properties.filter((name) => name in feature.properties);
  return {
    ...feature,
    properties: { ...feature.properties, ...Object.fromEntries(missing.map((name) => [name, null])) },
  };
}
