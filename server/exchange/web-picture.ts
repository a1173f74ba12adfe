/** TIFF pictures, which no browser shows, as PNG. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notSupported } from '../../core/errors.ts';
import { runGdal } from './gdal.ts';

/** Nothing but the file itself is read, and no other format than the one that its first bytes tell. */
const GDAL_OPTIONS = [
  ...['--config', 'GDAL_PAM_ENABLED', 'NO', '--config', 'GDAL_DISABLE_READDIR_ON_OPEN', 'EMPTY_DIR'],
  ...['-if', 'GTiff'],
];
const KIND = 'TIFF picture';

interface TiffInfo {
  readonly size: readonly [number, number];
  readonly bands: readonly { readonly type: string }[];
}

/** Classic or BigTIFF, of either byte order (TIFF 6.0, section 2). */
export const isTiff = (bytes: Uint8Array): boolean =>
  /^(II[*+]\0|MM\0[*+])/.test(Buffer.from(bytes.subarray(0, 4)).toString('latin1'));

/**
 * The first picture of a TIFF as PNG, without loss of 8 bits for a channel; 16 bits are brought to 8.
 * @throws TwinError not-supported for what is broken, larger than `mostPixels` or no picture of 1 to 4 channels,
 *   unavailable without GDAL; the signal's reason
 */
export async function pngOfTiff(path: string, mostPixels: number, signal: AbortSignal): Promise<Buffer> {
  const told: TiffInfo = JSON.parse(
    await runGdal('gdalinfo', [...GDAL_OPTIONS, '-json', '-nomd', path], KIND, signal),
  );
  const [widthPx, heightPx] = told.size;
  const types = new Set(told.bands.map(({ type }) => type));
  const isPicture = told.bands.length <= 4 && types.size === 1 && (types.has('Byte') || types.has('UInt16'));
  if (!isPicture || widthPx * heightPx > mostPixels) {
    throw notSupported(
      `A picture has 1 to 4 channels of 8 or 16 bits and at most ${mostPixels} pixels; this TIFF has not`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'blizniak-picture-'));
  try {
    const made = join(folder, 'made.png');
    const eightBits = types.has('UInt16') ? ['-ot', 'Byte', '-scale', '0', '65535', '0', '255'] : [];
    await runGdal(
      'gdal_translate',
      [...GDAL_OPTIONS, '-q', '-of', 'PNG', ...eightBits, path, made],
      KIND,
      signal,
    );
    return await readFile(made);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
