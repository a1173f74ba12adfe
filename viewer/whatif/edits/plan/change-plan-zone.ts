import type { ChangePlanZone } from '../../../../core/wire/edits/plan-zone.ts';
import { formatNumber, formatQuantity } from '../../../format/number.ts';
import { layerNamed } from '../../../state/twin-state.ts';
import { said, t } from '../../../text/text.ts';
import type { EditToolOf, Field } from '../edit-tool.ts';
import { differs, numberIn, textIn } from '../values.ts';

/** Parameters that are numbers, by the column of the register that holds them. */
const NUMBERS = [
  ['maxHeightM', 'max_height_m', 500, 0.1],
  ['maxStoreys', 'max_storeys', 150, 1],
  ['minIntensity', 'min_intensity', 50, 0.1],
  ['maxIntensity', 'max_intensity', 50, 0.1],
  ['maxBuiltSharePct', 'max_built_share_pct', 100, 1],
  ['minBioactiveSharePct', 'min_bioactive_share_pct', 100, 1],
  ['minParcelAreaM2', 'min_parcel_area_m2', 1_000_000, 1],
  ['minParkingPerDwelling', 'min_parking_per_dwelling', 20, 0.1],
  ['minParkingPer100M2', 'min_parking_per_100m2', 100, 0.1],
] as const;

/** Parameters that are words. */
const TEXTS = [
  ['act', 'act_id', 100],
  ['baseProfile', 'base_profile', 200],
  ['additionalProfile', 'additional_profile', 200],
  ['roofShape', 'roof_shape', 200],
] as const;

const WORDS = [['zoneKind', 'zone_kind'], ...TEXTS] as const;

const FIELDS: readonly Field[] = [
  { name: 'zoneKind', input: 'choice', property: ['plan_zones', 'zone_kind'] },
  ...NUMBERS.map(
    ([name, column, max, step]): Field => ({
      name,
      input: 'number',
      property: ['plan_zones', column],
      min: 0,
      max,
      step,
      optional: true,
    }),
  ),
  ...TEXTS.map(
    ([name, column, most]): Field => ({ name, input: 'text', property: ['plan_zones', column], most }),
  ),
];

/** An empty field says that the plan sets no such limit any more. */
export const CHANGE_PLAN_ZONE: EditToolOf<'change-plan-zone'> = {
  kind: 'change-plan-zone',
  subject: 'plans',
  title: 'changePlanZone',
  verb: 'verbChange',
  picks: { layers: ['plan_zones'], hint: 'pickPlanZone' },
  draws: { shape: 'area', hint: 'drawZoneHint', optional: true },
  fields: FIELDS,
  compose: ({ objects: [zone], places, closed, values }) => {
    if (!zone || (places.length > 0 && !closed)) return undefined;
    const changed = NUMBERS.filter(([name, column]) => differs(values, name, zone, column)).map(
      ([name]) => [name, numberIn(values, name) ?? null] as const,
    );
    const rewritten = TEXTS.flatMap(([name, column]) => {
      const text = textIn(values, name) ?? null;
      return text === (zone.item.properties[column] ?? null) ? [] : [[name, text] as const];
    });
    const zoneKind = textIn(values, 'zoneKind');
    const parameters: Partial<ChangePlanZone> = Object.fromEntries([...changed, ...rewritten]);
    if (zoneKind !== undefined && differs(values, 'zoneKind', zone, 'zone_kind')) {
      parameters.zoneKind = zoneKind;
    }
    const outline = places.map(([e, n]): [number, number] => [e, n]);
    if (Object.keys(parameters).length === 0 && outline.length === 0) return undefined;
    return [
      {
        kind: 'change-plan-zone',
        zone: zone.id,
        ...parameters,
        ...(outline.length > 0 ? { outline } : {}),
      },
    ];
  },
  words: ({ edit, objects }) => {
    const name = objects[0]?.before?.properties['designation'];
    return t('editChangesZone', { id: typeof name === 'string' ? name : edit.zone });
  },
  facts: ({ edit }) => [
    ...NUMBERS.flatMap(([name, column]) =>
      edit[name] === undefined ? [] : [limitWords(column, edit[name])],
    ),
    ...WORDS.flatMap(([name, column]) => (edit[name] === undefined ? [] : [limitWords(column, edit[name])])),
    edit.outline ? t('editNewOutline') : '',
  ],
};

function limitWords(column: string, value: number | string | null): string {
  const property = layerNamed('plan_zones')?.properties.find(({ name }) => name === column);
  const label = property ? said(property.label) : column;
  if (value === null) return `${label}: ${t('limitNone')}`;
  if (typeof value === 'string') {
    const entry = property?.codelist?.find(({ code }) => code === value);
    return `${label}: ${entry ? said(entry.label) : value}`;
  }
  return `${label}: ${property?.unit ? formatQuantity(value, property.unit) : formatNumber(value)}`;
}
