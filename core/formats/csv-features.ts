import type { Layer } from '../feature/layer.ts';
import type { FeatureStream } from '../feature/source.ts';
import { crsOf } from '../geo/crs.ts';
import { ByteWriter } from './byte-writer.ts';
import { inChunks } from './chunks.ts';
import { plainText } from './coordinate-text.ts';
import { csvCell } from './csv-cell.ts';
import { wellKnownText } from './well-known-text.ts';

/**
 * The features of a layer as comma-separated values (RFC 4180) in UTF-8: their id, properties, EPSG code and geometry
 * as well-known text, easting (longitude) first.
 */
export async function* writeCsvFeatures(
  features: FeatureStream,
  { properties }: Layer,
  srid: number,
): AsyncGenerator<Uint8Array> {
  const { unit } = crsOf(srid);
  const names = properties.map(({ name }) => name);
  const out = new ByteWriter();
  out.text(`${['id', ...names, 'epsg', 'WKT'].join(',')}\r\n`);
  yield* inChunks(out, features, (feature) => {
    const values = names.map((name) => {
      const value = feature.properties[name] ?? null;
      return value === null ? '' : csvCell(typeof value === 'number' ? plainText(value) : String(value));
    });
    const shape = feature.geometry ? csvCell(wellKnownText(feature.geometry, unit)) : '';
    out.text(`${[csvCell(feature.id), ...values, String(srid), shape].join(',')}\r\n`);
  });
  yield out.take();
}
