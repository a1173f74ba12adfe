import { useId } from 'preact/hooks';
import type { ValueStatus } from '../../core/live/value-status.ts';
import { CROSS, STATUS_FORM, shapePath } from './sensor-symbol.ts';

/** The symbol of a sensor for lists, cards and the legend; its words stand beside it. */
export function SensorIcon({ kind, status }: { kind: string | null; status: ValueStatus }) {
  const form = STATUS_FORM[status];
  const shape = shapePath(kind, 7);
  const inside = useId();
  return (
    <svg class={`sensor-icon ${status}`} width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
      {(form === 'half' || form === 'hatched') && (
        <clipPath id={inside}>
          <path d={shape} />
        </clipPath>
      )}
      <path class={form} d={shape} />
      {form === 'hatched' && (
        <path
          class="hatch"
          clip-path={`url(#${inside})`}
          d="M-10 0 0 10M-10 -5 5 10M-8 -8 8 8M-5 -10 10 5M0 -10 10 0"
        />
      )}
      {form === 'half' && <path class="full" clip-path={`url(#${inside})`} d="M-11 0H11V11H-11Z" />}
      {form === 'crossed' && <path class="cross" d={CROSS} />}
      {form === 'question' && (
        <text x="0" y="4" text-anchor="middle">
          ?
        </text>
      )}
    </svg>
  );
}
