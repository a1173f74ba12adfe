/** GeoJSON (RFC 7946; other CRS and axis orders where the door allows them), streamed. */
import type { Feature } from '../feature/feature.ts';
import type { FeatureStream } from '../feature/source.ts';
import { crsUrn } from '../geo/crs.ts';
import type { Geometry, Position, Ring } from '../geo/geometry.ts';
import { ByteWriter } from './byte-writer.ts';
import { inChunks } from './chunks.ts';
import { type CoordinateStyle, DECIMALS, HEIGHT_DECIMALS, oriented, plainText } from './coordinate-text.ts';

/** Further members of an object, in order; undefined ones are left out. */
export type Members = Readonly<Record<string, unknown>>;

export interface FeatureCollectionOptions {
  readonly style: CoordinateStyle;
  /** Members before the features. */
  readonly head?: Members;
  /** Members after the features, when their number and the last one are known. */
  readonly tail?: (returned: number, last: Feature | undefined) => Members | Promise<Members>;
}

/** A FeatureCollection in chunks; nothing but the current chunk is held. */
export async function* writeFeatureCollection(
  features: FeatureStream,
  { style, head, tail }: FeatureCollectionOptions,
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  let returned = 0;
  let last: Feature | undefined;
  out.text(`{"type":"FeatureCollection"${membersText(head ?? {})},"features":[`);
  yield* inChunks(out, features, (feature) => {
    out.text(returned++ === 0 ? '\n' : ',\n');
    writeFeature(out, feature, style, {});
    last = feature;
  });
  out.text(`\n]${membersText((await tail?.(returned, last)) ?? {})}}\n`);
  yield out.take();
}

/** RFC 7946 knows only WGS 84; readers of other CRS look for the member `crs` of the format's first edition. */
export const crsMember = (srid: number) =>
  srid === 4326 ? undefined : { type: 'name', properties: { name: crsUrn(srid) } };

/** One Feature; further members (links) come after its properties. */
export const featureText = (feature: Feature, style: CoordinateStyle, members: Members = {}): string =>
  textOf((out) => writeFeature(out, feature, style, members));

/** A geometry object; shells counter-clockwise. */
export const geometryText = (geometry: Geometry, style: CoordinateStyle): string =>
  textOf((out) => writeGeometry(out, geometry, style));

function textOf(write: (out: ByteWriter) => void): string {
  const out = new ByteWriter();
  write(out);
  return new TextDecoder().decode(out.take());
}

function writeFeature(
  out: ByteWriter,
  { id, geometry, properties }: Feature,
  style: CoordinateStyle,
  members: Members,
): void {
  out.text('{"type":"Feature","id":');
  out.quoted(id);
  out.text(',"geometry":');
  if (geometry) writeGeometry(out, geometry, style);
  else out.text('null');
  out.text(',"properties":{');
  let isFirst = true;
  for (const name in properties) {
    if (!isFirst) out.text(',');
    isFirst = false;
    out.quoted(name);
    out.text(':');
    writeValue(out, properties[name]);
  }
  out.text('}');
  out.text(membersText(members));
  out.text('}');
}

function writeValue(out: ByteWriter, value: unknown): void {
  if (typeof value === 'string') out.quoted(value);
  else if (typeof value === 'number') out.text(Number.isFinite(value) ? plainText(value) : 'null');
  else out.text(JSON.stringify(value) ?? 'null');
}

function writeGeometry(out: ByteWriter, geometry: Geometry, style: CoordinateStyle): void {
  out.text(HEADS[geometry.type]);
  const shown = oriented(geometry);
  switch (shown.type) {
    case 'Point':
      writePosition(out, shown.coordinates, style);
      break;
    case 'MultiPoint':
    case 'LineString':
      writeLine(out, shown.coordinates, style);
      break;
    case 'MultiLineString':
    case 'Polygon':
      writeLines(out, shown.coordinates, style);
      break;
    case 'MultiPolygon':
      writeEach(out, shown.coordinates, (each) => writeLines(out, each, style));
  }
  out.text('}');
}

/** How each kind of geometry begins. */
const HEADS = Object.fromEntries(
  ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'].map((type) => [
    type,
    `{"type":"${type}","coordinates":`,
  ]),
) as Readonly<Record<Geometry['type'], string>>;

function writeEach<T>(out: ByteWriter, all: readonly T[], write: (one: T) => void): void {
  out.text('[');
  for (let i = 0; i < all.length; i++) {
    if (i > 0) out.text(',');
    write(all[i] as T);
  }
  out.text(']');
}

const writeLines = (out: ByteWriter, lines: readonly Ring[], style: CoordinateStyle): void =>
  writeEach(out, lines, (line) => writeLine(out, line, style));

const writeLine = (out: ByteWriter, line: Ring, style: CoordinateStyle): void =>
  writeEach(out, line, (position) => writePosition(out, position, style));

function writePosition(out: ByteWriter, position: Position, { order, unit }: CoordinateStyle): void {
  const decimals = DECIMALS[unit];
  const isEastingFirst = order === 'easting-northing';
  out.text('[');
  out.rounded(isEastingFirst ? position[0] : position[1], decimals);
  out.text(',');
  out.rounded(isEastingFirst ? position[1] : position[0], decimals);
  if (position.length === 3) {
    out.text(',');
    out.rounded(position[2], HEIGHT_DECIMALS);
  }
  out.text(']');
}

function membersText(members: Members): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join('');
}
