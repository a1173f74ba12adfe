import type { Audit } from '../services/audit.ts';
import type { SignInsTold } from './identify.ts';

/** Desktop tools send the password with every request: that they did is told once in this time. */
const QUIET_MS = 3_600_000;

/** Signing in, as the audit keeps it: no password, no address, no name that no account has. */
export const signInsTold = (audit: Pick<Audit, 'note'>): SignInsTold => ({
  signedIn: (who) => audit.note({ who, what: 'sign-in.done', about: 'password', quietMs: QUIET_MS }),
  refused: (who, why) => audit.note({ who: who ?? 'unknown', what: 'sign-in.refused', about: '', why }),
});
