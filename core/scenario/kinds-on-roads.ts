import type { Edit } from '../wire/scenario.ts';

/** Edits of how roads that stand may be driven: open or closed, direction, lanes, speed, turns, signals, zones. */
export const KINDS_ON_ROADS: readonly Edit['kind'][] = [
  'close-road',
  'open-road',
  'change-road',
  'ban-turn',
  'allow-turn',
  'set-signal',
  'remove-signal',
  'slow-zone',
  'low-emission-zone',
];
