/** What the service is asked for, as the screen knows it. */
import type { Signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';

/** Not here yet, here, or why it is not. */
export type Load<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: string };

export const LOADING = { kind: 'loading' } as const;

/**
 * Reads into a signal. What was read before stays on the screen when a later reading fails.
 * @param isWanted whether the answer still is: one that was overtaken is dropped
 */
export async function loadInto<T>(
  into: Signal<Load<T>>,
  read: () => Promise<T>,
  isWanted: () => boolean = () => true,
): Promise<void> {
  try {
    const value = await read();
    if (isWanted()) into.value = { kind: 'ready', value };
  } catch (error) {
    if (!isWanted() || into.peek().kind === 'ready') return;
    into.value = { kind: 'failed', reason: reasonOf(error) };
  }
}
