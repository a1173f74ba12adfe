import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** A random name of 5 bits a character. */
export const randomName = (length: number): string =>
  Array.from(randomBytes(length), (byte) => ALPHABET[byte & 31]).join('');

/** The id of an object that a scenario adds. */
export const plannedId = (): string => `PLAN.${randomName(10).toUpperCase()}`;
