import { formatNumber, formatQuantity } from '../../../format/number.ts';
import { t, tn } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { touchedName } from '../touched-name.ts';
import { differs, known, numberIn } from '../values.ts';

const DIRECTIONS = [
  ['both', 'roadBothWays'],
  ['along', 'roadAlong'],
  ['against', 'roadAgainst'],
] as const;
const ONEWAY: Readonly<Record<string, boolean | 'against'>> = {
  both: false,
  along: true,
  against: 'against',
};

export const CHANGE_ROAD: EditToolOf<'change-road'> = {
  kind: 'change-road',
  subject: 'roads',
  title: 'changeRoad',
  verb: 'verbChange',
  picks: { layers: ['roads'], hint: 'pickRoad' },
  fields: [
    { name: 'lanes', input: 'number', property: ['roads', 'lanes'], min: 1, max: 12, step: 1 },
    { name: 'speedKmH', input: 'number', property: ['roads', 'speed_kmh'], min: 5, max: 140, step: 5 },
    {
      ...{ name: 'capacityPcuPerH', input: 'number', property: ['roads', 'capacity_pcu_h'] },
      ...{ min: 50, max: 20_000, step: 50, optional: true },
    },
    { name: 'direction', input: 'choice', label: 'roadDirection', options: DIRECTIONS, optional: true },
  ],
  compose: ({ objects: [road], values }) => {
    if (!road) return undefined;
    const changes = known({
      lanes: differs(values, 'lanes', road, 'lanes') ? numberIn(values, 'lanes') : undefined,
      speedKmH: differs(values, 'speedKmH', road, 'speed_kmh') ? numberIn(values, 'speedKmH') : undefined,
      capacityPcuPerH: differs(values, 'capacityPcuPerH', road, 'capacity_pcu_h')
        ? (numberIn(values, 'capacityPcuPerH') ?? null)
        : undefined,
      oneway: ONEWAY[String(values['direction'])],
    });
    if (Object.keys(changes).length === 0) return undefined;
    return [{ kind: 'change-road', road: road.id, ...changes }];
  },
  words: (stored) => t('editChangesRoad', { name: touchedName(stored, stored.edit.road) }),
  facts: ({ edit: { lanes, speedKmH, oneway, capacityPcuPerH } }) => [
    lanes === undefined ? '' : tn('laneCount', lanes, { n: lanes }),
    speedKmH === undefined ? '' : formatQuantity(speedKmH, 'km/h'),
    capacityPcuPerH === undefined
      ? ''
      : capacityPcuPerH === null
        ? t('roadCapacityUsual')
        : t('roadCapacity', { n: formatNumber(capacityPcuPerH) }),
    oneway === undefined
      ? ''
      : t(oneway === false ? 'roadBothWays' : oneway === true ? 'roadAlong' : 'roadAgainst'),
  ],
};
