/** Registers of the state as exchange GML in the schemas of 2021, streamed. */
import type { Feature } from '../../feature/feature.ts';
import { batchesOf, type FeatureStream } from '../../feature/source.ts';
import { crsOf, crsUrn } from '../../geo/crs.ts';
import { commentText, escapeText } from '../../xml/writer.ts';
import { ByteWriter } from '../byte-writer.ts';
import { GML_NAMESPACE, type GmlStyle } from '../gml.ts';
import { RegisterElements } from './register-elements.ts';
import { type FindFeatures, RegisterLinks } from './register-links.ts';
import { RegisterTally } from './register-tally.ts';

/** How the objects of a layer are written. */
export interface RegisterClass {
  readonly layer: string;
  /** Class of an object; undefined when the register has none for it. */
  readonly classOf: (feature: Feature) => string | undefined;
  /** Objects that are looked up at once; fewer where each refers to many. */
  readonly batch?: number;
  /** Looks up what a batch of objects refers to. */
  readonly prepare?: (batch: readonly Feature[], links: RegisterLinks) => Promise<void>;
  /** Every element after those that all objects have. */
  readonly write: (elements: RegisterElements, feature: Feature, links: RegisterLinks) => void;
  /** Properties that the schema has no place for. */
  readonly noPlace: readonly string[];
}

export interface Register {
  readonly name: string;
  readonly namespace: string;
  readonly prefix: string;
  /** Name of the schema as the act publishes it. */
  readonly schemaFile: string;
  /** In the order in which they are written. */
  readonly classes: readonly RegisterClass[];
}

export interface RegisterWriting {
  /** EPSG code; the registers are kept in a zone of PL-2000. */
  readonly srid: number;
  /** The objects of a layer of the register, in that CRS; undefined = the layer is not written. */
  readonly features: (layer: string) => FeatureStream | undefined;
  /** Reads what objects refer to, in that CRS. */
  readonly find: FindFeatures;
  /** Names of the layers that `find` knows. */
  readonly known: ReadonlySet<string>;
  /** Writes also objects that lack what the schema demands; the file is then not valid. */
  readonly keepIncomplete?: boolean;
  /** Objects done so far. */
  readonly onProgress?: (done: number) => void;
  readonly tally?: RegisterTally;
  /** What the file says of itself and of its use, a line each: a comment, as the schemas have no place for it. */
  readonly note?: readonly string[];
}

const BATCH = 250;
const CHUNK_BYTES = 128 * 1024;

/**
 * A register as one `gml:FeatureCollection`, northing first, positions to a millimetre. An object that lacks what the
 * schema demands is left out and counted in the tally; nothing is made up for it.
 */
export async function* writeRegister(
  register: Register,
  { srid, features, find, known, keepIncomplete = false, onProgress, tally, note = [] }: RegisterWriting,
): AsyncGenerator<Uint8Array> {
  const counts = tally ?? new RegisterTally();
  const { authorityOrder: order, unit } = crsOf(srid);
  const style: GmlStyle = { order, unit, srsName: crsUrn(srid) };
  const out = new ByteWriter();
  const elements = new RegisterElements(out, register.prefix, style, counts);
  const links = new RegisterLinks(find, srid, known);
  out.text(headOf(register, note));
  let done = 0;
  for (const one of register.classes) {
    const stream = features(one.layer);
    if (!stream) continue;
    for await (const batch of inBatches(stream, one.batch ?? BATCH)) {
      await one.prepare?.(batch, links);
      for (const feature of batch) {
        writeObject(feature, one);
        if (out.length >= CHUNK_BYTES) yield out.take();
      }
      done += batch.length;
      onProgress?.(done);
    }
  }
  out.text('</gml:FeatureCollection>\n');
  yield out.take();

  function writeObject(feature: Feature, one: RegisterClass): void {
    const className = one.classOf(feature);
    if (className === undefined) {
      counts.leftOut(feature, ['class']);
      return;
    }
    const mark = out.length;
    out.text('<gml:featureMember>');
    elements.begin(feature, className);
    one.write(elements, feature, links);
    const lacks = elements.end();
    out.text('</gml:featureMember>\n');
    if (lacks.length > 0) {
      counts.leftOut(feature, lacks);
      if (!keepIncomplete) {
        out.rewind(mark);
        return;
      }
    }
    elements.count(one.noPlace);
  }
}

const headOf = ({ namespace, prefix, schemaFile, name }: Register, note: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${note.length > 0 ? `${commentText(note)}\n` : ''}<gml:FeatureCollection xmlns:gml="${GML_NAMESPACE}" xmlns:${prefix}="${namespace}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${escapeText(`${namespace} ${schemaFile}`)}" gml:id="${name}">\n`;

/** Batches of a size that lookups are cheap for. */
async function* inBatches(features: FeatureStream, size: number): AsyncGenerator<readonly Feature[]> {
  let batch: Feature[] = [];
  for await (const rows of batchesOf(features)) {
    for (const feature of rows) {
      batch.push(feature);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
