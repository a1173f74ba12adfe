import { GROUPS } from './groups.ts';

/** What the layers of ground that nature, water, heritage or a plant nearby puts under rules have in common. */
export const ENVIRONMENT_AREA = {
  group: GROUPS.environment,
  geometryType: 'MultiPolygon',
  dimension: 2,
  initiallyVisible: false,
} as const;
