import type { Geometry } from '../../../../core/geo/geometry.ts';
import type { Xy } from '../../../../core/geo/plane.ts';
import { formatQuantity } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { numberIn } from '../values.ts';

const USUAL_KM_H = 30;

export const SLOW_ZONE: EditToolOf<'slow-zone'> = {
  kind: 'slow-zone',
  subject: 'roads',
  title: 'slowZone',
  verb: 'verbSlowZone',
  draws: { shape: 'area', hint: 'drawRoadZoneHint' },
  fields: [
    {
      ...{ name: 'speedKmH', input: 'number', property: ['roads', 'speed_kmh'] },
      ...{ min: 5, max: 60, step: 5, usual: USUAL_KM_H },
    },
  ],
  compose: ({ places, closed, values }) =>
    closed
      ? [{ kind: 'slow-zone', area: cornersOf(places), speedKmH: numberIn(values, 'speedKmH') ?? USUAL_KM_H }]
      : undefined,
  words: ({ edit }) => t('editSlowsZone', { speed: formatQuantity(edit.speedKmH, 'km/h') }),
  facts: ({ objects }) => [t('roadZoneStreets', { n: objects.length })],
  shape: ({ area }) => areaShape(area),
};

export const cornersOf = (places: readonly Xy[]): [number, number][] =>
  places.map(([e, n]): [number, number] => [e, n]);

export function areaShape(area: readonly (readonly [number, number])[]): Geometry | undefined {
  const [first] = area;
  return first ? { type: 'Polygon', coordinates: [[...area, first]] } : undefined;
}
