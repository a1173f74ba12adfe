/** Accounts: of clients, in which profiles they may order data; of the office, by their roles. */
import { z } from 'zod';
import { OFFICE_ROLES } from '../access/rights.ts';
import { ORDER_PROFILE_NAMES } from './order.ts';

const organisation = z.string().trim().min(1).max(200);
/** The last day on which it holds, in Poland; null = no end. */
const lastDay = z.iso.date().nullable();

export const entitlementSchema = z.strictObject({
  profile: z.enum(ORDER_PROFILE_NAMES).exclude(['public', 'office']),
  lastDay: lastDay.default(null),
});
export type Entitlement = z.infer<typeof entitlementSchema>;

/** What the office says of a client; what is left out is taken away. */
export const clientAccountSchema = z.strictObject({
  organisation: organisation.nullable().default(null),
  lastDay: lastDay.default(null),
  entitlements: z.array(entitlementSchema).max(ORDER_PROFILE_NAMES.length).default([]),
  /** Whether it is told the critical detail of networks at every door, and not in orders of some profiles alone. */
  networkDetail: z.boolean().default(false),
  /** Whether an account that is there gets a new password; a new account always does. */
  newPassword: z.boolean().default(false),
});
export type ClientAccount = z.infer<typeof clientAccountSchema>;

/** What is said of an account of the office; what is left out is taken away. */
export const officeAccountSchema = z.strictObject({
  roles: z.array(z.enum(OFFICE_ROLES)).min(1).max(OFFICE_ROLES.length),
  /** Names of layers that a steward edits. */
  stewardOf: z.array(z.string().min(1).max(100)).max(200).default([]),
  lastDay: lastDay.default(null),
  newPassword: z.boolean().default(false),
});
export type OfficeAccount = z.infer<typeof officeAccountSchema>;

/** Locks an account and ends its tokens, or opens it again. */
export const accountLockSchema = z.strictObject({
  locked: z.boolean(),
  why: z.string().trim().min(1).max(300),
});
export type AccountLock = z.infer<typeof accountLockSchema>;

export const accountSchema = z.strictObject({
  name: z.string(),
  /** Of the office, whatever its roles. */
  isStaff: z.boolean(),
  roles: z.array(z.enum(OFFICE_ROLES)),
  stewardOf: z.array(z.string()),
  isLocked: z.boolean(),
  organisation: z.string().nullable(),
  lastDay: z.string().nullable(),
  entitlements: z.array(z.strictObject({ profile: z.string(), lastDay: z.string().nullable() })),
  /** Staff are told it without this. */
  networkDetail: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

/** What was said of an account, and who said it. */
export const accountChangeSchema = z.strictObject({
  changedAt: z.string(),
  changedBy: z.string(),
  said: z.union([officeAccountSchema, accountLockSchema, clientAccountSchema]),
});
export type AccountChange = z.infer<typeof accountChangeSchema>;

/** The password is told this once. */
export const savedAccountSchema = accountSchema.extend({ password: z.string().optional() });
export type SavedAccount = z.infer<typeof savedAccountSchema>;
