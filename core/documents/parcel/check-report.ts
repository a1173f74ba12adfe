/** The check of a parcel for print: what nobody knows first, then what applies, then the rest, with law and data. */
import type { Language } from '../../feature/layer.ts';
import { CATEGORIES, FINDING_STATES, type Finding, type ParcelCheck } from '../../wire/parcel-check.ts';
import type { Block, PrintDocument } from '../print-document.ts';
import { dayWords } from '../value-words.ts';
import { CATEGORY_WORDS, filled, STATE_WORDS, STRENGTH_WORDS, WORDS } from './document-words.ts';
import { measuredWords, requiredWords } from './measure-words.ts';
import {
  birdsEyeBlocks,
  drawingBlocks,
  heading,
  type ParcelPaper,
  parcelPaper,
  type UsedData,
} from './shared-blocks.ts';

/** @param isArea whether it is an area that somebody drew, and no parcel */
export function checkReport(paper: ParcelPaper, isArea = false): PrintDocument {
  const { check, language, drawing } = paper;
  const alt = isArea ? WORDS.areaAlt[language] : filled(WORDS.drawingAlt[language], { id: check.parcel.id });
  return parcelPaper(
    paper,
    isArea
      ? { title: WORDS.areaTitle, subject: WORDS.areaSubject, isArea }
      : { title: WORDS.checkTitle, subject: WORDS.checkSubject },
    [
      ...summaryBlocks(check, language),
      ...unknownBlocks(check, language),
      ...drawingBlocks(alt, drawing, language),
      ...birdsEyeBlocks(paper, check.parcel.id, language),
      ...findingBlocks(check, language),
      ...fineBlocks(check, language),
    ],
    usedData(check.findings),
  );
}

function summaryBlocks({ findings }: ParcelCheck, language: Language): readonly Block[] {
  const rows = FINDING_STATES.map((state) => [
    STATE_WORDS[state][language],
    String(findings.filter((finding) => finding.state === state).length),
  ]);
  return [
    {
      kind: 'table',
      caption: WORDS.summary[language],
      columns: [
        { title: WORDS.state[language], share: 4 },
        { title: WORDS.count[language], share: 1, isNumber: true },
      ],
      rows,
    },
  ];
}

/** Stands in every report, also when it is empty. */
function unknownBlocks({ findings }: ParcelCheck, language: Language): readonly Block[] {
  const unknown = findings.filter(({ state }) => state === 'not-assessed');
  const items = unknown.map(({ title, reason }) => `${title[language]}: ${reason[language]}`);
  return [
    heading(2, WORDS.notAssessed[language]),
    items.length === 0 ? { kind: 'paragraph', text: WORDS.allAssessed[language] } : { kind: 'list', items },
  ];
}

function findingBlocks({ findings }: ParcelCheck, language: Language): readonly Block[] {
  const told = findings.filter(({ state }) => state === 'applies' || state === 'touches');
  const groups = CATEGORIES.flatMap((category) => {
    const members = told.filter((finding) => finding.category === category);
    if (members.length === 0) return [];
    return [
      heading(2, CATEGORY_WORDS[category][language]),
      ...members.flatMap((finding) => oneFinding(finding, language)),
    ];
  });
  return groups.length > 0
    ? groups
    : [heading(2, WORDS.applying[language]), { kind: 'paragraph', text: WORDS.noneApplying[language] }];
}

function oneFinding(finding: Finding, language: Language): readonly Block[] {
  const { title, state, reason, strength, source, reduced } = finding;
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  const measured = measuredWords(finding, language);
  const required = requiredWords(finding, language);
  const stale = source?.isStale ? `, ${say('stale')}` : '';
  return [
    heading(3, `${title[language]}: ${STATE_WORDS[state][language]}`),
    {
      kind: 'facts',
      facts: [
        { name: say('reason'), value: reason[language] },
        ...(measured === '' ? [] : [{ name: say('measured'), value: measured }]),
        ...(required === '' ? [] : [{ name: say('required'), value: required }]),
        { name: say('law'), value: lawWords(finding, language) },
        { name: say('strength'), value: STRENGTH_WORDS[strength][language] },
        ...(source
          ? [
              {
                name: say('source'),
                value: `${source.steward[language]}, ${source.source ?? say('unknown')}; ${source.datasetDate === undefined ? say('unknown') : dayWords(source.datasetDate, language)}${stale}`,
              },
            ]
          : []),
      ],
    },
    ...(reduced ? [{ kind: 'note', tone: 'info', text: reduced[language] } as const] : []),
  ];
}

function lawWords({ law }: Finding, language: Language): string {
  const { act, unit, paraphrase, actTitle, journal, validFrom, validTo, certainty } = law;
  const from = dayWords(validFrom, language);
  const validity =
    validTo === undefined
      ? filled(WORDS.since[language], { from })
      : filled(WORDS.between[language], { from, to: dayWords(validTo, language) });
  const doubt = certainty === 'to-verify' ? `; ${WORDS.toVerify[language]}` : '';
  return `${act}, ${unit}: ${paraphrase[language]} (${actTitle[language]}, ${journal}; ${validity}${doubt})`;
}

function fineBlocks({ findings }: ParcelCheck, language: Language): readonly Block[] {
  const fine = findings.filter(({ state }) => state === 'does-not-apply');
  if (fine.length === 0) return [];
  return [
    heading(2, WORDS.fine[language]),
    {
      kind: 'table',
      caption: WORDS.fine[language],
      columns: [
        { title: WORDS.finding[language], share: 3 },
        { title: WORDS.reason[language], share: 4 },
        { title: WORDS.law[language], share: 2 },
      ],
      rows: fine.map(({ title, reason, law }) => [
        title[language],
        reason[language],
        `${law.act}, ${law.unit}`,
      ]),
    },
  ];
}

/** Each register once. */
export function usedData(findings: readonly Finding[]): readonly UsedData[] {
  const sources = new Map(
    findings.flatMap(({ source }) => (source ? [[source.layer, source] as const] : [])),
  );
  return [...sources.values()].map((source) => ({ ...source, loadedAt: source.datasetDate }));
}
