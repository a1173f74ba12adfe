import type { Impact } from '../../core/wire/obstruction.ts';
import type { Phase } from './obstruction-state.ts';

/** Drawn in a box of 20 × 20 around the middle: a shape of its own for each impact, so that none lives by colour. */
const SHAPES: Readonly<Record<Impact, { readonly outline: string; readonly glyph: string }>> = {
  closed: { outline: 'M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z', glyph: 'M-5.2 0h10.4' },
  one_direction: { outline: 'M-8.5 -8.5h17v17h-17z', glyph: 'M0 5.2v-9.6M-4 -.8l4 -4l4 4' },
  narrowed: { outline: 'M0 -9.6l9.4 16.8h-18.8z', glyph: 'M-2.6 4.4v-4l1.2 -2v-3M2.6 4.4v-4l-1.2 -2v-3' },
  hindered: { outline: 'M0 -9.8l9.8 9.8l-9.8 9.8l-9.8 -9.8z', glyph: 'M0 -5v5.6M0 4.2v.4' },
};

/** The sign of an obstruction, to be put into an svg: filled while it runs, empty before. */
export function ImpactShape({ impact, phase }: { impact: Impact; phase: Phase }) {
  const { outline, glyph } = SHAPES[impact];
  return (
    <g class={`obs-sign ${impact} ${phase}`}>
      <path class="outline" d={outline} />
      <path class="glyph" d={glyph} />
    </g>
  );
}

export function ImpactSign({ impact, phase }: { impact: Impact; phase: Phase }) {
  return (
    <svg class="obs-icon" viewBox="-11 -11 22 22" width="22" height="22" aria-hidden="true">
      <ImpactShape impact={impact} phase={phase} />
    </svg>
  );
}
