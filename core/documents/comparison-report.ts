/** The report of a comparison: maps, effects with their bounds, assumptions, dates of the data, how to do it again. */

import { commonBefore } from '../analysis/consequences/common-before.ts';
import { groupParcelFindings } from '../analysis/consequences/group-parcel-findings.ts';
import type { Language, Text } from '../feature/layer.ts';
import type { ComparedRow, Comparison, ParcelChecks } from '../wire/consequences.ts';
import type { Scenario } from '../wire/scenario.ts';
import { mapBlocks, type ReportMap } from './comparison-maps.ts';
import { REPORT_WORDS } from './comparison-words.ts';
import type { Bar, Block, PrintDocument, TableColumn } from './print-document.ts';
import { dayWords, deltaWords, numberWords, unitWords, valueWords } from './value-words.ts';

export interface ReportLayer {
  readonly title: Text;
  readonly source: string | undefined;
  readonly loadedAt: string | undefined;
  readonly steward: Text;
  readonly synthetic: boolean;
}

export interface ReportFacts {
  readonly city: Text;
  readonly language: Language;
  /** Where the service is seen. */
  readonly serviceUrl: string;
  readonly comparison: Comparison;
  /** In the order of the comparison. */
  readonly scenarios: readonly Scenario[];
  /** The base first. */
  readonly maps: readonly ReportMap[];
  readonly layers: readonly ReportLayer[];
}

type Say = (word: keyof typeof REPORT_WORDS) => string;

export function comparisonReport(facts: ReportFacts): PrintDocument {
  const { city, comparison, scenarios, language } = facts;
  const say: Say = (word) => REPORT_WORDS[word][language];
  const titles = scenarios.map(({ title }) => title).join(' · ');
  const title = `${say('title')}: ${titles}`;
  const youngest = Math.max(...scenarios.map(({ updatedAt }) => Date.parse(updatedAt)));
  const warning = (text: string): Block => ({ kind: 'note', tone: 'warning', text });
  return {
    language,
    title,
    subject: say('subject'),
    author: city[language],
    date: new Date(youngest),
    blocks: [
      heading(1, title),
      quiet(`${city[language]} · ${say('asOf')} ${dayWords(youngest, language)}`),
      ...(facts.layers.some(({ synthetic }) => synthetic) ? [warning(say('synthetic'))] : []),
      ...(comparison.sameBase ? [] : [warning(say('otherBases'))]),
      heading(2, say('scenarios')),
      ...scenarios.flatMap((scenario) => aboutScenario(scenario, say, language)),
      ...mapBlocks(facts.maps, say),
      heading(2, say('effects')),
      quiet(
        `${say('area')}: ${numberWords(comparison.area.areaM2 / 10_000, language, 2)} ha. ${say('boundsMean')}`,
      ),
      effectsTable(comparison, say, language),
      ...barBlocks(comparison, say, language),
      ...betweenBlocks(comparison, say, language),
      ...findingBlocks(comparison, scenarios, say, language),
      ...openBlocks(comparison, say, language),
      heading(2, say('methods')),
      {
        kind: 'list',
        items: comparison.rows.map(
          ({ title, method, boundRule, source }) =>
            `${title[language]}: ${method[language]} ${boundRule[language]}${source ? ` (${source})` : ''}`,
        ),
      },
      ...dataBlocks(facts, say),
      ...againBlocks(facts, say),
    ],
  };
}

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
const quiet = (text: string): Block => ({ kind: 'paragraph', text, tone: 'quiet' });

function aboutScenario(scenario: Scenario, say: Say, language: Language): readonly Block[] {
  const { title, reason, assumptions, lawDate, base, edits, revision } = scenario;
  return [
    heading(3, title),
    ...(reason === '' ? [] : [{ kind: 'paragraph', text: reason } as const]),
    {
      kind: 'facts',
      facts: [
        { name: say('base'), value: dayWords(base.at, language) },
        { name: say('lawDate'), value: dayWords(lawDate, language) },
        { name: say('edits'), value: String(edits.length) },
        { name: say('revision'), value: String(revision) },
      ],
    },
    ...(assumptions.length === 0
      ? [quiet(say('noAssumptions'))]
      : [
          { kind: 'paragraph', text: `${say('assumptions')}:` } as const,
          { kind: 'list', items: assumptions } as const,
        ]),
  ];
}

function effectsTable({ rows, scenarios }: Comparison, say: Say, language: Language): Block {
  const number = (title: string, share: number): TableColumn => ({ title, share, isNumber: true });
  return {
    kind: 'table',
    caption: say('effectsCaption'),
    columns: [
      { title: say('indicator'), share: 3 },
      number(say('baseState'), 1.4),
      ...scenarios.map(({ title }) => number(title, 2.6)),
    ],
    rows: rows.map((row) => {
      const before = commonBefore(row);
      return [
        withUnit(row, language),
        before === undefined ? '–' : valueWords(before.value, before.bound, language),
        ...row.cells.map((cell) => cellWords(cell, before === undefined, say, language)),
      ];
    }),
  };
}

function withUnit({ title, unit }: ComparedRow, language: Language): string {
  const words = unitWords(unit);
  return words === '' ? title[language] : `${title[language]} [${words}]`;
}

/** @param isOwnBase where scenarios speak of different land, each says what it starts from */
function cellWords(
  cell: ComparedRow['cells'][number],
  isOwnBase: boolean,
  say: Say,
  language: Language,
): string {
  if (cell.state === 'not-assessed') return say('unknown');
  if (cell.state === 'unchanged' || cell.significance === 'none') return say('noChange');
  const { before, after = 0, afterBound, delta = 0, deltaBound = 0 } = cell;
  const from = isOwnBase && before !== undefined ? `${valueWords(before, afterBound, language)} → ` : '';
  const word = say(cell.significance === 'within-error' ? 'withinError' : 'beyondError');
  return `${from}${valueWords(after, afterBound, language)} (${deltaWords(delta, deltaBound, language)}; ${word})`;
}

function barBlocks({ rows, scenarios }: Comparison, say: Say, language: Language): readonly Block[] {
  const blocks = rows.flatMap((row): readonly Block[] => {
    const bars = row.cells.flatMap(({ scenario, delta, deltaBound = 0 }, index): readonly Bar[] => {
      if (delta === undefined) return [];
      const text = `${deltaWords(delta, deltaBound, language)} ${unitWords(row.unit)}`.trim();
      return [{ label: scenarios[index]?.title ?? scenario, value: delta, bound: deltaBound, text }];
    });
    const isTold = bars.some(({ value }) => value !== 0);
    return isTold ? [{ kind: 'bars', title: row.title[language], bars }] : [];
  });
  return blocks.length === 0 ? [] : [heading(2, say('charts')), ...blocks];
}

function betweenBlocks({ rows, scenarios }: Comparison, say: Say, language: Language): readonly Block[] {
  const named = (wanted: string) => scenarios.find(({ id }) => id === wanted)?.title ?? wanted;
  const items = rows.flatMap((row) =>
    row.between
      .filter(({ significance }) => significance !== 'none')
      .map(({ from, to, delta, deltaBound, significance }) => {
        const word = say(significance === 'within-error' ? 'withinError' : 'beyondError');
        const difference = `${deltaWords(delta, deltaBound, language)} ${unitWords(row.unit)}`.trim();
        return `${row.title[language]}: „${named(to)}” − „${named(from)}” = ${difference} (${word})`;
      }),
  );
  return items.length === 0 ? [] : [heading(2, say('between')), { kind: 'list', items }];
}

const MOST_FINDINGS = 40;

function findingBlocks(
  { findings }: Comparison,
  scenarios: readonly Scenario[],
  say: Say,
  language: Language,
): readonly Block[] {
  return [
    heading(2, say('findings')),
    ...findings.flatMap(({ scenario, findings: found, parcelChecks }): readonly Block[] => {
      const told = found
        .slice(0, MOST_FINDINGS)
        .map(
          ({ change, layer, id, message, source }) =>
            `${say(change)}: ${message[language]} (${layer} ${id}; ${source})`,
        );
      const more = found.length - told.length;
      return [
        heading(3, scenarios.find(({ id }) => id === scenario)?.title ?? scenario),
        found.length === 0
          ? quiet(say('noFindings'))
          : { kind: 'list', items: more > 0 ? [...told, `${say('more')} ${more}`] : told },
        ...parcelBlocks(parcelChecks, say, language),
      ];
    }),
  ];
}

const MOST_PARCELS_NAMED = 12;

/** What the whole check of parcels says otherwise than in the base, rule by rule. */
function parcelBlocks({ parcels, findings }: ParcelChecks, say: Say, language: Language): readonly Block[] {
  if (parcels === 0) return [];
  const head = `${say('parcelsChecked')}: ${parcels}`;
  if (findings.length === 0) return [quiet(`${head}; ${say('parcelsSame')}`)];
  const items = groupParcelFindings(findings).map(({ change, first, findings: members }) => {
    const { title, law } = first;
    const named = [...new Set(members.map(({ parcel }) => parcel))];
    const shown = named.slice(0, MOST_PARCELS_NAMED).join(', ');
    const rest = named.length - MOST_PARCELS_NAMED;
    const more = rest > 0 ? `; ${say('more')} ${rest}` : '';
    const doubt = members.every(({ significance }) => significance === 'within-error')
      ? `; ${say('withinError')}`
      : '';
    return `${say(change)}: ${title[language]} (${law.act} ${law.unit}${doubt}) – ${say('parcels')}: ${shown}${more}`;
  });
  return [
    { kind: 'paragraph', text: `${head}.` },
    { kind: 'list', items },
  ];
}

/** Rows that nobody could measure, with the reason, and what the table says nothing about. */
function openBlocks(
  { rows, scenarios, notAssessed }: Comparison,
  say: Say,
  language: Language,
): readonly Block[] {
  const unknown = rows.flatMap((row) =>
    row.cells.flatMap(({ state, scenario, reason }) => {
      if (state !== 'not-assessed') return [];
      const named = scenarios.find(({ id }) => id === scenario)?.title ?? scenario;
      return [`${row.title[language]} („${named}”): ${reason?.[language] ?? say('unknown')}`];
    }),
  );
  const items = [
    ...unknown,
    ...notAssessed.map(({ title, reason }) => `${title[language]}: ${reason[language]}`),
  ];
  return items.length === 0 ? [] : [heading(2, say('notAssessed')), { kind: 'list', items }];
}

function dataBlocks({ layers, language }: ReportFacts, say: Say): readonly Block[] {
  return [
    heading(2, say('data')),
    {
      kind: 'table',
      caption: say('dataCaption'),
      columns: [
        { title: say('layer'), share: 3 },
        { title: say('loaded'), share: 2 },
        { title: say('source'), share: 3 },
        { title: say('steward'), share: 3 },
      ],
      rows: layers.map(({ title, loadedAt, source, steward }) => [
        title[language],
        loadedAt === undefined ? '–' : dayWords(loadedAt, language),
        source ?? '–',
        steward[language],
      ]),
    },
  ];
}

function againBlocks(
  { scenarios, comparison, serviceUrl, language }: ReportFacts,
  say: Say,
): readonly Block[] {
  const ids = scenarios.map(({ id }) => id).join(',');
  return [
    heading(2, say('again')),
    { kind: 'paragraph', text: say('againWhat') },
    {
      kind: 'list',
      items: [
        `${serviceUrl}/api/scenarios/compare?ids=${ids}`,
        `${serviceUrl}/api/scenarios/compare/report.pdf?ids=${ids}&lang=${language}`,
        `${say('model')}: ${comparison.model.name} ${comparison.model.version}`,
        `${say('parameters')}: ${JSON.stringify(comparison.parameters)}`,
        ...scenarios.map(
          ({ id, title, revision, base }) =>
            `${title}: ${say('id')} ${id}, ${say('revision')} ${revision}, ${say('baseVersion')} ${base.version} (${base.at})`,
        ),
      ],
    },
  ];
}
