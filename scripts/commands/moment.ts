import { InvalidArgumentError } from 'commander';

/** Value of a flag. @throws InvalidArgumentError */
export function momentOf(text: string): Date {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new InvalidArgumentError('It must be as 2026-06-30T12:00:00Z.');
  return moment;
}
