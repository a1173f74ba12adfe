import type { PrintDocument } from '../../core/documents/print-document.ts';
import { colourOf } from '../../tiles/picture/colour.ts';
import { makePicture } from '../../tiles/picture/picture-maker.ts';

const PICTURE = { widthPx: 1_400, heightPx: 700, background: colourOf('#fcfaf4'), message: 'Plan' };
const FILE = makePicture({ picture: PICTURE, format: 'image/png', isOpaque: true });

/** A document with every kind of block, words that break markup, and letters of three scripts. */
export const SAMPLE_DOCUMENT: PrintDocument = {
  language: 'pl',
  title: 'Zażółć <gęślą> & jaźń',
  subject: 'Próba "wszystkiego"',
  author: 'Miasto Poznań',
  date: new Date('2026-06-30T10:00:00Z'),
  footer: 'Kod: 7F3A-11C2',
  blocks: [
    { kind: 'heading', level: 1, text: 'Zażółć <gęślą> & jaźń' },
    { kind: 'paragraph', text: 'Stan na 30 czerwca 2026 · EPSG:2177', tone: 'quiet' },
    { kind: 'note', tone: 'warning', text: 'Dane są syntetyczne: nie opisują prawdziwego miasta.' },
    { kind: 'note', tone: 'info', text: 'Błąd graniczny ± 0,1 m²; Київ, Δh ≤ 12 m → dopuszczalne.' },
    {
      kind: 'facts',
      facts: [
        { name: 'Działka', value: '306401_1.0021.AR_10.161' },
        { name: 'Powierzchnia', value: '1 234,5 m² ± 0,4 m²' },
      ],
    },
    { kind: 'heading', level: 2, text: 'Mapa' },
    {
      kind: 'figure',
      picture: { file: FILE, widthPx: PICTURE.widthPx, heightPx: PICTURE.heightPx },
      alt: 'Mapa działki z budynkami',
      caption: 'Działka i jej sąsiedztwo.',
      widthMm: 174,
      scaleDenominator: 1_000,
    },
    {
      kind: 'legend',
      entries: [
        { label: 'dodane', stroke: '#1b6e3a', line: 'solid', fill: '#1b6e3a', fillOpacity: 0.3 },
        { label: 'usunięte', stroke: '#b3261e', line: 'dotted', fill: '#b3261e', fillOpacity: 0.1 },
        { label: 'linia zabudowy', stroke: '#8a3ba8', line: 'dashed' },
      ],
    },
    { kind: 'heading', level: 2, text: 'Ustalenia' },
    { kind: 'list', items: ['jeden', `dwa: ${'bardzo długie zdanie o prawie '.repeat(20)}`] },
    {
      kind: 'table',
      caption: 'Skutki',
      columns: [
        { title: 'Wskaźnik', share: 3 },
        { title: 'Dziś', share: 1, isNumber: true },
        { title: 'Uwagi', share: 2 },
      ],
      rows: Array.from({ length: 60 }, (_, n) => [
        `Wiersz ${n}`,
        `${n * 37},5`,
        n % 7 === 0 ? 'słowo '.repeat(20) : '–',
      ]),
    },
    { kind: 'heading', level: 3, text: 'Różnice' },
    {
      kind: 'bars',
      title: 'Powierzchnia zabudowy',
      bars: [
        { label: 'Wariant A', value: -300, bound: 100, text: '−300 ± 100 m²' },
        {
          label: 'Wariant B, o bardzo długiej nazwie, której nie widać',
          value: 820,
          bound: 40,
          text: '+820 ± 40 m²',
        },
      ],
    },
    { kind: 'page-break' },
    { kind: 'heading', level: 2, text: 'Przypisy' },
    { kind: 'paragraph', text: 'Słowo '.repeat(1_500).trim() },
  ],
};
