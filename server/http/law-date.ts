import { z } from 'zod';
import { invalidParameter } from '../../core/errors.ts';
import type { Kvp } from './kvp.ts';

const day = z.iso.date();

/**
 * The day whose law applies, YYYY-MM-DD, of `lawDate`.
 * @throws TwinError invalid-parameter for what is no day
 */
export function lawDateOf(kvp: Kvp): string | undefined {
  const text = kvp.get('lawDate');
  if (text === undefined || day.safeParse(text).success) return text;
  throw invalidParameter('lawDate', `lawDate must be a day such as 2026-06-30, got "${text.slice(0, 100)}"`);
}
