import { invalidParameter } from '../../core/errors.ts';
import { lawDate } from '../../core/wire/scenario-head.ts';
import type { Kvp } from './kvp.ts';

/**
 * The day whose law applies, YYYY-MM-DD, of `lawDate`.
 * @throws TwinError invalid-parameter for what is no day
 */
export function lawDateOf(kvp: Kvp): string | undefined {
  const text = kvp.get('lawDate');
  if (text === undefined || lawDate.safeParse(text).success) return text;
  throw invalidParameter('lawDate', `lawDate must be a day such as 2026-06-30, got "${text.slice(0, 100)}"`);
}
