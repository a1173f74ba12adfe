/** What a kind of sensor declares: all that rules, alerts and pictures need to know of what it measures. */
import type { Text } from '../feature/layer.ts';

export interface SensorKind {
  /** Short and stable: `pm10`. Adapters and thresholds name a kind by it. */
  readonly code: string;
  readonly title: Text;
  /** Address that defines the observed property in SensorThings. */
  readonly definition: string;
  /** Other addresses and names by which others call the same thing, compared without regard to case. */
  readonly alsoCalled: readonly string[];
  readonly unit: {
    /** UCUM code, case sensitive. */
    readonly ucum: string;
    readonly symbol: Text;
  };
  /** Words for values that are states, not amounts; none = a number is said with its unit. */
  readonly states?: Readonly<Record<number, Text>>;
  /** Which of the map's symbols: `air`, `traffic`, `bicycle`, `water`, `weather`, `noise`, `meter`, `parking`, `junction` … */
  readonly group: string;
  /** Seconds between values where the sender does not say. */
  readonly expectedIntervalS: number;
  /** Both ends are possible values; beyond them it is the sensor that speaks, not the city. */
  readonly range: readonly [min: number, max: number];
  /** What no single value does and comes back from; undefined = jumps are usual. */
  readonly spike?: SpikeLimit | undefined;
  readonly flatLine?: FlatLineLimit | undefined;
  readonly neighbours?: NeighbourLimit | undefined;
  /** Offered to a new city, which then changes them as it likes. */
  readonly thresholds: readonly ThresholdDeclaration[];
}

/** A jump from the values before by more than `jump + share × what they are`. */
export interface SpikeLimit {
  readonly jump: number;
  readonly share: number;
}

/** The very same value for this long, where a living sensor would move. */
export interface FlatLineLimit {
  readonly afterS: number;
  /** Values from here down may rest: nobody rides at night, and instruments do not see below some limit. */
  readonly restsAtOrBelow?: number;
}

/**
 * Disagreement with the sensors of the same kind around, by more than `away + share × what they lead to expect`, for
 * so long. What a place usually has more or less than the others (`by`) is learned and allowed for.
 */
export interface NeighbourLimit {
  readonly withinM: number;
  readonly by: 'ratio' | 'difference';
  readonly away: number;
  readonly share: number;
  readonly afterS: number;
}

export type Severity = 'info' | 'warning' | 'critical';

/** Left only when the value has come back beyond `leave`, so that trembling round one value raises one alert. */
export interface ThresholdDeclaration {
  readonly title: Text;
  readonly severity: Severity;
  readonly direction: 'above' | 'below';
  readonly enter: number;
  readonly leave: number;
  /** Seconds that it must hold before it is told. */
  readonly afterS: number;
}
