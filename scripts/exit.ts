/** How a command ends: its exit status, and what it says when it fails or is interrupted. */
import { TwinError } from '../core/errors.ts';

export const EXIT = {
  /** The work was not done. */
  failure: 1,
  /** The command line or the configuration cannot be used. */
  usage: 2,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** Aborted with this reason by Ctrl-C or SIGTERM. */
export class Interrupted extends Error {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`Interrupted by ${signal}`);
    this.name = 'Interrupted';
    this.signal = signal;
  }
}

/** Under npm one Ctrl-C arrives twice: from the terminal and passed on by npm. */
const ECHO_MS = 500;

/**
 * A signal that Ctrl-C and SIGTERM abort, so that work can end cleanly. A second Ctrl-C ends the process at once.
 * @returns the signal and how to stop listening
 */
export function interruptible(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  let since = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    if (!controller.signal.aborted) {
      since = Date.now();
      controller.abort(new Interrupted(signal));
    } else if (Date.now() - since > ECHO_MS) {
      process.exit(EXIT.interrupted);
    }
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    },
  };
}

/** Says on standard error why a command failed, and gives the exit status for it. */
export function reportFailure(error: unknown): number {
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.interrupted;
  }
  if (error instanceof TwinError && error.kind !== 'internal') {
    process.stderr.write(`\n✗ ${error.message}\n`);
    return error.kind === 'invalid-parameter' && error.parameter === undefined ? EXIT.usage : EXIT.failure;
  }
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const shown = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  process.stderr.write(`\n✗ Something went wrong that should not have: please report this.\n${shown}\n`);
  return EXIT.failure;
}
