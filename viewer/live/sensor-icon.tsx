import type { Freshness } from '../../core/live/freshness.ts';
import { shapePath } from './sensor-symbol.ts';

/** The symbol of a sensor for lists and cards; its words stand beside it. */
export function SensorIcon({ kind, freshness }: { kind: string | null; freshness: Freshness }) {
  return (
    <svg class={`sensor-icon ${freshness}`} width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
      <path d={shapePath(kind, 7)} />
      {freshness === 'stale' && <path class="hatch" d="M-6 2 2 10M-8 -5 7 8M-2 -8 9 2" />}
    </svg>
  );
}
