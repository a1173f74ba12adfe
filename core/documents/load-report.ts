/** The report of a load for people: what was read, what became of it, and each finding. */
import type { Language, Text } from '../feature/layer.ts';
import { deedOf, RULE_TITLES, ruleOf, SEVERITY_TITLES, titleOf } from '../formats/load-rules.ts';
import type { DataLoad, FindingPage, LoadFinding, LoadState } from '../wire/load.ts';
import type { Block, PrintDocument } from './print-document.ts';

export interface LoadPaper {
  readonly city: Text;
  readonly load: DataLoad;
  /** The first findings; what is beyond them is only counted. */
  readonly page: FindingPage;
  readonly language: Language;
}

export const LOAD_STATE_TITLES: Readonly<Record<LoadState, Text>> = {
  waiting: { pl: 'czeka', en: 'waiting' },
  running: { pl: 'w toku', en: 'under way' },
  unmapped: { pl: 'czeka na mapowanie kolumn', en: 'waiting for a mapping of its columns' },
  checked: { pl: 'sprawdzony, nic nie zapisano', en: 'checked, nothing was kept' },
  loaded: { pl: 'wczytany', en: 'loaded' },
  refused: { pl: 'odrzucony, nic nie zapisano', en: 'refused, nothing was kept' },
  failed: { pl: 'nie powiodło się, nic nie zapisano', en: 'failed, nothing was kept' },
  cancelled: { pl: 'odwołany, nic nie zapisano', en: 'cancelled, nothing was kept' },
};

const WORDS = {
  title: { pl: 'Raport wczytania', en: 'Report of a load' },
  state: { pl: 'Wynik', en: 'Outcome' },
  file: { pl: 'Plik', en: 'File' },
  handedIn: { pl: 'Przekazał', en: 'Handed in by' },
  source: { pl: 'Źródło', en: 'Source' },
  steward: { pl: 'Gestor danych', en: 'Steward' },
  licence: { pl: 'Licencja', en: 'Licence' },
  format: { pl: 'Format', en: 'Format' },
  crs: { pl: 'Układ współrzędnych', en: 'Coordinate system' },
  dataset: { pl: 'Zbiór', en: 'Dataset' },
  version: { pl: 'Wersja zbioru', en: 'Dataset version' },
  counts: { pl: 'Obiekty', en: 'Objects' },
  layer: { pl: 'Rejestr', en: 'Register' },
  added: { pl: 'nowe', en: 'added' },
  changed: { pl: 'zmienione', en: 'changed' },
  unchanged: { pl: 'bez zmian', en: 'unchanged' },
  ended: { pl: 'zakończone', en: 'ended' },
  rejected: { pl: 'odrzucone', en: 'rejected' },
  all: { pl: 'razem', en: 'all together' },
  findings: { pl: 'Co stwierdzono', en: 'What was found' },
  none: { pl: 'Niczego nie stwierdzono.', en: 'Nothing was found.' },
  object: { pl: 'Obiekt', en: 'Object' },
  rule: { pl: 'Reguła', en: 'Rule' },
  severity: { pl: 'Waga', en: 'Severity' },
  what: { pl: 'Co', en: 'What' },
  place: { pl: 'Miejsce (E N, wiersz)', en: 'Place (E N, line)' },
  done: { pl: 'Co zrobiono', en: 'What was done' },
  line: { pl: 'wiersz', en: 'line' },
  more: {
    pl: 'Podano pierwsze z nich; wszystkie są w raporcie JSON.',
    en: 'These are the first; the JSON report has all.',
  },
} as const satisfies Record<string, Text>;

export function loadReportDocument({ city, load, page, language }: LoadPaper): PrintDocument {
  const say = (word: keyof typeof WORDS) => WORDS[word][language];
  const { report } = load;
  const facts: readonly (readonly [keyof typeof WORDS, string | null | undefined])[] = [
    ['state', LOAD_STATE_TITLES[load.state][language]],
    ['file', `${load.fileName} (${load.bytes} B, SHA-256 ${load.sha256})`],
    ['handedIn', `${load.madeBy}, ${load.madeAt}`],
    ['source', load.asked.source],
    ['steward', load.asked.steward],
    ['licence', load.asked.licence],
    ['format', report?.format],
    ['crs', report?.crs],
    ['dataset', report?.dataset],
    ['version', report?.version?.toString()],
  ];
  return {
    language,
    title: `${WORDS.title[language]}: ${load.fileName}`,
    subject: load.fileName,
    author: city[language],
    date: new Date(load.endedAt ?? load.madeAt),
    paper: 'A4-landscape',
    blocks: [
      { kind: 'heading', level: 1, text: `${WORDS.title[language]}: ${load.fileName}` },
      {
        kind: 'facts',
        facts: facts.flatMap(([name, value]) => (value ? [{ name: say(name), value }] : [])),
      },
      ...(load.problem
        ? [{ kind: 'note', tone: 'warning', text: load.problem.message } as const satisfies Block]
        : []),
      ...(report
        ? [{ kind: 'heading', level: 2, text: say('counts') } as const, countTable(report, say)]
        : []),
      { kind: 'heading', level: 2, text: say('findings') },
      ...(page.findings.length === 0
        ? [{ kind: 'paragraph', text: say('none') } as const]
        : [findingTable(page.findings, language, say)]),
      ...(page.next === null ? [] : [{ kind: 'paragraph', text: say('more') } as const]),
    ],
  };
}

type Say = (word: keyof typeof WORDS) => string;

const COUNTED = ['added', 'changed', 'unchanged', 'ended', 'rejected'] as const;

function countTable(report: NonNullable<DataLoad['report']>, say: Say): Block {
  const rows = [...report.layers, { layer: say('all'), ...report }];
  return {
    kind: 'table',
    caption: say('counts'),
    columns: [
      { title: say('layer'), share: 3 },
      ...COUNTED.map((kind) => ({ title: say(kind), share: 1, isNumber: true })),
    ],
    rows: rows.map((row) => [row.layer, ...COUNTED.map((kind) => String(row[kind]))]),
  };
}

function findingTable(findings: readonly LoadFinding[], language: Language, say: Say): Block {
  return {
    kind: 'table',
    caption: say('findings'),
    columns: [
      { title: say('object'), share: 3 },
      { title: say('rule'), share: 1.5 },
      { title: say('severity'), share: 1 },
      { title: say('what'), share: 4 },
      { title: say('place'), share: 1.8 },
      { title: say('done'), share: 1.8 },
    ],
    rows: findings.map(({ severity, code, objectId, objectClass, layer, message, place, line }) => [
      [objectId ?? '–', objectClass ?? layer].filter(Boolean).join(' · '),
      `${RULE_TITLES[ruleOf(code)][language]} (${code})`,
      SEVERITY_TITLES[severity][language],
      `${titleOf(code)[language]}: ${message}`,
      [place?.map((metres) => metres.toFixed(2)).join(' '), line === null ? '' : `${say('line')} ${line}`]
        .filter(Boolean)
        .join(', '),
      deedOf(severity, code)[language],
    ]),
  };
}
