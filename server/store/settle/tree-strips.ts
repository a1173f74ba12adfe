/** How far trunks and pipes keep from each other. */
import { sql } from '../sql.ts';

/** GAZ-10-4: reg. of 26 April 2013 on gas networks, § 10(4)–(5): axis to trunk. */
const GAS_M = 2;
const WIDE_GAS_M = 3;
const WIDE_GAS_MM = 300;
/** No act sets it; what operators in Poland mostly ask for. */
const USUAL_M = 1.5;

/** Of a row of `utility_lines`, metres from its axis; nothing is asked of lines above the ground. */
export const TREE_STRIP = {
  of: sql`case when course = 'overhead' then -1
    when network = 'gas' and diameter_mm > ${WIDE_GAS_MM}::integer then ${WIDE_GAS_M}::float8
    when network = 'gas' then ${GAS_M}::float8 else ${USUAL_M}::float8 end`,
  atMostM: WIDE_GAS_M,
} as const;
/** Of a line that is only planned, metres; 0 where nothing is asked. */
export function treeStripM(network: string, course: string, diameterMm: number | undefined): number {
  if (course === 'overhead') return 0;
  if (network !== 'gas') return USUAL_M;
  return (diameterMm ?? 0) > WIDE_GAS_MM ? WIDE_GAS_M : GAS_M;
}
