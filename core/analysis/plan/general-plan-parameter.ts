import { z } from 'zod';

/** Which general plan a model speaks of. */
export const generalPlanParameter = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .optional()
  .describe('Id of the general plan (layer plan_acts); by default the one in force, else the newest');
