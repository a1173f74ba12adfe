/** The table of consequences of a scenario: one model of many indicators, from facts of both states of the city. */
import type { Text } from '../../feature/layer.ts';
import {
  type ConsequenceParameters,
  type ConsequenceRow,
  type Consequences,
  consequenceParametersSchema,
  consequencesSchema,
} from '../../wire/consequences.ts';
import type { Model, RunWatch } from '../model.ts';
import type { ConsequenceFacts } from './facts.ts';
import { findingsOf } from './findings.ts';
import {
  boundOf,
  differingParts,
  type Indicator,
  type Measure,
  type MeasuredFacts,
  type Part,
} from './indicator.ts';
import { affectedBy, INDICATORS } from './indicators.ts';
import { lightOf } from './light.ts';
import { lightFindings } from './light-findings.ts';
import { NOT_ASSESSED } from './not-assessed.ts';
import { type ComparedChecks, compareChecks } from './parcel-findings.ts';
import { type Setting, settingOf } from './setting.ts';

export const CONSEQUENCES: Model<ConsequenceFacts, ConsequenceParameters, Consequences> = {
  name: 'consequences',
  version: '6',
  title: { pl: 'Skutki scenariusza', en: 'Consequences of a scenario' },
  summary: {
    pl: 'Jedna tabela różnic między stanem odniesienia a scenariuszem: zabudowa, intensywność, słońce i niebo sąsiadów, zieleń, mieszkańcy, żłobki, drogi, sieci, roboty ziemne, ustalenia planu i cała kontrola działek w zasięgu zmian. Każda liczba ma granicę błędu; czego nie oceniono, jest wymienione.',
    en: 'One table of differences between the base and the scenario: building, floor area ratio, sun and sky of neighbours, green, residents, nurseries, roads, networks, earthworks, plan limits and the whole check of parcels in reach. Each number has its error bound; what was not assessed is named.',
  },
  parameters: consequenceParametersSchema,
  result: consequencesSchema,
  run(facts, parameters, watch) {
    const setting = settingOf(facts);
    const affected = new Set(affectedBy(facts.editedLayers));
    const checks = checksOf(facts, {
      ...watch,
      progress: (part) => watch.progress(CHECK_SHARE * part),
    });
    const states = measuredFacts(facts, checks, {
      ...watch,
      progress: (part) => watch.progress(CHECK_SHARE + LIGHT_SHARE * part),
    });
    const rows = INDICATORS.map((indicator, index) => {
      watch.progress(WORK_SHARE + ((1 - WORK_SHARE) * index) / INDICATORS.length);
      return affected.has(indicator)
        ? computed(indicator, states, setting, parameters)
        : unchanged(indicator);
    });
    const { after } = facts;
    const findings = [
      ...findingsOf(facts.before, after),
      ...lightFindings(facts, states.before, states.after),
    ];
    watch.progress(1);
    return {
      area: {
        ...(facts.bbox && { bbox: [...facts.bbox] }),
        areaM2: rounded(facts.areaM2, 1),
        landM2: rounded(
          (after.parcels ?? []).reduce((sum, { areaM2 }) => sum + areaM2, 0),
          1,
        ),
        parcels: (after.parcels ?? []).map(({ id }) => id),
      },
      lawDate: facts.lawDate,
      rows,
      findings,
      parcelChecks: checks?.result ?? { parcels: 0, reached: 0, findings: [] },
      notAssessed: [...NOT_ASSESSED, ...(checks?.notAssessed ?? [])],
    };
  },
};

/** Of the work that checks of parcels and light are, where there are any. */
const [CHECK_SHARE, LIGHT_SHARE] = [0.2, 0.7];
const WORK_SHARE = CHECK_SHARE + LIGHT_SHARE;

interface States {
  readonly before: MeasuredFacts;
  readonly after: MeasuredFacts;
}

const checksOf = ({ checks, lawDate }: ConsequenceFacts, watch: RunWatch): ComparedChecks | undefined =>
  checks && compareChecks(checks, lawDate, watch);

function measuredFacts(
  { before, after, light, lawDate }: ConsequenceFacts,
  checks: ComparedChecks | undefined,
  watch: RunWatch,
): States {
  const states: States = checks
    ? { before: { ...before, checked: checks.before }, after: { ...after, checked: checks.after } }
    : { before, after };
  if (!light) return states;
  if ('reason' in light) return { before: { ...states.before, light }, after: { ...states.after, light } };
  const seen = lightOf(light, lawDate, watch);
  return {
    before: { ...states.before, light: seen.before },
    after: { ...states.after, light: seen.after },
  };
}

const headOf = ({ name, title, unit, scope, layers, method, source, boundRule }: Indicator) => ({
  name,
  title,
  unit,
  scope,
  layers: [...layers],
  method,
  ...(source !== undefined && { source }),
  boundRule,
});

const unchanged = (indicator: Indicator): ConsequenceRow => ({
  ...headOf(indicator),
  state: 'unchanged',
  notes: [],
});

const notAssessed = (indicator: Indicator, reason: Text): ConsequenceRow => ({
  ...headOf(indicator),
  state: 'not-assessed',
  reason,
  notes: [],
});

function computed(
  indicator: Indicator,
  states: States,
  setting: Setting,
  parameters: ConsequenceParameters,
): ConsequenceRow {
  const missing = (indicator.needs ?? []).filter((layer) => setting.emptyLayers.includes(layer));
  if (missing.length > 0) {
    const names = missing.join(', ');
    return notAssessed(indicator, {
      pl: `Miasto nie ma danych w warstwie ${names}.`,
      en: `The city has no data in the layer ${names}.`,
    });
  }
  const before = indicator.measure(states.before, setting, parameters);
  const after = indicator.measure(states.after, setting, parameters);
  if ('reason' in after) return notAssessed(indicator, after.reason);
  if ('reason' in before) return notAssessed(indicator, before.reason);
  const { decimals, errors } = indicator;
  const differing = differingParts(before.parts, after.parts);
  const round = (value: number) => rounded(value, decimals);
  const [was, is] = [round(totalOf(before)), round(totalOf(after))];
  const deltaBound = boundShown(boundOf(differing, errors), decimals);
  // Of the rounded values, so that the table adds up as it is read.
  const delta = round(is - was);
  return {
    ...headOf(indicator),
    state: 'computed',
    before: was,
    after: is,
    delta,
    beforeBound: boundShown(boundOf(before.parts, errors), decimals),
    afterBound: boundShown(boundOf(after.parts, errors), decimals),
    deltaBound,
    significance: significanceOf(delta, deltaBound, differing),
    ...breakdownOf(before, after, round),
    notes: [...(after.notes ?? [])],
  };
}

/** By the numbers as they are shown: a bound that is reached is not passed. */
function significanceOf(
  delta: number,
  deltaBound: number,
  differing: readonly Part[],
): NonNullable<ConsequenceRow['significance']> {
  if (delta === 0 && differing.length === 0) return 'none';
  return Math.abs(delta) > deltaBound ? 'beyond-error' : 'within-error';
}

const totalOf = ({ value, parts }: Measure): number =>
  value ?? parts.reduce((sum, part) => sum + part.value, 0);

/** By kind, where the shares have kinds and more than one of them. */
function breakdownOf(
  before: Measure,
  after: Measure,
  round: (value: number) => number,
): Pick<ConsequenceRow, 'breakdown'> {
  const sums = new Map<string, [before: number, after: number]>();
  for (const [index, { parts }] of [before, after].entries()) {
    for (const { kind, value } of parts) {
      if (kind === undefined) continue;
      const sum = sums.get(kind) ?? [0, 0];
      sum[index === 0 ? 0 : 1] += value;
      sums.set(kind, sum);
    }
  }
  if (sums.size < 2) return {};
  const breakdown = [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, [was, is]]) => ({
      kind,
      before: round(was),
      after: round(is),
      delta: round(round(is) - round(was)),
    }));
  return { breakdown };
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  // Never a negative zero, which JSON and people write in two ways.
  return Math.round(value * scale) / scale + 0;
}

/** Upwards: a bound must not shrink by rounding. */
function boundShown(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.ceil(value * scale - 1e-9) / scale + 0;
}
