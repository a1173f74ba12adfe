import { TwinError } from '../../core/errors.ts';
import type { Filter } from '../../core/filter/ast.ts';
import type { View } from '../access/view.ts';
import type { EditedObject } from './feature-edits.ts';

/** Objects of a layer; without a filter all of them. */
export interface LockedQuery {
  readonly layer: string;
  readonly filter: Filter | undefined;
}

export interface LockTerms {
  /** How long it holds when nobody uses it. */
  readonly seconds: number;
  /** `all`: every object or none. `some`: those that nobody else has locked. */
  readonly action: 'all' | 'some';
}

export interface Locked {
  /** Undefined when no object was locked. */
  readonly lockId: string | undefined;
  readonly locked: readonly EditedObject[];
  /** Locked by others. */
  readonly notLocked: readonly EditedObject[];
}

/** Locks of staff on single objects, which every server of a city keeps: others cannot change them meanwhile. */
export interface FeatureLocks {
  /** @throws LockFault; TwinError unauthenticated and forbidden for who is not staff */
  lock(queries: readonly LockedQuery[], terms: LockTerms, view: View): Promise<Locked>;
  /** Lets a lock hold for so long from now. @throws LockFault */
  renew(lockId: string, seconds: number, view: View): Promise<Locked>;
}

export type LockFaultCode = 'CannotLockAllFeatures' | 'InvalidLockId' | 'LockHasExpired' | 'locked';

const KINDS = {
  CannotLockAllFeatures: 'conflict',
  InvalidLockId: 'invalid-parameter',
  LockHasExpired: 'conflict',
  locked: 'conflict',
} as const satisfies Record<LockFaultCode, TwinError['kind']>;

/** Why objects cannot be locked, or changed because of a lock. `locked`: who changes them has not named the lock. */
export class LockFault extends TwinError {
  readonly code: LockFaultCode;

  constructor(code: LockFaultCode, message: string) {
    super(KINDS[code], message, { parameter: 'lockId' });
    this.name = 'LockFault';
    this.code = code;
  }
}
