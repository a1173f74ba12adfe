/** An equilibrium with its doubt: how far flows still move when it is taken a hundred times further. */
import type { CancelSignal } from '../../cancel.ts';
import type { AssignmentState } from './assignment-state.ts';
import { assignTraffic, type Equilibrium } from './equilibrium.ts';
import type { Principle } from './link-delay.ts';
import type { RoadNetwork } from './road-network.ts';
import type { TrafficClass } from './traffic-class.ts';

export interface SettledEquilibrium {
  readonly equilibrium: Equilibrium;
  /** Whether the gap that was asked for was reached; `equilibrium` is taken further. */
  readonly isReached: boolean;
  readonly iterations: number;
  /** The largest change of any link's flow from the gap asked for to a hundredth of it. */
  readonly noise: number;
}

export interface SettleOptions {
  readonly targetGap: number;
  readonly principle: Principle;
  readonly start?: AssignmentState | undefined;
  readonly signal: CancelSignal;
  /** Told the gap after each iteration. */
  readonly onGap: (relativeGap: number) => void;
}

const FURTHER = 0.01;
/** Beyond this the arithmetic allows nothing. */
const LEAST_GAP = 1e-13;
const MOST_FURTHER_ITERATIONS = 200;

/** @throws TwinError as `assignTraffic` */
export function settleEquilibrium(
  network: RoadNetwork,
  classes: readonly TrafficClass[],
  { targetGap, principle, start, signal, onGap }: SettleOptions,
): SettledEquilibrium {
  const common = {
    principle,
    signal,
    onIteration: ({ relativeGap }: { relativeGap: number }) => onGap(relativeGap),
  };
  const first = assignTraffic(network, classes, { ...common, targetGap, start });
  const further = assignTraffic(network, classes, {
    ...common,
    targetGap: Math.max(LEAST_GAP, FURTHER * targetGap),
    maxIterations: MOST_FURTHER_ITERATIONS,
    start: first.state(),
  });
  let noise = 0;
  for (let link = 0; link < network.linkCount; link++) {
    noise = Math.max(noise, Math.abs((first.flow[link] as number) - (further.flow[link] as number)));
  }
  return {
    equilibrium: further,
    isReached: first.isReached,
    iterations: first.iterations + further.iterations,
    noise,
  };
}
