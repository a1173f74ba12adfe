/** Every class of constraints that a parcel is checked for, in the order in which findings are told. */
import type { Rule } from './rule.ts';
import { HERITAGE_AND_NATURE_RULES } from './rules/heritage-and-nature.ts';
import { PLAN_PARAMETER_RULES } from './rules/plan-parameters.ts';
import { PLANNING_RULES } from './rules/planning.ts';
import { WATER_RULES } from './rules/water.ts';

export const RULES: readonly Rule[] = [
  ...PLANNING_RULES,
  ...PLAN_PARAMETER_RULES,
  ...HERITAGE_AND_NATURE_RULES,
  ...WATER_RULES,
];
