/** The report of new sites for print: the question, whom they serve, how sure that is, and what it rests on. */
import type { Language, Text } from '../feature/layer.ts';
import type { SitingAnswer, SitingPreviewReply } from '../wire/siting-answer.ts';
import { type PaperMap, paperMapBlocks } from './paper-map.ts';
import type { Block, PrintDocument, TableColumn } from './print-document.ts';
import { AIM_TITLES, KIND_TITLES, SITING_WORDS, UNIT_TITLES } from './siting-words.ts';
import { dayWords, numberWords } from './value-words.ts';

export interface SitingPaper {
  readonly city: Text;
  readonly language: Language;
  /** The day of the data and the reckoning. */
  readonly date: Date;
  /** Title of the scenario. */
  readonly scenario: string | undefined;
  readonly kind: keyof typeof KIND_TITLES;
  readonly told: SitingPreviewReply;
  /** Of sites that were searched; undefined where somebody has put them. */
  readonly found: SitingAnswer | undefined;
  /** Undefined where nobody is told one by one. */
  readonly maps: { readonly before: PaperMap; readonly after: PaperMap } | undefined;
}

type Say = (word: keyof typeof SITING_WORDS) => string;

export function sitingReport({
  city,
  language,
  date,
  scenario,
  kind,
  told,
  found,
  maps,
}: SitingPaper): PrintDocument {
  const say: Say = (word) => SITING_WORDS[word][language];
  const title = `${say('title')}: ${KIND_TITLES[kind][language].toLowerCase()}`;
  const where = [
    city[language],
    ...(scenario === undefined ? [] : [scenario]),
    dayWords(date.getTime(), language),
  ];
  return {
    ...{ language, title, subject: say('subject'), author: city[language], date },
    blocks: [
      { kind: 'heading', level: 1, text: title },
      { kind: 'paragraph', tone: 'quiet', text: where.join(' · ') },
      { kind: 'heading', level: 2, text: say('effect') },
      effectTable(told, say, language),
      ...siteBlocks(told, say, language),
      ...(maps ? mapBlocks(maps, say) : []),
      ...(found ? proofBlocks(found, say, language) : []),
      { kind: 'heading', level: 2, text: say('walks') },
      walkTable(told, say, language),
      { kind: 'heading', level: 2, text: say('districts') },
      districtTable(told, say, language),
      { kind: 'heading', level: 2, text: say('assumptions') },
      { kind: 'list', items: told.assumptions.map((each) => each[language]) },
    ],
  };
}

const columns = (first: string, ...others: readonly string[]): TableColumn[] => [
  { title: first, share: 3 },
  ...others.map((title) => ({ title, share: 1.4, isNumber: true })),
];

function effectTable({ before, after }: SitingPreviewReply, say: Say, language: Language): Block {
  const rows: readonly (readonly [string, number | null, number | null, number])[] = [
    [say('served'), before.served, after.served, 0],
    [say('unserved'), before.unserved, after.unserved, 0],
    [say('withoutPlace'), before.leftWithoutPlace, after.leftWithoutPlace, 0],
    [say('desert'), before.inDesert, after.inDesert, 0],
    [say('meanWalk'), before.walkMinutesMean, after.walkMinutesMean, 1],
    [say('longWalk'), before.walkMinutesP95, after.walkMinutesP95, 1],
  ];
  return {
    ...{
      kind: 'table',
      caption: say('effect'),
      columns: columns(say('measure'), say('before'), say('after'), say('change')),
    },
    rows: rows.flatMap(([name, was, is, decimals]) =>
      was === null && is === null
        ? []
        : [
            [
              name,
              ...[was, is, was === null || is === null ? null : is - was].map((value) =>
                cell(value, language, decimals),
              ),
            ],
          ],
    ),
  };
}

const cell = (value: number | null, language: Language, decimals = 0): string =>
  value === null ? '–' : numberWords(value, language, decimals);

function siteBlocks(
  { sites, closed, enlarged, costPln }: SitingPreviewReply,
  say: Say,
  language: Language,
): Block[] {
  if (sites.length + closed.length + enlarged.length === 0) return [];
  const head = columns(
    say('site'),
    say('gained'),
    say('within5'),
    say('within10'),
    say('within15'),
    say('halfWalk'),
    say('places'),
    say('cost'),
  );
  return [
    { kind: 'heading', level: 2, text: say('sites') },
    {
      ...{ kind: 'table', caption: say('sites'), columns: head },
      rows: sites.map((site, index) => [
        `${index + 1}. ${site.parcel ?? `E ${Math.round(site.place.e)}, N ${Math.round(site.place.n)}`}`,
        ...[site.gained, site.served5, site.served10, site.served15].map((value) => cell(value, language)),
        cell(site.walkMinutesP50, language, 1),
        cell(site.capacity, language),
        cell(site.costPln / 1e6, language, 2),
      ]),
    },
    ...sites.flatMap(({ checkStates: states }): Block[] =>
      states
        ? [
            {
              kind: 'paragraph',
              text: `${states.parcel}: ${say('findings')} ${states.applies}/${states.touches}/${states.notAssessed}`,
            },
          ]
        : [],
    ),
    ...closed.map((id): Block => ({ kind: 'paragraph', text: `${say('closed')}: ${id}` })),
    ...enlarged.map(
      ({ facility, places }): Block => ({
        kind: 'paragraph',
        text: `${say('enlarged')}: ${facility} +${places}`,
      }),
    ),
    { kind: 'paragraph', text: `${say('costOfAll')}: ${cell(costPln / 1e6, language, 2)} ${say('million')}` },
  ];
}

function mapBlocks({ before, after }: NonNullable<SitingPaper['maps']>, say: Say): readonly Block[] {
  const words = (caption: string, { srid }: PaperMap) => ({
    alt: caption,
    caption: `${caption}. EPSG:${srid}.`,
  });
  return [
    { kind: 'heading', level: 2, text: say('maps') },
    ...paperMapBlocks(before, words(say('mapBefore'), before)),
    ...paperMapBlocks(after, words(say('mapAfter'), after)),
  ];
}

const MOST_BARS = 10;

function proofBlocks(found: SitingAnswer, say: Say, language: Language): Block[] {
  const { objective, bound, unit, proven, gap, seconds, candidates, runnerUp, sensitivity } = found;
  const measured = (value: number) => `${cell(value, language, 1)} ${UNIT_TITLES[unit][language]}`;
  const aim = AIM_TITLES[String(found.question['objective'])]?.[language];
  return [
    { kind: 'heading', level: 2, text: say('proof') },
    {
      kind: 'facts',
      facts: [
        ...(aim === undefined ? [] : [{ name: say('aim'), value: aim }]),
        { name: say('objective'), value: measured(objective) },
        { name: say('bound'), value: `${measured(bound)}${proven ? `, ${say('proven')}` : ''}` },
        { name: say('gap'), value: proven ? '0' : `${cell(gap * 100, language, 2)} %` },
        { name: say('time'), value: `${cell(seconds, language, 1)} s` },
        { name: say('candidates'), value: `${candidates.tried} / ${candidates.fit}` },
        ...(runnerUp
          ? [
              {
                name: say('runnerUp'),
                value: `${runnerUp.sites.join(', ')}: ${say('worseBy')} ${measured(runnerUp.difference)}`,
              },
            ]
          : []),
      ],
    },
    ...(sensitivity.length === 0
      ? []
      : [
          {
            kind: 'bars',
            title: say('sensitivity'),
            bars: sensitivity.slice(0, MOST_BARS).map(({ candidate, share }) => ({
              ...{ label: candidate, value: share * 100, bound: 0, text: `${cell(share * 100, language)} %` },
            })),
          } satisfies Block,
        ]),
  ];
}

function walkTable(
  { histogram: { untilMinutes, before, after } }: SitingPreviewReply,
  say: Say,
  language: Language,
): Block {
  return {
    ...{
      kind: 'table',
      caption: say('walks'),
      columns: columns(say('minutes'), say('before'), say('after')),
    },
    rows: before.map((was, k) => {
      const [from, to] = [untilMinutes[k - 1] ?? 0, untilMinutes[k]];
      const range =
        to === undefined
          ? `> ${cell(from, language, 1)}`
          : `${cell(from, language, 1)}–${cell(to, language, 1)}`;
      return [range, cell(was, language), cell(after[k] ?? 0, language)];
    }),
  };
}

function districtTable({ byDistrict }: SitingPreviewReply, say: Say, language: Language): Block {
  return {
    ...{ kind: 'table', caption: say('districts') },
    columns: columns(say('district'), say('people'), say('before'), say('after'), say('withoutPlace')),
    rows: byDistrict.map((each) => [
      each.name,
      ...[each.people, each.servedBefore, each.servedAfter, each.leftAfter].map((value) =>
        cell(value, language),
      ),
    ]),
  };
}
