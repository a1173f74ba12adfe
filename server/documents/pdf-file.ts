/** The PDF file itself: fonts, metadata, language. The only place that opens pdfkit. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Paper, PrintDocument } from '../../core/documents/print-document.ts';
import { SUBSETS, type Subset } from './font-runs.ts';
import { unpackWoff } from './unpack-woff.ts';

export type PdfFile = InstanceType<typeof PDFDocument>;

/** An element of the structure that screen readers follow. */
export type Tag = ReturnType<PdfFile['struct']>;

export interface TagOptions {
  readonly alt?: string;
  /** Left, top, right, bottom in points from the upper corner of the page. */
  readonly bbox?: readonly [number, number, number, number];
  readonly scope?: 'Column' | 'Row';
}

export const WEIGHTS = { normal: 400, bold: 600 } as const;
export type Weight = keyof typeof WEIGHTS;

export const fontName = (subset: Subset, weight: Weight): string => `${subset} ${weight}`;

const SIZES: Readonly<Record<Paper, { readonly size: string; readonly layout: 'portrait' | 'landscape' }>> = {
  A4: { size: 'A4', layout: 'portrait' },
  'A4-landscape': { size: 'A4', layout: 'landscape' },
  A3: { size: 'A3', layout: 'portrait' },
  'A3-landscape': { size: 'A3', layout: 'landscape' },
};

/** Every date and id in the file follows from the content, so the same content gives the same bytes. */
export function openPdf({
  language,
  title,
  author,
  subject,
  date,
  paper = 'A4',
}: Omit<PrintDocument, 'blocks'>): PdfFile {
  const options = {
    ...SIZES[paper],
    margin: 0,
    pdfVersion: '1.7' as const,
    tagged: true,
    // The declarations of the package do not know it yet.
    subset: 'PDF/UA' as 'PDF/A-1',
    lang: language === 'pl' ? 'pl-PL' : 'en-GB',
    displayTitle: true,
    autoFirstPage: false,
    bufferPages: true,
    // None at first: one that is opened here would not be found again by its name, and opened for every word.
    font: null as unknown as string,
    info: {
      Title: title,
      Author: author,
      Subject: subject,
      CreationDate: date,
      ModDate: date,
      Producer: 'Blizniak',
      Creator: 'Blizniak',
    },
  };
  const file = new PDFDocument(options);
  for (const subset of SUBSETS) {
    for (const weight of ['normal', 'bold'] as const) {
      file.registerFont(fontName(subset, weight), fontFile(subset, weight));
    }
  }
  escapeMetadata(file);
  return file;
}

/** Ends the file. */
export async function closePdf(file: PdfFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    file.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    file.on('end', () => resolve(Buffer.concat(chunks)));
    file.on('error', reject);
  });
  file.end();
  return done;
}

export const tagOf = (file: PdfFile, type: string, options: TagOptions = {}): Tag =>
  // The declarations of the package know neither boxes nor scopes.
  file.struct(type, options as object);

/** The package writes title, author and subject into the XML of the metadata as they are: `<` breaks it. */
function escapeMetadata(file: PdfFile): void {
  const inner = file as unknown as { info: Record<string, unknown>; endMetadata(): void };
  const endMetadata = inner.endMetadata.bind(file);
  inner.endMetadata = () => {
    const escaped = Object.entries(inner.info).map(([name, value]) => [
      name,
      typeof value === 'string' ? escapedXml(value) : value,
    ]);
    inner.info = Object.fromEntries(escaped);
    endMetadata();
  };
}

/** Letters that XML cannot hold are left out. */
const escapedXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const { resolve } = createRequire(import.meta.url);
const fonts = new Map<string, Uint8Array>();

/** The fonts of the maps and the viewer, as they come with the service; read once. */
function fontFile(subset: Subset, weight: Weight): Uint8Array {
  const name = `@fontsource/source-sans-3/files/source-sans-3-${subset}-${WEIGHTS[weight]}-normal.woff`;
  const known = fonts.get(name);
  if (known) return known;
  const font = unpackWoff(readFileSync(resolve(name)));
  fonts.set(name, font);
  return font;
}
