/** Thresholds with hysteresis: one alert for one excess, however the value trembles round the limit. */
import type { ThresholdDeclaration } from '../sensor-kind.ts';

export interface ThresholdState {
  /** When the value went beyond; undefined while it is not. */
  sinceMs: number | undefined;
  /** `holding`: beyond for as long as it must be. `told`: and an alert says so. */
  stage: 'watching' | 'holding' | 'told';
}

/** `over` only for what was told. */
export type ThresholdEvent = 'raised' | 'over';

type Limits = Pick<ThresholdDeclaration, 'direction' | 'enter' | 'leave' | 'afterS'>;

/**
 * Takes the next believed value into account; the state is changed in place.
 * @param mayTell whether the time is near enough for an alert; what held long ago is told when it still holds later
 */
export function judgeThreshold(
  { direction, enter, leave, afterS }: Limits,
  state: ThresholdState,
  timeMs: number,
  value: number,
  mayTell: boolean,
): ThresholdEvent | undefined {
  const sign = direction === 'above' ? 1 : -1;
  const isBeyond = sign * value >= sign * enter;
  if (state.stage === 'watching') {
    state.sinceMs = isBeyond ? (state.sinceMs ?? timeMs) : undefined;
    if (state.sinceMs === undefined || timeMs - state.sinceMs < afterS * 1000) return undefined;
    state.stage = 'holding';
  } else if (sign * value <= sign * leave && !isBeyond) {
    const wasTold = state.stage === 'told';
    state.stage = 'watching';
    state.sinceMs = undefined;
    return wasTold ? 'over' : undefined;
  }
  if (state.stage === 'told' || !mayTell) return undefined;
  state.stage = 'told';
  return 'raised';
}
