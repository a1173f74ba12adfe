import type { Theme } from '../style/ink.ts';
import type { Change } from './compared-city.ts';

/** Colours of differences; each also has a line and a fill of its own, so that colour is never alone. */
export const CHANGE_INK: Readonly<Record<Theme, Readonly<Record<Change, string>>>> = {
  light: { added: '#1b6e3a', removed: '#b3261e', changed: '#8a3ba8' },
  dark: { added: '#7fd6a0', removed: '#ff9d94', changed: '#d59cf0' },
};

/** For tinting walls: light enough to be multiplied with what lies below. */
export const CHANGE_TINT: Readonly<Record<Change, string>> = {
  added: '#6fd394',
  removed: '#ff8d82',
  changed: '#d48cff',
};
