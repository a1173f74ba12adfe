import { shapePath } from './sensor-symbol.ts';
import type { ValueStatus } from './value-status.ts';

/** The symbol of a sensor for lists and cards; its words stand beside it. */
export function SensorIcon({ kind, status }: { kind: string | null; status: ValueStatus }) {
  return (
    <svg class={`sensor-icon ${status}`} width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
      <path d={shapePath(kind, 7)} />
      {status === 'stale' && <path class="hatch" d="M-6 2 2 10M-8 -5 7 8M-2 -8 9 2" />}
    </svg>
  );
}
