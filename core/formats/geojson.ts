/** GeoJSON (RFC 7946; other CRS and axis orders where the door allows them), streamed. */
import type { Feature } from '../feature/feature.ts';
import type { FeatureStream } from '../feature/source.ts';
import { crsUrn } from '../geo/crs.ts';
import type { Geometry, Position, Ring } from '../geo/geometry.ts';
import { ByteWriter } from './byte-writer.ts';
import { inChunks } from './chunks.ts';
import { type CoordinateStyle, oriented, plainText, positionText } from './coordinate-text.ts';

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
    out.text(featureText(feature, style));
    last = feature;
  });
  out.text(`\n]${membersText((await tail?.(returned, last)) ?? {})}}\n`);
  yield out.take();
}

/** RFC 7946 knows only WGS 84; readers of other CRS look for the member `crs` of the format's first edition. */
export const crsMember = (srid: number) =>
  srid === 4326 ? undefined : { type: 'name', properties: { name: crsUrn(srid) } };

/** One Feature; further members (links) come after its properties. */
export function featureText(feature: Feature, style: CoordinateStyle, members: Members = {}): string {
  const geometry = feature.geometry ? geometryText(feature.geometry, style) : 'null';
  const properties = Object.entries(feature.properties)
    .map(([name, value]) => `${JSON.stringify(name)}:${valueText(value)}`)
    .join(',');
  return `{"type":"Feature","id":${JSON.stringify(feature.id)},"geometry":${geometry},"properties":{${properties}}${membersText(members)}}`;
}

/** A geometry object; shells counter-clockwise. */
export function geometryText(geometry: Geometry, style: CoordinateStyle): string {
  const position = (each: Position) => `[${positionText(each, style, ',')}]`;
  const line = (each: Ring) => `[${each.map(position).join(',')}]`;
  const lines = (each: readonly Ring[]) => `[${each.map(line).join(',')}]`;
  return `{"type":"${geometry.type}","coordinates":${coordinates(oriented(geometry))}}`;

  function coordinates(shown: Geometry): string {
    switch (shown.type) {
      case 'Point':
        return position(shown.coordinates);
      case 'MultiPoint':
      case 'LineString':
        return line(shown.coordinates);
      case 'MultiLineString':
      case 'Polygon':
        return lines(shown.coordinates);
      case 'MultiPolygon':
        return `[${shown.coordinates.map(lines).join(',')}]`;
    }
  }
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? plainText(value) : 'null';
  return JSON.stringify(value) ?? 'null';
}

function membersText(members: Members): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join('');
}
