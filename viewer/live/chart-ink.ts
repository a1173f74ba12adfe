/** Colours of curves: told apart by most eyes, 3:1 and better on the paper of their theme; letters tell them too. */
import type { Theme } from '../style/ink.ts';

const CURVES: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#1659a8', '#b3421f', '#23693f', '#7a3b96', '#8a6100', '#0f6f7c'],
  dark: ['#7cb8f5', '#f2956f', '#83cf9f', '#d59cf0', '#e3c16b', '#6fd0dd'],
};

export interface ChartInk {
  readonly paper: string;
  readonly text: string;
  readonly soft: string;
  readonly grid: string;
  readonly warning: string;
}

export const CHART_INK: Readonly<Record<Theme, ChartInk>> = {
  light: { paper: '#ffffff', text: '#1f262d', soft: '#535c64', grid: '#e6e0d2', warning: '#8a4b00' },
  dark: { paper: '#232d38', text: '#e7ebee', soft: '#a5b1bc', grid: '#37434f', warning: '#f0bd7a' },
};

/** The colour of the curve of a letter. */
export const curveInk = (theme: Theme, letter: string): string =>
  CURVES[theme][(letter.charCodeAt(0) - 65) % CURVES[theme].length] ?? CURVES[theme][0] ?? '';
