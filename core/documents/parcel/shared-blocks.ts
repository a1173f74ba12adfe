/** What the documents of a parcel have in common: their head, the drawing to scale, and how they are verified. */
import type { Language, Text } from '../../feature/layer.ts';
import type { ParcelCheck } from '../../wire/parcel-check.ts';
import type { Block, Figure, Heading, LegendEntry, PrintDocument } from '../print-document.ts';
import { dayWords } from '../value-words.ts';
import { filled, WORDS } from './document-words.ts';
import { quantityWords } from './measure-words.ts';

/** A map with the parcel in its middle. */
export interface ParcelDrawing {
  readonly picture: Figure['picture'];
  readonly widthMm: number;
  readonly scaleDenominator: number;
  readonly srid: number;
  readonly legend: readonly LegendEntry[];
}

/** How the very same answer is opened again. */
export interface Proof {
  readonly address: string;
  /** The address as a QR code. */
  readonly qr: Figure['picture'];
}

export const heading = (level: Heading['level'], text: string): Heading => ({ kind: 'heading', level, text });

/** What every document of a parcel needs. */
export interface ParcelPaper {
  readonly check: ParcelCheck;
  readonly language: Language;
  readonly author: string;
  readonly isSynthetic: boolean;
  /** Title of the scenario. */
  readonly scenario: string | undefined;
  readonly drawing: ParcelDrawing;
  readonly proof: Proof;
}

/** A document of a parcel: its head, what it tells, the data that it rests on, and how it is verified. */
export function parcelPaper(
  paper: ParcelPaper,
  words: { readonly title: Text; readonly subject: Text },
  blocks: readonly Block[],
  used: readonly UsedData[],
): PrintDocument {
  const { check, language, author, proof } = paper;
  const title = `${words.title[language]} ${check.parcel.id}`;
  return {
    language,
    title,
    subject: words.subject[language],
    author,
    date: new Date(check.asked.asOf),
    footer: `${WORDS.code[language]}: ${check.code}`,
    blocks: [
      ...headBlocks(title, paper),
      ...blocks,
      ...dataBlocks(used, language),
      ...proofBlocks(proof, check.code, language),
    ],
  };
}

function headBlocks(
  title: string,
  { check, language, isSynthetic, scenario }: ParcelPaper,
): readonly Block[] {
  const { parcel, asked, code } = check;
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  const facts = [
    { name: say('parcel'), value: parcel.id },
    { name: say('area'), value: quantityWords(parcel.areaM2, 'm2', language, parcel.areaErrorM2) },
    ...(parcel.registeredAreaM2 === undefined
      ? []
      : [{ name: say('registered'), value: quantityWords(parcel.registeredAreaM2, 'm2', language) }]),
    ...(parcel.landUse === undefined ? [] : [{ name: say('landUse'), value: parcel.landUse }]),
    { name: say('asOf'), value: dayWords(asked.asOf, language) },
    { name: say('lawDate'), value: dayWords(asked.lawDate, language) },
    ...(scenario === undefined ? [] : [{ name: say('scenario'), value: scenario }]),
    { name: say('rules'), value: asked.rules },
    { name: say('code'), value: code },
  ];
  return [
    heading(1, title),
    { kind: 'facts', facts },
    { kind: 'note', tone: 'info', text: say('informative') },
    ...(isSynthetic ? [{ kind: 'note', tone: 'warning', text: say('synthetic') } as const] : []),
  ];
}

export function drawingBlocks(id: string, drawing: ParcelDrawing, language: Language): readonly Block[] {
  const { picture, widthMm, scaleDenominator, srid, legend } = drawing;
  return [
    heading(2, WORDS.drawing[language]),
    {
      kind: 'figure',
      picture,
      alt: filled(WORDS.drawingAlt[language], { id }),
      caption: filled(WORDS.drawingCaption[language], { srid }),
      widthMm,
      scaleDenominator,
    },
    { kind: 'legend', entries: legend },
  ];
}

const QR_MM = 34;

function proofBlocks({ address, qr }: Proof, code: string, language: Language): readonly Block[] {
  return [
    heading(2, WORDS.proof[language]),
    { kind: 'paragraph', text: WORDS.proofHow[language] },
    {
      kind: 'facts',
      facts: [
        { name: WORDS.code[language], value: code },
        { name: WORDS.address[language], value: address },
      ],
    },
    {
      kind: 'figure',
      picture: qr,
      alt: WORDS.qrAlt[language],
      caption: WORDS.qrAlt[language],
      widthMm: QR_MM,
    },
  ];
}

/** A register that a document rests on. */
export interface UsedData {
  readonly layer: string;
  readonly steward: Text;
  readonly licence: Text;
  /** ISO text. */
  readonly loadedAt?: string | undefined;
  readonly version: number;
}

/** Each register with who keeps it, when it was loaded and under which licence; nothing where none was used. */
function dataBlocks(used: readonly UsedData[], language: Language): readonly Block[] {
  if (used.length === 0) return [];
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  return [
    heading(2, say('dataUsed')),
    {
      kind: 'table',
      caption: say('dataUsed'),
      columns: [
        { title: say('layer'), share: 3 },
        { title: say('steward'), share: 4 },
        { title: say('loaded'), share: 2 },
        { title: say('version'), share: 1, isNumber: true },
        { title: say('licence'), share: 4 },
      ],
      rows: used.map(({ layer, steward, licence, loadedAt, version }) => [
        layer,
        steward[language],
        loadedAt === undefined ? say('unknown') : dayWords(loadedAt, language),
        String(version),
        licence[language],
      ]),
    },
  ];
}
