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
  /** Opens an object and writes what it begins with; undefined = as EGiB, GESUT and BDOT500 do. */
  readonly begin?: (elements: RegisterElements, feature: Feature, className: string) => void;
  /** Whether an object is one of this class at all; undefined = each is. */
  readonly applies?: (feature: Feature) => boolean;
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
  /** The collection, where it is not a `gml:FeatureCollection`. */
  readonly envelope?: RegisterEnvelope;
}

/** The collection that holds the objects. */
export interface RegisterEnvelope {
  readonly prefix: string;
  readonly namespace: string;
  readonly member: string;
  readonly srsName: (srid: number) => string;
  /** Attributes of the root, which tell how many objects follow: they are counted in a pass before. */
  readonly attributes: (objects: number, writtenAt: Date) => string;
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
  /** Moment that the collection gives, where it gives one; now by default. */
  readonly writtenAt?: Date;
}

const BATCH = 250;
const CHUNK_BYTES = 128 * 1024;

/**
 * A register as one collection, northing first, positions to a millimetre. An object that lacks what the schema demands
 * is left out and counted in the tally; nothing is made up for it.
 */
export async function* writeRegister(
  register: Register,
  writing: RegisterWriting,
): AsyncGenerator<Uint8Array> {
  const { envelope } = register;
  const { note = [], writtenAt = new Date(), tally = new RegisterTally() } = writing;
  if (!envelope) {
    yield encoded(headOf(register, note, 'gml', ` gml:id="${register.name}"`));
    yield* writeMembers(register, writing, tally);
    yield encoded('</gml:FeatureCollection>\n');
    return;
  }
  const counted = new RegisterTally();
  for await (const _ of writeMembers(register, { ...writing, onProgress: () => {} }, counted));
  const { prefix, namespace, attributes } = envelope;
  const own = ` xmlns:${prefix}="${namespace}"${attributes(counted.objects(), writtenAt)}`;
  yield encoded(headOf(register, note, prefix, own));
  yield* writeMembers(register, writing, tally);
  yield encoded(`</${prefix}:FeatureCollection>\n`);
}

async function* writeMembers(
  register: Register,
  { srid, features, find, known, keepIncomplete = false, onProgress }: RegisterWriting,
  counts: RegisterTally,
): AsyncGenerator<Uint8Array> {
  const { authorityOrder: order, unit } = crsOf(srid);
  const { envelope } = register;
  const style: GmlStyle = { order, unit, srsName: (envelope?.srsName ?? crsUrn)(srid) };
  const member = envelope ? `${envelope.prefix}:${envelope.member}` : 'gml:featureMember';
  const out = new ByteWriter();
  const elements = new RegisterElements(out, register.prefix, style, counts);
  const links = new RegisterLinks(find, srid, known);
  let done = 0;
  for (const one of register.classes) {
    const stream = features(one.layer);
    if (!stream) continue;
    for await (const batch of inBatches(stream, one.batch ?? BATCH)) {
      await one.prepare?.(batch, links);
      for (const feature of batch) {
        if (one.applies?.(feature) ?? true) writeObject(feature, one);
        if (out.length >= CHUNK_BYTES) yield out.take();
      }
      done += batch.length;
      onProgress?.(done);
    }
  }
  yield out.take();

  function writeObject(feature: Feature, one: RegisterClass): void {
    const className = one.classOf(feature);
    if (className === undefined) {
      counts.leftOut(feature, ['class']);
      return;
    }
    const mark = out.length;
    out.text(`<${member}>`);
    if (one.begin) one.begin(elements, feature, className);
    else elements.begin(feature, className);
    one.write(elements, feature, links);
    const lacks = elements.end();
    out.text(`</${member}>\n`);
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

/** @param attributes of the root, with declarations of its own */
const headOf = (
  { namespace, prefix, schemaFile }: Register,
  note: readonly string[],
  root: string,
  attributes: string,
): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${note.length > 0 ? `${commentText(note)}\n` : ''}<${root}:FeatureCollection xmlns:gml="${GML_NAMESPACE}" xmlns:${prefix}="${namespace}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${escapeText(`${namespace} ${schemaFile}`)}"${attributes}>\n`;

function encoded(text: string): Uint8Array {
  const out = new ByteWriter();
  out.text(text);
  return out.take();
}

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
