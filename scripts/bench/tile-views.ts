/**
 * What a globe fetches to show the buildings of a city from above: `npm run bench:views -- URL` of a running service.
 * A walk over the tileset by the screen-space error of 3D Tiles, straight down from so many heights over its middle,
 * taking the nearest point of each volume; nothing is culled by the edges of the picture, so that a real view fetches
 * less.
 */
import { gzipSync } from 'node:zlib';
import { readTileset, type TilesetTile } from '../../test/support/tileset-reader.ts';

const HEIGHTS_KM = [25, 15, 10, 5, 2.5, 1];
const PICTURE_PX = 900;
const FIELD_OF_VIEW = Math.PI / 3;
/** What the viewer asks for in its ordinary quality. */
const MOST_ERROR_PX = 8;
const EARTH_M = 6_371_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const [, , service = 'http://127.0.0.1:8080', set = 'buildings'] = process.argv;

let requests = 0;
let bytes = 0;
const fetchBytes = async (uri: string): Promise<Uint8Array> => {
  const reply = await fetch(`${service}/tiles/3d/${set}/${uri}`);
  if (!reply.ok) throw new Error(`${uri}: ${reply.status} ${await reply.text()}`);
  const body = new Uint8Array(await reply.arrayBuffer());
  requests++;
  bytes += gzipSync(body).byteLength;
  return body;
};

const { json, tiles } = await readTileset(fetchBytes);
const [documents, documentBytes] = [requests, bytes];
const [west = 0, south = 0, east = 0, north = 0, low = 0] = json.root.boundingVolume.region;
const [lon, lat] = [(west + east) / 2, (south + north) / 2];

/** From the eye to the nearest point of a region, m; the Earth is flat enough here. */
function distanceM(
  [minLon = 0, minLat = 0, maxLon = 0, maxLat = 0, , top = 0]: readonly number[],
  heightM: number,
) {
  const beyond = (at: number, from: number, to: number) => Math.max(0, from - at, at - to);
  const eastM = beyond(lon, minLon, maxLon) * EARTH_M * Math.cos(lat);
  const northM = beyond(lat, minLat, maxLat) * EARTH_M;
  return Math.hypot(eastM, northM, Math.max(1, heightM - (top - low)));
}

const errorPx = (errorM: number, awayM: number): number =>
  (errorM * PICTURE_PX) / (2 * awayM * Math.tan(FIELD_OF_VIEW / 2));

say(`${documents} documents, ${(documentBytes / 1000).toFixed(0)} kB gzip; ${tiles.length} tiles`);
say('| from, km | requests | kB gzip | objects shown |\n|---|---|---|---|');
for (const heightKm of HEIGHTS_KM) {
  const heightM = heightKm * 1000;
  const isRefined = (tile: TilesetTile): boolean =>
    errorPx(tile.geometricError, distanceM(tile.region, heightM)) > MOST_ERROR_PX;
  const isShown = ({ parent }: TilesetTile): boolean => !parent || (isRefined(parent) && isShown(parent));
  const shown = tiles.filter(isShown);
  [requests, bytes] = [0, 0];
  for (const { uri } of shown) if (uri !== undefined) await fetchBytes(uri);
  const objects = shown.reduce((sum, { count }) => sum + count, 0);
  say(
    `| ${heightKm} | ${requests + documents} | ${((bytes + documentBytes) / 1000).toFixed(0)} | ${objects} |`,
  );
}
