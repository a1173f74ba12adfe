/** Numbers that plans set, against what stands on the parcel. */
import type { Text } from '../../../feature/layer.ts';
import type { Threshold } from '../../../wire/parcel-check.ts';
import { sigmaOfLayer } from '../accuracy.ts';
import type { AreaFact, ParcelFacts } from '../facts.ts';
import { judgeCommon, toHundredth } from '../judge.ts';
import type { Draft, Rule } from '../rule.ts';
import { bindingZones } from './planning.ts';

interface Parameter {
  readonly id: string;
  readonly title: Text;
  readonly provision: string;
  /** Property of the zone. */
  readonly property: string;
  readonly must: Threshold['must'];
  readonly unit: string;
  readonly says: (value: string) => Text;
  /** The same measure of what is there today; undefined = it cannot be told from registers. */
  readonly today?: (facts: ParcelFacts, areaM2: number) => number | undefined;
}

const parameterRule = (parameter: Parameter): Rule => ({
  id: parameter.id,
  category: 'planning',
  title: parameter.title,
  provisions: [parameter.provision],
  needs: ['plan_zones'],
  find(facts, law, accuracy) {
    const zones = bindingZones(facts, law.day);
    const drafts = zones.flatMap((zone): readonly Draft[] => {
      const value = zone.properties[parameter.property];
      if ((typeof value !== 'number' && typeof value !== 'string') || value === '' || !zone.common) return [];
      const { state, measured, trace } = judgeCommon(zone.common, accuracy, sigmaOfLayer('plan_zones'));
      const today = parameter.today?.(facts, accuracy.areaM2);
      return [
        {
          state,
          reason: withToday(parameter.says(shown(value)), today, parameter.unit),
          objects: [zone.id],
          measured: {
            ...measured,
            ...(today !== undefined && { value: toHundredth(today), unit: parameter.unit }),
          },
          ...(typeof value === 'number' && {
            threshold: { must: parameter.must, value, unit: parameter.unit },
          }),
          geometry: zone.common,
          ...(zone.properties['plan_kind'] === 'general' && { provision: 'UPZP-13a' }),
          trace,
        },
      ];
    });
    return drafts.length > 0 ? drafts : [unset(zones)];
  },
});

const shown = (value: string | number): string => String(value);

const unset = (zones: readonly AreaFact[]): Draft => ({
  state: 'does-not-apply',
  reason:
    zones.length > 0
      ? { pl: 'Plan nie ustala tego parametru.', en: 'The plan sets no such parameter.' }
      : { pl: 'Nie ma planu, który by go ustalał.', en: 'There is no plan to set it.' },
  objects: zones.map(({ id }) => id),
});

function withToday({ pl, en }: Text, today: number | undefined, unit: string): Text {
  if (today === undefined) return { pl, en };
  const value = `${toHundredth(today)}${unit === '1' ? '' : ` ${unit}`}`;
  return { pl: `${pl} Dziś według ewidencji: ${value}.`, en: `${en} Today by the register: ${value}.` };
}

/** Buildings that cross a border count as far as they stand on the parcel. */
const builtPct = ({ buildings }: ParcelFacts, areaM2: number): number =>
  (100 * buildings.reduce((sum, { commonM2 }) => sum + commonM2, 0)) / areaM2;

const intensity = ({ buildings }: ParcelFacts, areaM2: number): number | undefined => {
  const standing = buildings.filter(({ commonM2 }) => commonM2 > 0);
  if (standing.some(({ storeys }) => storeys === null)) return undefined;
  return standing.reduce((sum, { commonM2, storeys }) => sum + commonM2 * (storeys ?? 1), 0) / areaM2;
};

const highest = ({ buildings }: ParcelFacts): number | undefined => {
  const heights = buildings.filter(({ commonM2 }) => commonM2 > 0).map(({ heightM }) => heightM);
  if (heights.length === 0) return 0;
  const known = heights.filter((height) => height !== null);
  return known.length < heights.length ? undefined : Math.max(...known);
};

const mostStoreys = ({ buildings }: ParcelFacts): number | undefined => {
  const storeys = buildings.filter(({ commonM2 }) => commonM2 > 0).map((each) => each.storeys);
  return storeys.some((count) => count === null)
    ? undefined
    : Math.max(0, ...storeys.map((count) => count ?? 0));
};

export const PLAN_PARAMETER_RULES: readonly Rule[] = [
  parameterRule({
    id: 'plan-max-intensity',
    title: { pl: 'Maksymalna intensywność zabudowy', en: 'Greatest floor area ratio' },
    provision: 'UPZP-15-INT',
    property: 'max_intensity',
    must: '<=',
    unit: '1',
    says: (value) => ({ pl: `Intensywność do ${value}.`, en: `Floor area ratio up to ${value}.` }),
    today: intensity,
  }),
  parameterRule({
    id: 'plan-min-intensity',
    title: { pl: 'Minimalna intensywność zabudowy', en: 'Least floor area ratio' },
    provision: 'UPZP-15-INT',
    property: 'min_intensity',
    must: '>=',
    unit: '1',
    says: (value) => ({ pl: `Intensywność od ${value}.`, en: `Floor area ratio from ${value}.` }),
    today: intensity,
  }),
  parameterRule({
    id: 'plan-built-share',
    title: { pl: 'Maksymalny udział powierzchni zabudowy', en: 'Greatest built share' },
    provision: 'UPZP-15-BUILT',
    property: 'max_built_share_pct',
    must: '<=',
    unit: '%',
    says: (value) => ({
      pl: `Zabudowa do ${value} % działki.`,
      en: `Buildings on up to ${value} % of the parcel.`,
    }),
    today: builtPct,
  }),
  parameterRule({
    id: 'plan-bioactive-share',
    title: { pl: 'Minimalny udział powierzchni biologicznie czynnej', en: 'Least biologically active share' },
    provision: 'UPZP-15-BIO',
    property: 'min_bioactive_share_pct',
    must: '>=',
    unit: '%',
    says: (value) => ({
      pl: `Co najmniej ${value} % działki biologicznie czynne.`,
      en: `At least ${value} % of the parcel biologically active.`,
    }),
  }),
  parameterRule({
    id: 'plan-height',
    title: { pl: 'Maksymalna wysokość zabudowy', en: 'Greatest height' },
    provision: 'UPZP-15-H',
    property: 'max_height_m',
    must: '<=',
    unit: 'm',
    says: (value) => ({ pl: `Wysokość do ${value} m.`, en: `Height up to ${value} m.` }),
    today: highest,
  }),
  parameterRule({
    id: 'plan-new-parcel-area',
    title: { pl: 'Minimalna powierzchnia nowej działki', en: 'Least area of a new parcel' },
    provision: 'UPZP-15-PARCEL',
    property: 'min_parcel_area_m2',
    must: '>=',
    unit: 'm2',
    says: (value) => ({
      pl: `Nowe działki od ${value} m².`,
      en: `New parcels of at least ${value} m².`,
    }),
    today: (_facts, areaM2) => areaM2,
  }),
  parameterRule({
    id: 'plan-parking',
    title: { pl: 'Miejsca postojowe', en: 'Parking spaces' },
    provision: 'UPZP-15-PARK',
    property: 'min_parking_per_dwelling',
    must: '>=',
    unit: '1',
    says: (value) => ({
      pl: `Co najmniej ${value} miejsca postojowego na lokal.`,
      en: `At least ${value} parking spaces for each dwelling.`,
    }),
  }),
  parameterRule({
    id: 'plan-parking-of-services',
    title: { pl: 'Miejsca postojowe usług', en: 'Parking spaces of services' },
    provision: 'UPZP-15-PARK',
    property: 'min_parking_per_100m2',
    must: '>=',
    unit: '1',
    says: (value) => ({
      pl: `Co najmniej ${value} miejsca postojowego na 100 m² usług.`,
      en: `At least ${value} parking spaces for each 100 m² of services.`,
    }),
  }),
  parameterRule({
    id: 'plan-storeys',
    title: { pl: 'Maksymalna liczba kondygnacji', en: 'Greatest number of storeys' },
    provision: 'UPZP-15-STOREYS',
    property: 'max_storeys',
    must: '<=',
    unit: '1',
    says: (value) => ({ pl: `Do ${value} kondygnacji.`, en: `Up to ${value} storeys.` }),
    today: mostStoreys,
  }),
  parameterRule({
    id: 'plan-roof',
    title: { pl: 'Geometria dachu', en: 'Shape of the roof' },
    provision: 'UPZP-15-ROOF',
    property: 'roof_shape',
    must: '<=',
    unit: '1',
    says: (value) => ({ pl: `Dach: ${value}.`, en: `Roof: ${value}.` }),
  }),
];
