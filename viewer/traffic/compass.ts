import type { Word } from '../text/text.ts';

const COMPASS: readonly Word[] = [
  'trafficNorth',
  'trafficNorthEast',
  'trafficEast',
  'trafficSouthEast',
  'trafficSouth',
  'trafficSouthWest',
  'trafficWest',
  'trafficNorthWest',
];

/** A direction by eighths. @param e, n metres to the east and to the north */
export function compassWord(e: number, n: number): Word {
  const eighth = Math.round(Math.atan2(e, n) / (Math.PI / 4));
  return COMPASS[(eighth + 8) % 8] ?? 'trafficNorth';
}
