import { notSupported } from '../../errors.ts';
import { type CrsReference, parseCrs } from '../../geo/crs.ts';
import { tellAxisOrder, tellGivenCrs } from '../axis-note.ts';
import { Notebook } from '../notebook.ts';
import type { FormatReader, ReadEvent, ReadOptions } from '../reader.ts';
import { tellUnusedCrs } from '../unused-crs.ts';
import { type CityDocument, corners, isRecord, readBuildings } from './building.ts';
import { looksOf } from './looks.ts';

/**
 * CityJSON 1.0, 1.1 and 2.0 (cityjson.org) and CityJSONSeq. Buildings of LOD1 and higher are taken over with all their
 * parts; other city objects are rejected as `class-not-stored`. Textures and materials stay with their surfaces; extensions are
 * left out and noted.
 * Corners are easting (longitude) first whatever the CRS: so every writer of the format has them. A file is held in
 * memory, of a sequence one feature.
 */
export const CITYJSON: FormatReader = {
  name: 'cityjson',
  recognises: (head) => /^\s*\{/.test(head) && /"CityObjects"\s*:|"type"\s*:\s*"CityJSON"/.test(head),
  read: readCityJson,
};

/** A text of V8 holds no more than 512 MiB. */
const MOST_CHARACTERS = 400_000_000;

async function* readCityJson(chunks: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<ReadEvent> {
  const notes = new Notebook();
  let head: CityDocument | undefined;
  let crs: CrsReference | undefined;
  for await (const part of documents(chunks)) {
    if (head === undefined) {
      head = headOf(part, notes);
      crs = crsOfDocument(part, options, notes);
      yield* readBuildings(head, crs?.srid, notes);
    } else if (part['type'] === 'CityJSONFeature') {
      const feature = { ...partOf(part), transform: head.transform };
      yield* readBuildings({ ...feature, looks: feature.looks ?? head.looks }, crs?.srid, notes);
    } else {
      throw notSupported('A line of the sequence is no CityJSONFeature; nothing was loaded');
    }
  }
  yield* notes.events();
}

/** The document itself, or the lines of a sequence. */
async function* documents(chunks: AsyncIterable<string>): AsyncGenerator<Readonly<Record<string, unknown>>> {
  let rest: string[] = [];
  let length = 0;
  let isSequence: boolean | undefined;
  for await (const chunk of chunks) {
    let text = chunk;
    while (isSequence !== false && text.includes('\n')) {
      const end = text.indexOf('\n');
      const line = rest.join('') + text.slice(0, end);
      if (line.trim() !== '') {
        const document = parsed(line);
        if (document === undefined) {
          if (isSequence) throw notSupported('A line of the sequence is not JSON; nothing was loaded');
          isSequence = false;
          break;
        }
        isSequence = true;
        yield document;
      }
      [rest, length, text] = [[], 0, text.slice(end + 1)];
    }
    rest.push(text);
    length += text.length;
    if (length > MOST_CHARACTERS) {
      throw notSupported('The file is too large to be read at once; write it as CityJSONSeq (cjio … jsonl)');
    }
  }
  const last = rest.join('');
  if (last.trim() === '') return;
  const document = parsed(last);
  if (!document) throw notSupported('The file is not JSON, or it is cut off; nothing was loaded');
  yield document;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isRecord(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function headOf(document: Readonly<Record<string, unknown>>, notes: Notebook): CityDocument {
  const { type, version, transform } = document;
  if (type !== 'CityJSON') throw notSupported('The file is no CityJSON; nothing was loaded');
  if (!/^(1\.[01]|2\.0)(\.\d+)?$/.test(String(version))) {
    throw notSupported(`CityJSON ${String(version)} is not known here; 1.0, 1.1 and 2.0 are`);
  }
  notes.add('version', `CityJSON ${String(version)}`);
  const extensions = isRecord(document['extensions']) ? Object.keys(document['extensions']) : [];
  for (const name of extensions) notes.add(`extension:${name}`, `Of the extension ${name} nothing is read`);
  return { ...partOf(document), transform: isRecord(transform) ? transform : undefined };
}

const partOf = (document: Readonly<Record<string, unknown>>) => ({
  objects: isRecord(document['CityObjects']) ? document['CityObjects'] : {},
  vertices: corners(document['vertices']),
  looks: looksOf(document['appearance']),
});

function crsOfDocument(
  { metadata }: Readonly<Record<string, unknown>>,
  options: ReadOptions,
  notes: Notebook,
): CrsReference | undefined {
  const said = isRecord(metadata) ? metadata['referenceSystem'] : undefined;
  if (typeof said !== 'string') {
    if (options.crs) tellGivenCrs({ ...options.crs, order: 'easting-northing' }, notes);
    return options.crs;
  }
  try {
    const crs: CrsReference = { ...parseCrs(said, 'referenceSystem'), order: 'easting-northing' };
    tellAxisOrder(crs, notes);
    tellUnusedCrs(options, crs, notes);
    return crs;
  } catch (error) {
    if (options.crs === undefined) throw error;
    notes.add('crs', `CRS "${said}" is not known; read as ${options.crs.text}, as asked`);
    return options.crs;
  }
}
