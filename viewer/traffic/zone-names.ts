import { computed } from '@preact/signals';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import { t } from '../text/text.ts';
import { compassWord } from './compass.ts';
import { trafficAnswer } from './traffic-state.ts';

type Zone = TrafficResult['zones'][number];

/**
 * What people call the zones of the answer: cells by their district, ways out of the city by their street and the side
 * of the city on which they leave it.
 */
export const zoneNames = computed<ReadonlyMap<string, string>>(() => {
  const zones = trafficAnswer.value?.result.zones ?? [];
  const middle = middleOf(zones.filter(({ isGate }) => !isGate));
  return new Map(zones.map((zone) => [zone.id, nameOf(zone, middle)]));
});

function nameOf({ id, isGate, street, district, position: [e, n] }: Zone, [midE, midN]: Place): string {
  if (!isGate) return district ?? id;
  const where = t(compassWord(e - midE, n - midN));
  return street === null ? t('trafficGateNameless', { where }) : t('trafficGate', { street, where });
}

type Place = readonly [e: number, n: number];

function middleOf(zones: readonly Zone[]): Place {
  const sum = (of: (zone: Zone) => number) => zones.reduce((all, zone) => all + of(zone), 0);
  const count = Math.max(1, zones.length);
  return [sum(({ position: [e] }) => e) / count, sum(({ position: [, n] }) => n) / count];
}
