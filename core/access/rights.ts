/** Roles of people of the office and what each may do: the one table that every door and the viewer ask. */

/**
 * `staff` has every right: the one account of a small town. The others divide the work. `operations` is not called by
 * the person, an operator, because networks have a property of that name.
 */
export const OFFICE_ROLES = [
  'staff',
  'planner',
  'manager',
  'steward',
  'operations',
  'auditor',
  'admin',
] as const;
export type OfficeRole = (typeof OFFICE_ROLES)[number];

export const RIGHTS = [
  /** Told what layers and properties keep for staff. */
  'see',
  /** Makes and changes scenarios, moderates remarks, takes results of models. */
  'plan',
  /** Publishes scenarios and withdraws them. */
  'publish',
  /** Changes single objects of a layer: for a steward, of the layers that the account names. */
  'edit',
  /** Loads files. */
  'load',
  /** Keeps metadata records and stored queries. */
  'describe',
  /** Sensors, alerts, sources of others. */
  'operate',
  /** Orders for clients. */
  'orders',
  /** Reads who took which data. */
  'register',
  /** Makes accounts and says what they may. */
  'accounts',
  /** Reads the audit. */
  'audit',
] as const;
export type Right = (typeof RIGHTS)[number];

/** What is left of the rights of an account to a key of it that only reads. */
export const READING_RIGHTS: ReadonlySet<Right> = new Set<Right>(['see', 'register', 'audit']);

export const RIGHTS_OF: Readonly<Record<OfficeRole, readonly Right[]>> = {
  staff: RIGHTS,
  planner: ['see', 'plan'],
  manager: ['see', 'plan', 'publish', 'describe', 'orders', 'register'],
  steward: ['see', 'edit', 'describe'],
  operations: ['load', 'operate'],
  auditor: ['register', 'audit'],
  admin: ['accounts'],
};

export const ROLE_TITLES: Readonly<Record<OfficeRole, Readonly<Record<'pl' | 'en', string>>>> = {
  staff: { pl: 'pracownik ze wszystkimi prawami', en: 'staff with every right' },
  planner: { pl: 'projektant', en: 'planner' },
  manager: { pl: 'kierownik', en: 'manager' },
  steward: { pl: 'prowadzący rejestr', en: 'steward of registers' },
  operations: { pl: 'operator', en: 'operator' },
  auditor: { pl: 'audytor', en: 'auditor' },
  admin: { pl: 'administrator kont', en: 'administrator of accounts' },
};

const isOfficeRole = (role: string): role is OfficeRole => role in RIGHTS_OF;

/** In the order of `RIGHTS`; none for who is not of the office. */
export function rightsOf(roles: readonly string[]): readonly Right[] {
  const held = new Set(roles.filter(isOfficeRole).flatMap((role) => RIGHTS_OF[role]));
  return RIGHTS.filter((right) => held.has(right));
}
