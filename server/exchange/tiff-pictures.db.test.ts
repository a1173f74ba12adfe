import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { decodePicture, pictureSize } from '../../tiles/picture/decode-picture.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';

const [W, H] = [5, 3];
/** Red, green, blue of each pixel, row by row. */
const PIXELS = Array.from({ length: W * H }, (_, at) => [(at * 17) % 256, (at * 41) % 256, (at * 97) % 256]);

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-tiff-'));
  mkdirSync(join(folder, 'textures'));
  const ppm = join(folder, 'wall.ppm');
  writeFileSync(ppm, Buffer.concat([Buffer.from(`P6\n${W} ${H}\n255\n`), Buffer.from(PIXELS.flat())]));
  const made = (name: string, ...options: string[]) =>
    execFileSync('gdal_translate', ['-q', '-of', 'GTiff', ...options, ppm, join(folder, 'textures', name)]);
  made('plain.tif');
  made('packed.TIFF', '-co', 'COMPRESS=LZW', '-co', 'PREDICTOR=2', '-co', 'ENDIANNESS=BIG');
  made('tiled.tif', '-co', 'COMPRESS=DEFLATE', '-co', 'TILED=YES', '-co', 'BIGTIFF=YES');
  made('deep.tif', '-ot', 'UInt16', '-scale', '0', '255', '0', '65535');
  made('heights.tif', '-ot', 'Float32');
  const half = readFileSync(join(folder, 'textures', 'plain.tif')).subarray(0, 60);
  writeFileSync(join(folder, 'textures', 'half.tif'), half);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

/** A house of one textured roof and its ground, CityGML 2.0 in EPSG:2177. */
function houseWith(picture: string): string {
  const { easting: e, northing: n } = SAMPLE_ORIGIN;
  const ring = (id: string, height: number, order: readonly number[]) => {
    const square = [
      [n, e],
      [n, e + 10],
      [n + 10, e + 10],
      [n + 10, e],
    ];
    const corners = [...order, order[0] ?? 0].map((at) => `${square[at]?.join(' ')} ${height}`).join(' ');
    return `<gml:surfaceMember><gml:Polygon gml:id="${id}"><gml:exterior><gml:LinearRing gml:id="${id}.r"><gml:posList>${corners}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>`;
  };
  const path = join(folder, 'house.gml');
  writeFileSync(
    path,
    `<?xml version="1.0" encoding="UTF-8"?>
<CityModel xmlns="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml"
  xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:app="http://www.opengis.net/citygml/appearance/2.0">
<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::2177"/></gml:boundedBy>
<cityObjectMember><bldg:Building gml:id="house">
<app:appearance><app:Appearance><app:theme>any</app:theme><app:surfaceDataMember><app:ParameterizedTexture>
<app:imageURI>textures/${picture}</app:imageURI>
<app:target uri="#R"><app:TexCoordList><app:textureCoordinates ring="#R.r">0 0 1 0 1 1 0 1 0 0</app:textureCoordinates></app:TexCoordList></app:target>
</app:ParameterizedTexture></app:surfaceDataMember></app:Appearance></app:appearance>
<bldg:lod2MultiSurface><gml:MultiSurface>${ring('G', 70, [0, 3, 2, 1])}${ring('R', 76, [0, 1, 2, 3])}</gml:MultiSurface></bldg:lod2MultiSurface>
</bldg:Building></cityObjectMember></CityModel>`,
  );
  return path;
}

interface Kept {
  readonly media_type: string;
  readonly bytes: Buffer;
  readonly original_name: string | null;
  readonly original_sha256: string | null;
}

/** What the house wears now. */
const kept = () =>
  database.pool.read<Kept>(
    sql`select picture.* from city.building_3d as building
      join twin.appearance as look on look.sha256 = building.appearance
      join twin.picture as picture on position(picture.sha256 in look.document) > 0
      where building.valid_to is null`,
  );

describe('a TIFF on the roof of a CityGML', () => {
  it.each(['plain.tif', 'packed.TIFF', 'tiled.tif', 'deep.tif'])(
    '%s is kept as PNG of the same pixels, with the name and digest of the file that was handed in',
    async (name) => {
      const report = await loadFile({ pool: database.pool, path: houseWith(name) });
      const original = readFileSync(join(folder, 'textures', name));
      const digest = createHash('sha256').update(original).digest('hex');
      const [note] = report.notes.filter(({ code }) => code.startsWith('picture'));
      expect(note).toMatchObject({ code: 'picture-converted', objectId: 'house' });
      expect(note?.message).toContain(`${name} (TIFF, SHA-256 ${digest})`);
      const [picture, ...more] = await kept();
      expect(more).toEqual([]);
      expect(picture?.media_type).toBe('image/png');
      const bytes = picture?.bytes ?? Buffer.of();
      const { pixels } = await decodePicture(bytes, pictureSize(bytes));
      const shown = PIXELS.map((_, at) => [...pixels.subarray(4 * at, 4 * at + 3)]);
      expect(shown).toEqual(PIXELS);
    },
  );

  it('has its name and digest with the picture that is kept', async () => {
    const [first] = await database.pool.read<Kept>(
      sql`select * from twin.picture order by original_name collate "C" desc limit 1`,
    );
    const original = readFileSync(join(folder, 'textures', first?.original_name ?? ''));
    expect(first?.original_sha256).toBe(createHash('sha256').update(original).digest('hex'));
  });

  it.each(['heights.tif', 'half.tif'])(
    '%s is refused by name, and the house is loaded plain',
    async (name) => {
      const report = await loadFile({ pool: database.pool, path: houseWith(name) });
      expect(report).toMatchObject({ rejected: 0 });
      const told = report.notes.filter(({ code }) => code.startsWith('picture'));
      expect(told.map(({ code }) => code)).toEqual(['picture-refused']);
      expect(told[0]?.message).toContain(name);
    },
  );
});
