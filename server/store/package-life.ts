import { sql } from './sql.ts';

/** How long the package of an order is kept. */
export const KEPT = sql`interval '30 days'`;
