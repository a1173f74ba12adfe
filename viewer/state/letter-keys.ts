import { signal } from '@preact/signals';

const STORE_KEY = 'blizniak.letterKeys';

/**
 * Whether single characters act as commands. People who speak to their machine, or whose keys slip, turn them off
 * (WCAG 2.1.4); arrows, Enter, Space and Esc stay.
 */
export const letterKeys = signal(remembered());

export function switchLetterKeys(on: boolean): void {
  letterKeys.value = on;
  try {
    localStorage.setItem(STORE_KEY, on ? 'on' : 'off');
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(STORE_KEY) !== 'off';
  } catch {
    return true;
  }
}

/** Whether a key is a single printed character and such keys are off. Space is no character but a button's key. */
export const isSilenced = (key: string): boolean => !letterKeys.value && key.length === 1 && key !== ' ';
