import { Unzip, UnzipInflate } from 'fflate';
import { reasonOf, TwinError } from '../../errors.ts';
import type { AxisOrder } from '../../geo/crs.ts';
import { type AreaFile, MOST_AREA_VERTICES, unreadableArea } from './area-file.ts';
import { readDxfArea } from './dxf-area.ts';
import { readShapefileArea } from './shapefile-area.ts';
import { readCoordinateList, readGeoJsonArea, readKmlArea, readWktArea } from './text-areas.ts';

/** Of one archive, unpacked: a Shapefile of so many vertices is a tenth of it. */
const MOST_UNPACKED_BYTES = 32 * 1024 * 1024;
/** What comes out at a time may be a thousand times as much. */
const PIECE_BYTES = 16 * 1024;
const WANTED = /\.(shp|prj|kml|geojson|json|dxf)$/i;

/**
 * The area that a file holds: GeoJSON, KML or KMZ, a zipped Shapefile, text DXF, WKT or a list of corners, told by its
 * content. Nothing is written to a disk, so names in an archive lead nowhere.
 * @throws TwinError invalid-parameter for a file without polygons, or one that cannot be read, saying where
 */
export function readArea(bytes: Uint8Array, axes?: AxisOrder): AreaFile {
  const area = read(bytes, axes);
  const vertices = area.polygons.flat().reduce((sum, ring) => sum + ring.length, 0);
  if (area.polygons.length === 0) {
    const other =
      area.leftOut === 0 ? '' : `; it holds ${area.leftOut} other objects, such as lines or points`;
    throw unreadableArea(
      `The file (${area.form}) holds no polygon${other}. An area is a polygon, or a closed polyline in DXF`,
    );
  }
  if (vertices <= MOST_AREA_VERTICES) return area;
  throw new TwinError(
    'too-large',
    `The area has ${vertices} vertices; up to ${MOST_AREA_VERTICES} are read and simplified. Simplify it, or send it in parts`,
    { parameter: 'area' },
  );
}

function read(bytes: Uint8Array, axes: AxisOrder | undefined): AreaFile {
  if (bytes.length === 0) throw unreadableArea('The file is empty');
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readArchive(unzipped(bytes), axes);
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0x27 && bytes[3] === 0x0a) {
    return readShapefileArea(bytes, undefined);
  }
  return readText(new TextDecoder().decode(bytes), axes);
}

function readText(text: string, axes: AxisOrder | undefined): AreaFile {
  if (/^\s*[{[]/.test(text)) return readGeoJsonArea(text);
  if (/^\s*</.test(text)) return readKmlArea(text);
  if (/^\s*(?:SRID=\d+;)?\s*(?:MULTI)?POLYGON/i.test(text)) return readWktArea(text);
  if (/^AutoCAD Binary DXF/.test(text) || /^\s*(?:0|999)\s*[\r\n]/.test(text)) return readDxfArea(text);
  return readCoordinateList(text, axes);
}

function readArchive(files: ReadonlyMap<string, Uint8Array>, axes: AxisOrder | undefined): AreaFile {
  const named = (ending: string) => [...files.keys()].filter((name) => name.toLowerCase().endsWith(ending));
  const [shp, ...others] = named('.shp');
  if (others.length > 0) {
    throw unreadableArea(`The archive holds ${others.length + 1} Shapefiles; send the one that is the area`);
  }
  if (shp !== undefined) {
    const stem = shp.slice(0, -4).toLowerCase();
    const prj = named('.prj').find((name) => name.slice(0, -4).toLowerCase() === stem);
    const projection = prj === undefined ? undefined : new TextDecoder().decode(files.get(prj));
    return readShapefileArea(files.get(shp) ?? new Uint8Array(), projection);
  }
  const [other] = [...named('.kml'), ...named('json'), ...named('.dxf')];
  if (other === undefined) throw unreadableArea('The archive holds no .shp, .kml, .geojson or .dxf');
  return readText(new TextDecoder().decode(files.get(other)), axes);
}

function unzipped(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array[]>();
  let total = 0;
  const unzip = new Unzip((file) => {
    if (!WANTED.test(file.name)) return;
    const pieces: Uint8Array[] = [];
    files.set(file.name, pieces);
    file.ondata = (error, piece) => {
      if (error) throw error;
      total += piece.length;
      if (total > MOST_UNPACKED_BYTES) {
        throw unreadableArea(
          `The archive unpacks to more than ${MOST_UNPACKED_BYTES} bytes: that is no area`,
        );
      }
      pieces.push(piece);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      unzip.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    }
  } catch (error) {
    if (error instanceof TwinError) throw error;
    throw unreadableArea(`The archive is damaged: ${reasonOf(error)}`);
  }
  return new Map([...files].map(([name, pieces]) => [name, joined(pieces)]));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
