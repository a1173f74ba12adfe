/** Every class of constraints that a parcel is checked for, in the order in which findings are told. */
import type { Rule } from './rule.ts';
import { AWAITED_RULES } from './rules/awaited.ts';
import { GREENERY_RULES } from './rules/greenery.ts';
import { GROUND_AND_REGISTER_RULES } from './rules/ground-and-register.ts';
import { HERITAGE_AND_NATURE_RULES } from './rules/heritage-and-nature.ts';
import { NETWORK_RULES } from './rules/networks.ts';
import { NOISE_AND_HEALTH_RULES } from './rules/noise-and-health.ts';
import { PLAN_PARAMETER_RULES } from './rules/plan-parameters.ts';
import { PLANNING_RULES } from './rules/planning.ts';
import { ROAD_RULES } from './rules/roads.ts';
import { SITING_RULES } from './rules/siting.ts';
import { WATER_RULES } from './rules/water.ts';

export const RULES: readonly Rule[] = [
  ...PLANNING_RULES,
  ...PLAN_PARAMETER_RULES,
  ...SITING_RULES,
  ...ROAD_RULES,
  ...NETWORK_RULES,
  ...GREENERY_RULES,
  ...HERITAGE_AND_NATURE_RULES,
  ...WATER_RULES,
  ...NOISE_AND_HEALTH_RULES,
  ...GROUND_AND_REGISTER_RULES,
  ...AWAITED_RULES,
];
