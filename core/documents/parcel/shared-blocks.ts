/** What the documents of a parcel have in common: their head, the drawing to scale, and how they are verified. */
import type { Language, Text } from '../../feature/layer.ts';
import type { ParcelCheck } from '../../wire/parcel-check.ts';
import { type PaperMap, paperMapBlocks } from '../paper-map.ts';
import type { Block, Figure, Heading, PrintDocument } from '../print-document.ts';
import { dayWords } from '../value-words.ts';
import { filled, WORDS } from './document-words.ts';
import { quantityWords } from './measure-words.ts';

/** How the very same answer is opened again. */
export interface Proof {
  readonly address: string;
  /** The address as a QR code. */
  readonly qr: Figure['picture'];
}

export const heading = (level: Heading['level'], text: string): Heading => ({ kind: 'heading', level, text });

/** What every document of parcels needs, whatever it tells of them. */
export interface PaperFrame {
  readonly language: Language;
  readonly author: string;
  readonly isSynthetic: boolean;
  /** Title of the scenario. */
  readonly scenario: string | undefined;
  /** How the very same answer is opened again; undefined where no address is long enough. */
  readonly proof: Proof | undefined;
}

/** What is asked and answered: in which state of the city, by which law, under which code. */
interface Answered {
  readonly asked: ParcelCheck['asked'];
  readonly code: string;
}

interface FrameWords {
  readonly title: string;
  readonly subject: Text;
  /** What the document speaks of, before the terms. */
  readonly about: readonly { readonly name: string; readonly value: string }[];
}

/** A document of parcels: its head, what it tells, the data that it rests on, and how it is verified. */
export function framedPaper(
  frame: PaperFrame,
  { asked, code }: Answered,
  { title, subject, about }: FrameWords,
  blocks: readonly Block[],
  used: readonly UsedData[],
): PrintDocument {
  const { language, author, isSynthetic, scenario, proof } = frame;
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  const facts = [
    ...about,
    { name: say('asOf'), value: dayWords(asked.asOf, language) },
    { name: say('lawDate'), value: dayWords(asked.lawDate, language) },
    ...(scenario === undefined ? [] : [{ name: say('scenario'), value: scenario }]),
    { name: say('rules'), value: asked.rules },
    { name: say('code'), value: code },
  ];
  return {
    language,
    title,
    subject: subject[language],
    author,
    date: new Date(asked.asOf),
    footer: `${say('code')}: ${code}`,
    blocks: [
      heading(1, title),
      { kind: 'facts', facts },
      { kind: 'note', tone: 'info', text: say('informative') },
      ...(isSynthetic ? [{ kind: 'note', tone: 'warning', text: say('synthetic') } as const] : []),
      ...blocks,
      ...dataBlocks(used, language),
      ...proofBlocks(proof, code, language),
    ],
  };
}

/** Of one parcel or drawn area. */
export interface ParcelPaper extends PaperFrame {
  readonly check: ParcelCheck;
  readonly drawing: PaperMap;
  /** Undefined for ground on which houses would be specks. */
  readonly birdsEye: Figure['picture'] | undefined;
}

/** @param words those of an area have no place for an id */
export function parcelPaper(
  paper: ParcelPaper,
  words: { readonly title: Text; readonly subject: Text; readonly isArea?: boolean },
  blocks: readonly Block[],
  used: readonly UsedData[],
): PrintDocument {
  const { check, language } = paper;
  const { id, areaM2, areaErrorM2, registeredAreaM2, landUse } = check.parcel;
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  const named = words.title[language];
  const about = [
    ...(words.isArea ? [] : [{ name: say('parcel'), value: id }]),
    { name: say('area'), value: quantityWords(areaM2, 'm2', language, areaErrorM2) },
    ...(registeredAreaM2 === undefined
      ? []
      : [{ name: say('registered'), value: quantityWords(registeredAreaM2, 'm2', language) }]),
    ...(landUse === undefined ? [] : [{ name: say('landUse'), value: landUse }]),
  ];
  const title = words.isArea ? named : `${named} ${id}`;
  return framedPaper(paper, check, { title, subject: words.subject, about }, blocks, used);
}

/** @param alt what the drawing shows, for who does not see it */
export function drawingBlocks(alt: string, drawing: PaperMap, language: Language): readonly Block[] {
  const caption = filled(WORDS.drawingCaption[language], { srid: drawing.srid });
  return [heading(2, WORDS.drawing[language]), ...paperMapBlocks(drawing, { alt, caption })];
}

/** @param id of the parcel */
export function birdsEyeBlocks(
  { birdsEye, drawing }: Pick<ParcelPaper, 'birdsEye' | 'drawing'>,
  id: string,
  language: Language,
): readonly Block[] {
  if (!birdsEye) return [];
  return [
    heading(2, WORDS.birdsEye[language]),
    {
      kind: 'figure',
      picture: birdsEye,
      alt: filled(WORDS.birdsEyeAlt[language], { id }),
      caption: WORDS.birdsEyeCaption[language],
      widthMm: drawing.widthMm,
    },
  ];
}

const QR_MM = 34;

function proofBlocks(proof: Proof | undefined, code: string, language: Language): readonly Block[] {
  const head = heading(2, WORDS.proof[language]);
  if (!proof) return [head, { kind: 'paragraph', text: filled(WORDS.proofByCode[language], { code }) }];
  const { address, qr } = proof;
  return [
    head,
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
