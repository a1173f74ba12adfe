/** Traffic that is counted. */
import type { SensorKind } from '../sensor-kind.ts';
import { HOUR_S, kind, MINUTE_S, OWN, QUANTITY, text } from './declare.ts';

export const TRAFFIC_KINDS: readonly SensorKind[] = [
  kind({
    code: 'traffic-flow',
    title: text('Natężenie ruchu', 'Traffic flow'),
    definition: `${OWN}/traffic-flow`,
    alsoCalled: ['Natężenie ruchu', 'traffic flow', 'vehicles'],
    unit: { ucum: '{vehicle}/h', symbol: text('poj./h', 'veh./h') },
    group: 'traffic',
    expectedIntervalS: 5 * MINUTE_S,
    range: [0, 9_000],
    spike: { jump: 500, share: 0.8 },
    flatLine: { afterS: HOUR_S, restsAtOrBelow: 20 },
  }),
  kind({
    code: 'traffic-speed',
    title: text('Średnia prędkość', 'Mean speed'),
    definition: `${QUANTITY}/Speed`,
    alsoCalled: ['Średnia prędkość', 'mean speed', 'average speed'],
    unit: { ucum: 'km/h', symbol: text('km/h') },
    group: 'traffic',
    expectedIntervalS: 5 * MINUTE_S,
    range: [0, 250],
    spike: { jump: 45, share: 0.2 },
    flatLine: { afterS: 4 * HOUR_S, restsAtOrBelow: 0 },
  }),
  kind({
    code: 'bicycle-flow',
    title: text('Ruch rowerowy', 'Bicycle flow'),
    definition: `${OWN}/bicycle-flow`,
    alsoCalled: ['Natężenie ruchu rowerowego', 'bicycles', 'rowery'],
    unit: { ucum: '{bicycle}/h', symbol: text('row./h', 'bikes/h') },
    group: 'bicycle',
    expectedIntervalS: 15 * MINUTE_S,
    range: [0, 5_000],
    spike: { jump: 250, share: 1 },
    flatLine: { afterS: 3 * HOUR_S, restsAtOrBelow: 10 },
  }),
];
