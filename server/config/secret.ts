import { inspect } from 'node:util';

/** A value that must not be seen: whatever prints it gets `***` in place of what is secret. */
export class Secret {
  readonly #value: string;
  readonly #shown: string;

  constructor(value: string, shown = '***') {
    this.#value = value;
    this.#shown = shown;
  }

  /** The value itself. Only for the one call that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return this.#shown;
  }

  toJSON(): string {
    return this.#shown;
  }

  [inspect.custom](): string {
    return this.#shown;
  }
}

/** An address with its password hidden, in front of the host or behind the question mark. */
export function maskPassword(text: string): string {
  return text.replace(/^([^:]*:\/\/[^:@/]*):.*@/, '$1:***@').replace(/([?&]password=)[^&]*/, '$1***');
}
