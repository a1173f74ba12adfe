import { signal } from '@preact/signals';

/** What the live region says last: results, never motion. */
export const announcement = signal('');
/** A passing remark at the foot of the map (copied, nothing here). */
export const remark = signal('');

let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
  announcement.value = text;
}

export function note(text: string): void {
  announce(text);
  remark.value = text;
  if (timer !== undefined) clearTimeout(timer);
  timer = setTimeout(() => {
    remark.value = '';
  }, 3500);
}
