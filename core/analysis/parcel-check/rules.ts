/** Every class of constraints that a parcel is checked for, in the order in which findings are told. */
import type { Rule } from './rule.ts';
import { CASE_RULES } from './rules/cases.ts';
import { GREENERY_RULES } from './rules/greenery.ts';
import { GROUND_HAZARD_RULES } from './rules/ground-hazards.ts';
import { HERITAGE_AND_NATURE_RULES } from './rules/heritage-and-nature.ts';
import { NETWORK_RULES } from './rules/networks.ts';
import { NOISE_AND_HEALTH_RULES } from './rules/noise-and-health.ts';
import { PARCEL_BORDER_RULES } from './rules/parcel-borders.ts';
import { PLAN_PARAMETER_RULES } from './rules/plan-parameters.ts';
import { PLANNING_RULES } from './rules/planning.ts';
import { REGISTER_GROUP_RULES } from './rules/register-group.ts';
import { REGISTERED_AREA_RULES } from './rules/registered-area.ts';
import { RESTRICTED_AREA_RULES } from './rules/restricted-areas.ts';
import { ROAD_RULES } from './rules/roads.ts';
import { SITING_RULES } from './rules/siting.ts';
import { SOIL_RULES } from './rules/soils.ts';
import { TOWNSCAPE_RULES } from './rules/townscape.ts';
import { WATER_RULES } from './rules/water.ts';
import { WATER_PROTECTION_RULES } from './rules/water-protection.ts';

export const RULES: readonly Rule[] = [
  ...PLANNING_RULES,
  ...PLAN_PARAMETER_RULES,
  ...TOWNSCAPE_RULES,
  ...SITING_RULES,
  ...ROAD_RULES,
  ...NETWORK_RULES,
  ...GREENERY_RULES,
  ...HERITAGE_AND_NATURE_RULES,
  ...WATER_RULES,
  ...WATER_PROTECTION_RULES,
  ...NOISE_AND_HEALTH_RULES,
  ...RESTRICTED_AREA_RULES,
  ...SOIL_RULES,
  ...REGISTERED_AREA_RULES,
  ...PARCEL_BORDER_RULES,
  ...REGISTER_GROUP_RULES,
  ...GROUND_HAZARD_RULES,
  ...CASE_RULES,
];
