/** The check of many parcels for print: all in one table, what nobody knows of them, then each by itself. */
import type { Language } from '../../feature/layer.ts';
import {
  type ChecksReply,
  FINDING_STATES,
  type Finding,
  type FindingState,
  type ParcelCheck,
} from '../../wire/parcel-check.ts';
import type { PaperMap } from '../paper-map.ts';
import type { Block, PrintDocument } from '../print-document.ts';
import { usedData } from './check-report.ts';
import { filled, STATE_WORDS, WORDS } from './document-words.ts';
import { measuredWords, quantityWords } from './measure-words.ts';
import { drawingBlocks, framedPaper, heading, type PaperFrame } from './shared-blocks.ts';

export interface ListPaper extends PaperFrame {
  /** At least one parcel. */
  readonly reply: ChecksReply;
  readonly asked: ParcelCheck['asked'];
  readonly drawing: PaperMap;
}

export function listReport(paper: ListPaper): PrintDocument {
  const { reply, asked, language, drawing } = paper;
  const { checks, code } = reply;
  const title = WORDS.listTitle[language];
  const wholeM2 = checks.reduce((sum, { parcel }) => sum + parcel.areaM2, 0);
  const about = [
    { name: WORDS.parcels[language], value: String(checks.length) },
    { name: WORDS.wholeArea[language], value: quantityWords(Math.round(wholeM2), 'm2', language) },
  ];
  return framedPaper(
    paper,
    { asked, code },
    { title, subject: WORDS.listSubject, about },
    [
      ...missingBlocks(reply, language),
      heading(2, WORDS.summary[language]),
      summaryTable(checks, language),
      ...unknownBlocks(checks, language),
      ...drawingBlocks(WORDS.listAlt[language], drawing, language),
      ...checks.flatMap((check) => parcelBlocks(check, language)),
    ],
    usedData(checks.flatMap(({ findings }) => findings)),
  );
}

/** Stands first: who reads the table below must know whom it leaves out. */
function missingBlocks({ unknown }: ChecksReply, language: Language): readonly Block[] {
  if (unknown.length === 0) return [];
  const items = unknown.map(({ id, suggestions, successors }) => {
    if (successors.length > 0) return filled(WORDS.became[language], { id, ids: successors.join(', ') });
    return suggestions.length > 0 ? filled(WORDS.instead[language], { id, ids: suggestions.join(', ') }) : id;
  });
  return [heading(2, WORDS.unknownIds[language]), { kind: 'list', items }];
}

const countOf = ({ findings }: ParcelCheck, state: FindingState): string =>
  String(findings.filter((finding) => finding.state === state).length);

function summaryTable(checks: readonly ParcelCheck[], language: Language): Block {
  return {
    kind: 'table',
    caption: WORDS.eachParcel[language],
    columns: [
      { title: WORDS.parcel[language], share: 3 },
      { title: WORDS.area[language], share: 2, isNumber: true },
      ...FINDING_STATES.map((state) => ({ title: STATE_WORDS[state][language], share: 1.3, isNumber: true })),
    ],
    rows: checks.map((check) => [
      check.parcel.id,
      quantityWords(check.parcel.areaM2, 'm2', language, check.parcel.areaErrorM2),
      ...FINDING_STATES.map((state) => countOf(check, state)),
    ]),
  };
}

/** Each rule once, with the reason of the first and how many parcels it leaves open. */
function unknownBlocks(checks: readonly ParcelCheck[], language: Language): readonly Block[] {
  const rules = new Map<string, { readonly first: Finding; readonly parcels: Set<string> }>();
  for (const { parcel, findings } of checks) {
    for (const finding of findings) {
      if (finding.state !== 'not-assessed') continue;
      const known = rules.get(finding.rule) ?? { first: finding, parcels: new Set<string>() };
      known.parcels.add(parcel.id);
      rules.set(finding.rule, known);
    }
  }
  const items = [...rules.values()].map(({ first, parcels }) => {
    const many = filled(WORDS.onAll[language], { n: parcels.size, all: checks.length });
    return `${first.title[language]} (${many}): ${first.reason[language]}`;
  });
  return [
    heading(2, WORDS.notAssessed[language]),
    items.length === 0 ? { kind: 'paragraph', text: WORDS.allAssessed[language] } : { kind: 'list', items },
  ];
}

function parcelBlocks(check: ParcelCheck, language: Language): readonly Block[] {
  const told = check.findings.filter(({ state }) => state === 'applies' || state === 'touches');
  const id = check.parcel.id;
  if (told.length === 0) return [heading(2, id), { kind: 'paragraph', text: WORDS.noneApplying[language] }];
  return [
    heading(2, id),
    {
      kind: 'table',
      caption: `${id} · ${WORDS.code[language]}: ${check.code}`,
      columns: [
        { title: WORDS.finding[language], share: 3 },
        { title: WORDS.state[language], share: 2 },
        { title: WORDS.measured[language], share: 2 },
        { title: WORDS.reason[language], share: 5 },
        { title: WORDS.law[language], share: 2 },
      ],
      rows: told.map((finding) => [
        finding.title[language],
        STATE_WORDS[finding.state][language],
        measuredWords(finding, language),
        finding.reason[language],
        lawWords(finding, language),
      ]),
    },
  ];
}

function lawWords({ law }: Finding, language: Language): string {
  const doubt = law.certainty === 'to-verify' ? ` (${WORDS.toVerify[language]})` : '';
  return `${law.act}, ${law.unit}${doubt}`;
}
