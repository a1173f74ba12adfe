import { ZONE_VEHICLES } from '../../../../core/wire/edits/traffic-rules.ts';
import { formatNumber, formatQuantity } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { known, numberIn, wordIn } from '../values.ts';
import { areaShape, cornersOf } from './slow-zone.ts';

const VEHICLES = [
  ['all', 'zoneForAll'],
  ['car', 'zoneForCars'],
  ['truck', 'zoneForTrucks'],
] as const;
const USUAL_SHARE_PCT = 15;

export const LOW_EMISSION_ZONE: EditToolOf<'low-emission-zone'> = {
  kind: 'low-emission-zone',
  subject: 'roads',
  title: 'lowEmissionZone',
  verb: 'verbLowEmissionZone',
  draws: { shape: 'area', hint: 'drawLowEmissionHint' },
  fields: [
    { name: 'vehicles', input: 'choice', label: 'zoneVehicles', options: VEHICLES, usual: 'all' },
    {
      ...{ name: 'sharePct', input: 'number', label: 'zoneShare', unit: 'percent' },
      ...{ min: 0, max: 100, step: 1, usual: USUAL_SHARE_PCT },
    },
    {
      ...{ name: 'chargePln', input: 'number', label: 'zoneCharge', unit: 'PLN' },
      ...{ min: 0.1, max: 500, step: 0.1, optional: true },
    },
  ],
  compose: ({ places, closed, values }) => {
    const sharePct = numberIn(values, 'sharePct');
    if (!closed || sharePct === undefined) return undefined;
    const vehicles = wordIn(values, 'vehicles', ZONE_VEHICLES) ?? 'all';
    const charge = known({ chargePln: numberIn(values, 'chargePln') });
    return [{ kind: 'low-emission-zone', area: cornersOf(places), vehicles, sharePct, ...charge }];
  },
  words: ({ edit }) => t('editLimitsZone', { percent: formatNumber(edit.sharePct) }),
  facts: ({ edit: { vehicles, chargePln }, objects }) => [
    t(VEHICLES.find(([code]) => code === vehicles)?.[1] ?? 'zoneForAll'),
    chargePln === undefined ? t('zoneBans') : t('zoneCharges', { charge: formatQuantity(chargePln, 'PLN') }),
    t('roadZoneStreets', { n: objects.length }),
  ],
  shape: ({ area }) => areaShape(area),
};
