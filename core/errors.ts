/**
 * The few kinds of failure that Blizniak can answer. Every protocol maps each kind to its own
 * status and code in one table, so a new kind breaks the build until every protocol answers it.
 */
export type ErrorKind =
  | 'invalid-parameter'
  | 'missing-parameter'
  | 'not-supported'
  | 'not-found'
  | 'not-acceptable'
  | 'unauthenticated'
  | 'forbidden'
  | 'conflict'
  | 'too-large'
  | 'too-many-requests'
  | 'timeout'
  | 'unavailable'
  | 'internal';

interface TwinErrorOptions {
  /** The name of the request parameter, XML element or option at fault, as the caller wrote it. */
  readonly parameter?: string | undefined;
  readonly cause?: unknown;
  /** More that helps to do better, for forms that can carry it: `{suggestions: […]}`. */
  readonly members?: Readonly<Record<string, unknown>> | undefined;
}

/** A failure that is safe to show: what was wrong, where (`parameter`), and what to do, in the message. */
export class TwinError extends Error {
  readonly kind: ErrorKind;
  readonly parameter: string | undefined;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(kind: ErrorKind, message: string, options: TwinErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TwinError';
    this.kind = kind;
    this.parameter = options.parameter;
    this.members = options.members ?? {};
  }
}

/** A parameter that was given and cannot be used. */
export function invalidParameter(parameter: string, message: string): TwinError {
  return new TwinError('invalid-parameter', message, { parameter });
}

/** A parameter that must be given and was not. */
export function missingParameter(
  parameter: string,
  message = `Parameter ${parameter} is missing`,
): TwinError {
  return new TwinError('missing-parameter', message, { parameter });
}

/** A well-formed request for something that this service does not do. */
export function notSupported(message: string, parameter?: string): TwinError {
  return new TwinError('not-supported', message, { parameter });
}

/** A named thing (layer, object, page) that does not exist or may not be known to the caller. */
export function notFound(message: string, parameter?: string): TwinError {
  return new TwinError('not-found', message, { parameter });
}

/** What is there already does not go with it. */
export function conflict(message: string, parameter?: string): TwinError {
  return new TwinError('conflict', message, { parameter });
}

/** A request beyond a stated limit; the message names the limit. */
export function tooLarge(message: string, parameter?: string): TwinError {
  return new TwinError('too-large', message, { parameter });
}

/** A service or file that cannot be reached now; the message says what and what to do. */
export function unavailable(message: string, cause?: unknown): TwinError {
  return new TwinError('unavailable', message, { cause });
}

/** Any thrown value as a TwinError; what was not one becomes `internal` and keeps its cause for the log. */
export function asTwinError(error: unknown): TwinError {
  if (error instanceof TwinError) return error;
  return new TwinError('internal', 'Something went wrong on our side; the request changed nothing', {
    cause: error,
  });
}

/** The words of whatever was thrown. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
