/** The report of a run of traffic for print: what changes, how sure that is, and what it rests on. */
import { roadClassWords } from '../analysis/traffic/road-class-words.ts';
import { type StreetOrder, streetRows } from '../analysis/traffic/street-rows.ts';
import type { Language, Text } from '../feature/layer.ts';
import type { TrafficResult } from '../wire/traffic.ts';
import type { ValidationSums } from '../wire/traffic-validation.ts';
import { type PaperMap, paperMapBlocks } from './paper-map.ts';
import type { Block, PrintDocument } from './print-document.ts';
import { cell, columns, heads, pair, type Say } from './traffic-cells.ts';
import { matrixBlocks } from './traffic-fit-blocks.ts';
import { type NoisePaperMaps, noiseBlocks } from './traffic-noise-blocks.ts';
import { TRAFFIC_WORDS } from './traffic-words.ts';
import { dayWords } from './value-words.ts';

export interface TrafficPaper {
  readonly city: Text;
  readonly language: Language;
  /** `date`: of its end. */
  readonly run: { readonly id: string; readonly version: string; readonly date: Date };
  /** Title of the scenario. */
  readonly scenario: string | undefined;
  readonly result: TrafficResult;
  readonly map: PaperMap | undefined;
  /** Undefined where the run has none. */
  readonly noiseMaps: NoisePaperMaps | undefined;
  /** The day whose limits apply, YYYY-MM-DD. */
  readonly lawDate: string;
}

const MOST_STREETS = 10;

export function trafficReport(paper: TrafficPaper): PrintDocument {
  const { city, language, run, scenario, result, map } = paper;
  const say: Say = (word) => TRAFFIC_WORDS[word][language];
  const { summary } = result;
  const hour = `${summary.hour}:00–${(summary.hour + 1) % 24}:00`;
  const where = [city[language], scenario ?? say('today'), hour, dayWords(run.date.getTime(), language)];
  const orders: readonly StreetOrder[] = result.after ? ['more', 'less', 'loaded'] : ['loaded'];
  const lists = (texts: readonly Text[]) => texts.map((each) => each[language]);
  return {
    ...{ language, title: say('title'), subject: say('subject'), author: city[language], date: run.date },
    footer: `${say('run')} ${run.id} · traffic-assignment ${run.version}`,
    blocks: [
      { kind: 'heading', level: 1, text: say('title') },
      { kind: 'paragraph', tone: 'quiet', text: where.join(' · ') },
      { kind: 'heading', level: 2, text: say('effect') },
      effectTable(result, say, language),
      { kind: 'paragraph', tone: 'quiet', text: summary.exhaustMethod[language] },
      ...(map ? mapBlocks(map, say(result.after ? 'mapChanges' : 'mapLoads'), say) : []),
      ...orders.flatMap((order) => streetBlocks(result, order, say, language)),
      ...districtBlocks(result, say, language),
      ...noiseBlocks(paper, say),
      ...accuracyBlocks(result, say, language),
      ...validationBlocks(result, say, language),
      { kind: 'heading', level: 2, text: say('assumptions') },
      { kind: 'list', items: lists(summary.assumptions) },
      { kind: 'heading', level: 2, text: say('notModelled') },
      { kind: 'list', items: lists(summary.notModelled) },
    ],
  };
}

const mapBlocks = (map: PaperMap, words: string, say: Say): readonly Block[] => [
  { kind: 'heading', level: 2, text: say('map') },
  ...paperMapBlocks(map, { alt: words, caption: words }),
];

function effectTable({ before, after, accessibility }: TrafficResult, say: Say, language: Language): Block {
  type Totals = TrafficResult['before']['totals'];
  const rows: readonly (readonly [Parameters<Say>[0], (totals: Totals) => number, number])[] = [
    ['vehicleHours', ({ vehicleHours }) => vehicleHours, 1],
    ['delayHours', ({ delayHours }) => delayHours, 1],
    ['vehicleKm', ({ vehicleKm }) => vehicleKm, 0],
    ['meanSpeed', ({ meanSpeedKmH }) => meanSpeedKmH, 1],
    ['overCapacity', ({ overCapacityKm }) => overCapacityKm, 2],
    ['trips', ({ trips }) => trips, 0],
    ['lostTrips', ({ lostTrips }) => lostTrips, 1],
    ['nox', ({ exhaustG }) => exhaustG.NOx, 0],
    ['dust', ({ exhaustG }) => exhaustG.PM, 1],
    ['co2', ({ exhaustG }) => exhaustG.CO2 / 1000, 0],
  ];
  const { jobsIn15MinBefore: jobs, nurseryPlacesIn15MinBefore: places } = accessibility;
  return {
    ...{ kind: 'table', caption: say('effect') },
    columns: columns(say('measure'), ...heads(say, after !== null)),
    rows: [
      ...rows.map(([word, of, decimals]) => [
        say(word),
        ...pair(of(before.totals), after && of(after.totals), language, decimals),
      ]),
      [say('jobs'), ...pair(jobs, accessibility.jobsIn15MinAfter, language)],
      [say('nurseries'), ...pair(places, accessibility.nurseryPlacesIn15MinAfter, language)],
    ],
  };
}

const STREET_TITLES = { more: 'gaining', less: 'losing', slower: 'delay', loaded: 'loaded' } as const;

function streetBlocks(result: TrafficResult, order: StreetOrder, say: Say, language: Language): Block[] {
  const title = say(STREET_TITLES[order]);
  const streets = streetRows(result.links, order, MOST_STREETS);
  const head: Block = { kind: 'heading', level: 2, text: title };
  if (streets.length === 0) return [head, { kind: 'paragraph', text: say('none') }];
  const hasAfter = result.after !== null;
  const flows = hasAfter ? [say('flowBefore'), say('flowAfter')] : [say('flowBefore')];
  const table: Block = {
    ...{
      kind: 'table',
      caption: title,
      columns: columns(say('street'), ...flows, say('load'), say('delay')),
    },
    rows: streets.map(({ name, road, before, after }) => {
      return [
        name ?? road,
        cell(before?.flowVehPerH, language),
        ...(hasAfter ? [cell(after?.flowVehPerH, language)] : []),
        cell(after && 100 * after.vOverC, language),
        cell(after?.delayS, language, 1),
      ];
    }),
  };
  return [head, table];
}

function districtBlocks({ districts }: TrafficResult, say: Say, language: Language): Block[] {
  const { names, minutesBefore, minutesAfter } = districts;
  if (names.length === 0) return [];
  const title = say(minutesAfter ? 'districtsChange' : 'districts');
  const cellOf = (row: number, column: number): string => {
    const was = minutesBefore[row]?.[column] ?? null;
    if (!minutesAfter) return cell(was, language, 1);
    const is = minutesAfter[row]?.[column] ?? null;
    return cell(was === null || is === null ? null : is - was, language, 1);
  };
  return [
    { kind: 'heading', level: 2, text: title },
    {
      ...{
        kind: 'table',
        caption: title,
        columns: columns(say('fromTo'), ...names.map((_, k) => String(k + 1))),
      },
      rows: names.map((name, row) => [
        `${row + 1}. ${name}`,
        ...names.map((_, column) => cellOf(row, column)),
      ]),
    },
  ];
}

function accuracyBlocks({ before, after, summary }: TrafficResult, say: Say, language: Language): Block[] {
  const told = (state: TrafficResult['before']): string => {
    const { relativeGap, isReached, iterations } = state.convergence;
    const gap = relativeGap.toExponential(1).replace('.', language === 'pl' ? ',' : '.');
    return `${gap} (${say(isReached ? 'reached' : 'notReached')}, ${iterations} ${say('iterations')})`;
  };
  const objective = [before, ...(after ? [after] : [])].map(({ convergence }) =>
    cell(convergence.objectiveVehH, language, 4),
  );
  return [
    { kind: 'heading', level: 2, text: say('accuracy') },
    {
      kind: 'facts',
      facts: [
        { name: `${say('gap')}: ${say('before')}`, value: told(before) },
        ...(after ? [{ name: `${say('gap')}: ${say('after')}`, value: told(after) }] : []),
        { name: say('objective'), value: objective.join(' → ') },
        ...(summary.noiseVehPerH === null
          ? []
          : [{ name: say('solverNoise'), value: cell(summary.noiseVehPerH, language, 3) }]),
      ],
    },
    { kind: 'paragraph', tone: 'quiet', text: `${say('gap')} = ${before.convergence.definition}` },
  ];
}

function validationBlocks({ validation, demand }: TrafficResult, say: Say, language: Language): Block[] {
  const head: Block = { kind: 'heading', level: 2, text: say('validation') };
  if (!validation) return [head, { kind: 'note', tone: 'warning', text: say('noCounts') }];
  const { all, byClass, heldOut, counts, fit: fitted } = validation;
  const groups: readonly (readonly [string, ValidationSums])[] = [
    [say('all'), all],
    ...byClass.map((each) => [roadClassWords(each.class, language), each.sums] as const),
    ...(fitted
      ? ([
          [say('beforeFit'), fitted.before],
          [say('afterFit'), fitted.after],
        ] as const)
      : []),
    ...(fitted?.heldOutBefore ? [[say('heldOutBefore'), fitted.heldOutBefore] as const] : []),
    ...(heldOut ? [[say('heldOut'), heldOut] as const] : []),
  ];
  const { fit } = demand;
  return [
    head,
    {
      ...{ kind: 'table', caption: say('validation') },
      columns: columns(say('counts'), say('number'), say('gehBelow5'), say('rmse'), say('slope')),
      rows: groups.map(([name, sums]) => [
        name,
        cell(sums.counts, language),
        cell(sums.gehBelow5Pct, language),
        cell(sums.rmsePct, language, 1),
        cell(sums.slope, language, 2),
      ]),
    },
    {
      ...{ kind: 'table', caption: say('worstCounts') },
      columns: columns(say('street'), say('counted'), say('modelled'), 'GEH'),
      rows: counts
        .slice(0, MOST_STREETS)
        .map(({ name, link, countedVehPerH, modelledVehPerH, geh }) => [
          `${name ?? link} (${link})`,
          cell(countedVehPerH, language),
          cell(modelledVehPerH, language),
          cell(geh, language, 1),
        ]),
    },
    {
      ...{ kind: 'paragraph', tone: 'quiet' },
      text: fit
        ? `${say('fitted')}: ${cell(fit.innerFactor, language, 2)} · ${cell(fit.edgeFactor, language, 2)}.`
        : say('notFitted'),
    },
    ...matrixBlocks(fit?.matrix ?? null, validation, language),
  ];
}
