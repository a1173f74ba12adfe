/**
 * Streets of an OpenStreetMap extract in its binary form (PBF, wiki.openstreetmap.org/wiki/PBF_Format) as the layer
 * `roads`: blocks of packed nodes, ways and relations, each compressed with zlib or not at all.
 */
import { unzlibSync } from 'fflate';
import { PbfReader } from 'pbf';
import { notSupported, TwinError } from '../../errors.ts';
import type { ReadEvent } from '../reader.ts';
import { OsmExtract, type OsmMember, type Tags } from './osm-extract.ts';
import { streetsOf } from './streets.ts';

export const OSM_PBF = 'osm-pbf';
/** Bytes of a file that are enough to tell. */
export const OSM_PBF_HEAD = 15;

const FIRST_BLOCK = 'OSMHeader';
/** What the format allows, bytes. */
const [LARGEST_HEADER, LARGEST_BLOB] = [64 * 1024, 32 * 1024 * 1024];
/** What a reader must know to read a file rightly. */
const KNOWN_FEATURES = ['OsmSchema-V0.6', 'DenseNodes'];
const NANO = 1e-9;

/** Length of the first header, its field 1 with the length of its text, the text. */
export const isOsmPbf = (head: Uint8Array): boolean =>
  head.length >= OSM_PBF_HEAD && new TextDecoder().decode(head.subarray(6, OSM_PBF_HEAD)) === FIRST_BLOCK;

/** @throws TwinError not-supported for a file that is cut off, damaged, or needs what is not known here */
export async function* readOsmPbf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadEvent> {
  const extract = new OsmExtract();
  const bytes = new ByteQueue(chunks);
  for (let block = 1; ; block++) {
    const length = await bytes.take(4);
    if (length.length === 0) break;
    try {
      const size = length.length === 4 ? new DataView(length.buffer, length.byteOffset).getUint32(0) : 0;
      const head = await bytes.whole(size, LARGEST_HEADER);
      const { type, size: blobSize } = headerOf(new PbfReader(head));
      const content = contentOf(new PbfReader(await bytes.whole(blobSize, LARGEST_BLOB)));
      if (type === FIRST_BLOCK) checkFeatures(new PbfReader(content));
      else if (type === 'OSMData') gatherBlock(new PbfReader(content), extract);
    } catch (error) {
      if (error instanceof TwinError) throw error;
      if (error instanceof NeedsMore) throw notSupported(`${error.message}; nothing was loaded`);
      throw notSupported(
        `Block ${block} of the file is damaged or cut off; nothing was loaded. Fetch it again`,
      );
    }
  }
  yield* streetsOf(extract);
}

class NeedsMore extends Error {}

/** Takes as many bytes as are asked for from chunks of any size. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** @returns fewer at the end of the file */
  async take(count: number): Promise<Uint8Array> {
    const parts = [this.#rest];
    let have = this.#rest.length;
    while (have < count) {
      const next = await this.#chunks.next();
      if (next.done === true) break;
      parts.push(next.value);
      have += next.value.length;
    }
    const all = new Uint8Array(have);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    this.#rest = all.subarray(count);
    return all.subarray(0, count);
  }

  async whole(count: number, most: number): Promise<Uint8Array> {
    if (!(count > 0 && count <= most)) throw new RangeError(`a part of ${count} bytes`);
    const bytes = await this.take(count);
    if (bytes.length < count) throw new RangeError('the end of the file');
    return bytes;
  }
}

function headerOf(pbf: PbfReader): { readonly type: string; readonly size: number } {
  const header = { type: '', size: 0 };
  pbf.readFields((tag) => {
    if (tag === 1) header.type = pbf.readString();
    else if (tag === 3) header.size = pbf.readVarint();
  }, undefined);
  return header;
}

function contentOf(pbf: PbfReader): Uint8Array {
  const blob: { content?: Uint8Array; size: number } = { size: 0 };
  pbf.readFields((tag) => {
    if (tag === 1) blob.content = pbf.readBytes();
    else if (tag === 2) blob.size = pbf.readVarint();
    else if (tag === 3) {
      if (!(blob.size > 0 && blob.size <= LARGEST_BLOB)) throw new RangeError('a blob without its size');
      blob.content = unzlibSync(pbf.readBytes(), { out: new Uint8Array(blob.size) });
    } else if (tag >= 4) {
      throw new NeedsMore('The file is packed otherwise than with zlib; write it again with osmium cat');
    }
  }, undefined);
  if (!blob.content) throw new RangeError('an empty blob');
  return blob.content;
}

function checkFeatures(pbf: PbfReader): void {
  pbf.readFields((tag) => {
    if (tag !== 4) return;
    const feature = pbf.readString();
    if (!KNOWN_FEATURES.includes(feature)) {
      throw new NeedsMore(`The file needs ${feature}, which is not known here; write it without`);
    }
  }, undefined);
}

/** How a block counts, and its texts. */
interface Block {
  readonly texts: string[];
  readonly groups: Uint8Array[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
}

function gatherBlock(pbf: PbfReader, extract: OsmExtract): void {
  const block: Block = { texts: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 };
  pbf.readFields((tag) => {
    if (tag === 1) {
      pbf.readMessage((inner) => {
        if (inner === 1) block.texts.push(pbf.readString());
      }, undefined);
    } else if (tag === 2) block.groups.push(pbf.readBytes());
    else if (tag === 17) block.granularity = pbf.readVarint();
    else if (tag === 19) block.latOffset = pbf.readVarint(true);
    else if (tag === 20) block.lonOffset = pbf.readVarint(true);
  }, undefined);
  for (const bytes of block.groups) {
    const group = new PbfReader(bytes);
    group.readFields((tag) => {
      if (tag > 4) return;
      const part = new PbfReader(group.readBytes());
      if (tag === 1) gatherNode(part, block, extract);
      else if (tag === 2) gatherDense(part, block, extract);
      else if (tag === 3) gatherWay(part, block, extract);
      else gatherRelation(part, block, extract);
    }, undefined);
  }
}

const lonLatOf = ({ granularity, latOffset, lonOffset }: Block, lon: number, lat: number) =>
  [NANO * (lonOffset + granularity * lon), NANO * (latOffset + granularity * lat)] as const;

function tagsOf({ texts }: Block, keys: readonly number[], values: readonly number[]): Tags {
  return Object.fromEntries(keys.map((key, at) => [texts[key] ?? '', texts[values[at] ?? 0] ?? '']));
}

/** Each is the difference to the one before. */
const summed = (differences: readonly number[]): readonly number[] => {
  let sum = 0;
  return differences.map((each) => {
    sum += each;
    return sum;
  });
};

function gatherNode(pbf: PbfReader, block: Block, extract: OsmExtract): void {
  let [id, lat, lon] = [0, 0, 0];
  const [keys, values]: [number[], number[]] = [[], []];
  pbf.readFields((tag) => {
    if (tag === 1) id = pbf.readSVarint();
    else if (tag === 2) pbf.readPackedVarint(keys);
    else if (tag === 3) pbf.readPackedVarint(values);
    else if (tag === 8) lat = pbf.readSVarint();
    else if (tag === 9) lon = pbf.readSVarint();
  }, undefined);
  extract.addNode({ id: String(id), lonLat: lonLatOf(block, lon, lat), tags: tagsOf(block, keys, values) });
}

/** Tags of all nodes stand in one list: key, value, …, and a 0 after each node; none at all when none has any. */
function gatherDense(pbf: PbfReader, block: Block, extract: OsmExtract): void {
  const [ids, lats, lons, keysAndValues]: [number[], number[], number[], number[]] = [[], [], [], []];
  pbf.readFields((tag) => {
    if (tag === 1) pbf.readPackedSVarint(ids);
    else if (tag === 8) pbf.readPackedSVarint(lats);
    else if (tag === 9) pbf.readPackedSVarint(lons);
    else if (tag === 10) pbf.readPackedVarint(keysAndValues);
  }, undefined);
  const [latSums, lonSums] = [summed(lats), summed(lons)];
  let next = 0;
  for (const [at, id] of summed(ids).entries()) {
    const [keys, values]: [number[], number[]] = [[], []];
    while (next < keysAndValues.length && keysAndValues[next] !== 0) {
      keys.push(keysAndValues[next] as number);
      values.push(keysAndValues[next + 1] ?? 0);
      next += 2;
    }
    next++;
    const lonLat = lonLatOf(block, lonSums[at] as number, latSums[at] as number);
    extract.addNode({ id: String(id), lonLat, tags: tagsOf(block, keys, values) });
  }
}

function gatherWay(pbf: PbfReader, block: Block, extract: OsmExtract): void {
  let id = 0;
  const [keys, values, refs]: [number[], number[], number[]] = [[], [], []];
  pbf.readFields((tag) => {
    if (tag === 1) id = pbf.readVarint(true);
    else if (tag === 2) pbf.readPackedVarint(keys);
    else if (tag === 3) pbf.readPackedVarint(values);
    else if (tag === 8) pbf.readPackedSVarint(refs);
  }, undefined);
  extract.addWay({ id: String(id), nodes: summed(refs).map(String), tags: tagsOf(block, keys, values) });
}

const MEMBER_TYPES = ['node', 'way', 'relation'] as const;

function gatherRelation(pbf: PbfReader, block: Block, extract: OsmExtract): void {
  let id = 0;
  const [keys, values]: [number[], number[]] = [[], []];
  const [roles, refs, types]: [number[], number[], number[]] = [[], [], []];
  pbf.readFields((tag) => {
    if (tag === 1) id = pbf.readVarint(true);
    else if (tag === 2) pbf.readPackedVarint(keys);
    else if (tag === 3) pbf.readPackedVarint(values);
    else if (tag === 8) pbf.readPackedVarint(roles);
    else if (tag === 9) pbf.readPackedSVarint(refs);
    else if (tag === 10) pbf.readPackedVarint(types);
  }, undefined);
  const members = summed(refs).map((ref, at): OsmMember => {
    const type = MEMBER_TYPES[types[at] ?? 0] ?? 'node';
    return { type, ref: String(ref), role: block.texts[roles[at] ?? 0] ?? '' };
  });
  extract.addRelation({ id: String(id), members, tags: tagsOf(block, keys, values) });
}
