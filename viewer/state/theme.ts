import { signal } from '@preact/signals';
import type { Theme } from '../style/ink.ts';

const STORE_KEY = 'blizniak.theme';

export const theme = signal<Theme>('light');

/** Takes the reader's last choice, else what the system asks for, and marks the document. */
export function startTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const stored = remembered();
  theme.value = stored ?? (dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', () => {
    if (!remembered()) theme.value = dark.matches ? 'dark' : 'light';
  });
  theme.subscribe((value) => {
    document.documentElement.dataset['theme'] = value;
  });
}

export function switchTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(STORE_KEY, theme.value);
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
}

function remembered(): Theme | undefined {
  try {
    const value = localStorage.getItem(STORE_KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}
