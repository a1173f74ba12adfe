/** How commands see the city. */
import { invalidParameter, notFound } from '../../core/errors.ts';
import type { Identity } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { Pool } from '../store/pool.ts';
import { type HeadRow, scenarioHeadSql, stateOf } from '../store/scenario-reading.ts';

/** Who works at the command line works in the office. */
export const OFFICE: Identity = { who: 'command line', roles: ['public', 'staff'] };

/**
 * @param scenario its id
 * @throws TwinError not-found, invalid-parameter for a scenario with a moment
 */
export async function officeView(
  pool: Pool,
  { at, scenario }: { readonly at?: Date | undefined; readonly scenario?: string | undefined },
): Promise<View> {
  if (scenario === undefined) return at ? { who: OFFICE, at } : { who: OFFICE };
  if (at) throw invalidParameter('scenario', 'A scenario is of the city on its own base; give it alone');
  const [head] = await pool.read<HeadRow>(scenarioHeadSql(scenario));
  if (!head) throw notFound(`There is no scenario "${scenario.slice(0, 60)}"`, 'scenario');
  return { who: OFFICE, scenario: stateOf(head) };
}
