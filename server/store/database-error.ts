import { TwinError, unavailable } from '../../core/errors.ts';

/** Codes of the operating system for a connection that failed or broke. */
const BROKEN_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Exact SQLSTATEs (PostgreSQL appendix A); prefixes of two characters stand for their class. */
const BY_STATE: Readonly<Record<string, (cause: unknown) => TwinError>> = {
  '57014': (cause) =>
    new TwinError('timeout', 'The database did not finish in time; ask for a smaller area or fewer objects', {
      cause,
    }),
  '23505': (cause) =>
    new TwinError('conflict', 'Somebody else changed the same object at the same time; try again', { cause }),
  '40001': (cause) => new TwinError('conflict', 'The change collided with another one; try again', { cause }),
  '40P01': (cause) => new TwinError('conflict', 'The change collided with another one; try again', { cause }),
  '53100': (cause) => unavailable('The disk of the database is full; free some space and try again', cause),
  '53300': (cause) =>
    unavailable('The database takes no more connections; try again, or raise max_connections', cause),
  '28': (cause) => unavailable('The database refuses our user name or password; check DATABASE_URL', cause),
  '3D000': (cause) => unavailable('The database named in DATABASE_URL does not exist; create it', cause),
  '42501': (cause) =>
    unavailable('The database user lacks a right that the twin needs; ask the administrator', cause),
  '25006': (cause) => unavailable('The database is read-only; point DATABASE_URL at the primary', cause),
  '53': (cause) => unavailable('The database is short of memory or disk; try again later', cause),
  '08': (cause) => unavailable('The connection to the database broke; try again', cause),
  '57P': (cause) => unavailable('The database is starting up or shutting down; try again shortly', cause),
};

/** Any error of the driver as a TwinError, by SQLSTATE, never by the words of a message. */
export function asDatabaseError(error: unknown): TwinError {
  if (error instanceof TwinError) return error;
  const code = codeOf(error);
  const make = code && (BY_STATE[code] ?? BY_STATE[code.slice(0, 3)] ?? BY_STATE[code.slice(0, 2)]);
  if (make) return make(error);
  if (isConnectionError(error)) {
    return unavailable('The connection to the database broke; try again shortly', error);
  }
  return new TwinError('internal', 'The database could not answer; the request changed nothing', {
    cause: error,
  });
}

/** Whether the connection (not the statement) is at fault, so that a fresh one may do better. */
export function isConnectionError(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return error instanceof Error && !(error instanceof TwinError);
  return BROKEN_CONNECTION.has(code) || code.startsWith('08') || code.startsWith('57P');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
