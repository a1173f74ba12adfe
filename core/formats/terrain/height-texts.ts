/** A grid of heights as text: ESRI ASCII grid, list of points, and a TIN of LandXML. */
import { crsOf } from '../../geo/crs.ts';
import { commentText, escapeText } from '../../xml/writer.ts';
import { ByteWriter } from '../byte-writer.ts';

/** Heights at posts of a square grid; NaN where there is none. */
export interface HeightPosts {
  /** Easting and northing of the south-western post. */
  readonly origin: readonly [number, number];
  readonly stepM: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the south-west. */
  readonly heights: Float32Array;
}

export const NO_HEIGHT = -9999;
const DECIMALS = 3;
const CHUNK_BYTES = 128 * 1024;

/** ESRI ASCII grid; values stand at centres of cells, rows from the north. */
export function* writeAsciiGrid(posts: HeightPosts): Generator<Uint8Array> {
  const { origin, stepM, columns, rows } = posts;
  const out = new ByteWriter();
  out.text(
    `ncols ${columns}\nnrows ${rows}\nxllcenter ${origin[0]}\nyllcenter ${origin[1]}\ncellsize ${stepM}\nNODATA_value ${NO_HEIGHT}\n`,
  );
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = 0; column < columns; column++) {
      if (column > 0) out.text(' ');
      const heightM = posts.heights[row * columns + column] ?? Number.NaN;
      out.rounded(Number.isNaN(heightM) ? NO_HEIGHT : heightM, DECIMALS);
    }
    out.text('\n');
    if (out.length >= CHUNK_BYTES) yield out.take();
  }
  yield out.take();
}

/** `E N H` of each post that has a height, rows from the north. */
export function* writeHeightPoints(posts: HeightPosts): Generator<Uint8Array> {
  const { origin, stepM, columns, rows } = posts;
  const out = new ByteWriter();
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = 0; column < columns; column++) {
      const heightM = posts.heights[row * columns + column] ?? Number.NaN;
      if (Number.isNaN(heightM)) continue;
      position(out, origin[0] + column * stepM, origin[1] + row * stepM, heightM);
      out.text('\n');
    }
    if (out.length >= CHUNK_BYTES) yield out.take();
  }
  yield out.take();
}

function position(out: ByteWriter, first: number, second: number, heightM: number): void {
  out.rounded(first, DECIMALS);
  out.text(' ');
  out.rounded(second, DECIMALS);
  out.text(' ');
  out.rounded(heightM, DECIMALS);
}

/** LandXML 1.2: posts as points (northing first, as the format has it), two triangles in each square that is known. @param note what it says of itself and of its use, a line each */
export function* writeLandXml(
  posts: HeightPosts,
  srid: number,
  heights: string,
  note: readonly string[] = [],
): Generator<Uint8Array> {
  const { origin, stepM, columns, rows } = posts;
  const isKnown = (column: number, row: number): boolean =>
    !Number.isNaN(posts.heights[row * columns + column] ?? Number.NaN);
  const number = (column: number, row: number): number => row * columns + column + 1;
  const out = new ByteWriter();
  out.text(
    `<?xml version="1.0" encoding="UTF-8"?>\n${note.length > 0 ? `${commentText(note)}\n` : ''}<LandXML xmlns="http://www.landxml.org/schema/LandXML-1.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.landxml.org/schema/LandXML-1.2 http://www.landxml.org/schema/LandXML-1.2/LandXML-1.2.xsd" version="1.2" date="1970-01-01" time="00:00:00">\n<Units><Metric areaUnit="squareMeter" linearUnit="meter" volumeUnit="cubicMeter" temperatureUnit="celsius" pressureUnit="HPA"/></Units>\n<CoordinateSystem name="${escapeText(crsOf(srid).name)}" epsgCode="${srid}" verticalDatum="${escapeText(heights)}"/>\n<Application name="Blizniak"/>\n<Surfaces><Surface name="terrain" desc="step ${stepM} m"><Definition surfType="TIN">\n<Pnts>\n`,
  );
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!isKnown(column, row)) continue;
      out.text(`<P id="${number(column, row)}">`);
      const heightM = posts.heights[row * columns + column] ?? 0;
      position(out, origin[1] + row * stepM, origin[0] + column * stepM, heightM);
      out.text('</P>\n');
    }
    if (out.length >= CHUNK_BYTES) yield out.take();
  }
  out.text('</Pnts>\n<Faces>\n');
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      if (!corners.every(([c, r]) => isKnown(c, r))) continue;
      const [a, b, c, d] = corners.map(([x, y]) => number(x, y));
      out.text(`<F>${a} ${b} ${c}</F><F>${a} ${c} ${d}</F>\n`);
    }
    if (out.length >= CHUNK_BYTES) yield out.take();
  }
  out.text('</Faces>\n</Definition></Surface></Surfaces>\n</LandXML>\n');
  yield out.take();
}
