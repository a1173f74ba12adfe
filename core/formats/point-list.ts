import type { Layer } from '../feature/layer.ts';
import type { FeatureStream } from '../feature/source.ts';
import { crsOf } from '../geo/crs.ts';
import { ByteWriter } from './byte-writer.ts';
import { inChunks } from './chunks.ts';
import { DECIMALS, HEIGHT_DECIMALS } from './coordinate-text.ts';
import { elevationOf } from './elevation.ts';

export interface PointListHead {
  readonly srid: number;
  /** What the list says of its systems, of itself and of its use, a line each. */
  readonly note: readonly string[];
}

/** In the place of what is not known, so that columns stay where they are. */
const UNKNOWN = '-';

/**
 * The points of a layer as a list for surveyors' programs: `nr`, the two coordinates under the name of their axis, `H`,
 * then every property of the register (accuracy among them), parted by tabs. Its first lines, with `#`, are the
 * note.
 */
export async function* writePointList(
  features: FeatureStream,
  layer: Layer,
  { srid, note }: PointListHead,
): AsyncGenerator<Uint8Array> {
  const { unit } = crsOf(srid);
  const names = layer.properties.map((property) => property.name);
  const [first, second] = unit === 'm' ? ['N', 'E'] : ['lat', 'lon'];
  const out = new ByteWriter();
  out.text(
    `# ${layer.title.pl} / ${layer.title.en}\r\n${note.map((line) => `# ${line}\r\n`).join('')}# ${['nr', first, second, 'H', 'id', ...names].join('\t')}\r\n`,
  );
  const decimals = DECIMALS[unit];
  yield* inChunks(out, features, (feature) => {
    const { id, geometry, properties } = feature;
    if (geometry?.type !== 'Point') return;
    const number = properties['point_number'];
    const [easting, northing] = geometry.coordinates;
    const height = elevationOf(feature);
    const values = names.map((each) => cell(properties[each] ?? null));
    out.text(
      `${[
        cell(number ?? id),
        northing.toFixed(decimals),
        easting.toFixed(decimals),
        height === undefined ? UNKNOWN : height.toFixed(HEIGHT_DECIMALS),
        cell(id),
        ...values,
      ].join('\t')}\r\n`,
    );
  });
  yield out.take();
}

const cell = (value: string | number | boolean | null): string =>
  value === null || value === '' ? UNKNOWN : String(value).replace(/\s+/g, ' ');
