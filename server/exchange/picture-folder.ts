/** Pictures that a delivery of buildings lays on their surfaces: found beside the file, judged, and known by their digests. */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import type { Appearance, FaceLook, Picture } from '../../core/building/appearance.ts';
import { TwinError } from '../../core/errors.ts';
import { OnceEach } from '../../core/formats/appearance/found-looks.ts';
import { decodePicture, pictureSize } from '../../tiles/picture/decode-picture.ts';
import type { StoredLook, StoredPicture } from '../store/appearances.ts';
import type { LoadNote } from './load-report.ts';
import { isTiff, pngOfTiff } from './web-picture.ts';

/** Of one picture; larger ones are no pictures of façades. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_PIXELS = 8_192 * 4_096;
/** Of all pictures of a delivery. */
const MOST_BYTES_IN_ALL = 2 * 1024 ** 3;
/** Names in one note. */
const NAMED = 5;

type Reason = 'missing' | 'outside' | 'remote' | 'refused' | 'unconverted';

/** Codes are `picture-` and the reason. */
const WORDS: Readonly<Record<Reason, string>> = {
  missing: 'are not in the delivery',
  outside: 'lie outside the folder of the file, where nothing is read',
  remote: 'lie at another address, which is never asked',
  refused: `are no PNG, JPEG, WebP or TIFF, broken, or beyond ${MOST_BYTES / 1024 ** 2} MiB or ${MOST_PIXELS / 1_000_000} million pixels`,
  unconverted:
    'are TIFF, which is kept as PNG made by GDAL, and GDAL is not installed; install gdal-bin and load again',
};

/** A look ready to be kept; `look` is undefined where nothing of it is left. */
export interface SettledLook {
  readonly look: StoredLook | undefined;
  readonly notes: readonly LoadNote[];
}

/** The folder that a file lies in. Nothing is read that does not lie in it, whatever links and paths say. */
export class PictureFolder {
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #judged = new Map<string, Promise<Omit<StoredPicture, 'bytes'> | Reason>>();
  readonly #told = new Set<string>();
  #fresh: StoredPicture[] = [];
  #bytes = 0;

  /** @param signal ends what is being made of a picture */
  constructor(folder: string, signal: AbortSignal) {
    this.#folder = folder;
    this.#signal = signal;
  }

  /** Finds the pictures of a building; surfaces whose picture cannot be had stay plain, and a note says so. */
  async settle(appearance: Appearance, objectId: string): Promise<SettledLook> {
    const lost = new Map<Reason, string[]>();
    const known: (Picture | undefined)[] = [];
    for (const picture of appearance.pictures) {
      const judged = await this.#judge(picture.image);
      if (typeof judged === 'string') lost.set(judged, [...(lost.get(judged) ?? []), picture.image]);
      known.push(typeof judged === 'string' ? undefined : keptPicture(picture, judged));
    }
    const kept = keptAppearance(appearance, known);
    const pictures = this.#fresh;
    this.#fresh = [];
    const converted = pictures.flatMap(({ original, sha256 }): LoadNote[] => {
      if (!original) return [];
      const message = `The picture ${original.name} (TIFF, SHA-256 ${original.sha256}) is kept as PNG (SHA-256 ${sha256})`;
      return [{ code: 'picture-converted', objectId, message }];
    });
    const refused = [...lost].map(([reason, names]): LoadNote => {
      const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
      const list = names
        .slice(0, NAMED)
        .map((name) => name.slice(0, 200))
        .join(', ');
      return {
        code: `picture-${reason}`,
        objectId,
        message: `Pictures of the building ${WORDS[reason]}; their surfaces are plain: ${list}${more}`,
      };
    });
    const notes = [...refused, ...converted];
    if (kept === undefined) return { look: undefined, notes };
    const document = JSON.stringify(kept);
    const sha256 = sha256Of(document);
    return { look: { sha256, document, pictures }, notes };
  }

  #judge(image: string): Promise<Omit<StoredPicture, 'bytes'> | Reason> {
    const known = this.#judged.get(image) ?? this.#read(image);
    this.#judged.set(image, known);
    return known;
  }

  async #read(image: string): Promise<Omit<StoredPicture, 'bytes'> | Reason> {
    if (/^([a-z][a-z0-9+.-]+:|\/\/)/i.test(image)) return 'remote';
    const path = await this.#pathOf(image);
    if (path === 'missing' || path === 'outside') return path;
    try {
      const { size } = await stat(path);
      if (size > MOST_BYTES || this.#bytes + size > MOST_BYTES_IN_ALL) return 'refused';
      const given = await readFile(path);
      const original = isTiff(given) ? { name: basename(path), sha256: sha256Of(given) } : undefined;
      const bytes = original ? await pngOfTiff(path, MOST_PIXELS, this.#signal) : given;
      if (bytes.length > MOST_BYTES) return 'refused';
      const mediaType = mediaTypeOf(bytes);
      if (mediaType === undefined) return 'refused';
      const sides = pictureSize(bytes);
      if (sides.widthPx * sides.heightPx > MOST_PIXELS) return 'refused';
      await decodePicture(bytes, sides);
      const sha256 = sha256Of(bytes);
      const picture = { sha256, mediaType, ...sides, ...(original && { original }) };
      if (!this.#told.has(sha256)) {
        this.#told.add(sha256);
        this.#bytes += bytes.length;
        this.#fresh.push({ ...picture, bytes });
      }
      return picture;
    } catch (error) {
      return error instanceof TwinError && error.kind === 'unavailable' ? 'unconverted' : 'refused';
    }
  }

  /** The real path of a file within the folder; names are as written, with slashes of either kind, or escaped as in a URI. */
  async #pathOf(image: string): Promise<string | 'missing' | 'outside'> {
    const folder = await realpath(this.#folder);
    const isWithin = (path: string) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
    for (const name of new Set([image, image.replaceAll('\\', '/'), unescaped(image)])) {
      if (name.includes('\0')) return 'outside';
      const asked = resolve(folder, name);
      if (!isWithin(asked)) return 'outside';
      const path = await realpath(asked).catch(() => undefined);
      if (path === undefined) continue;
      if (!isWithin(path)) return 'outside';
      if ((await stat(path)).isFile()) return path;
    }
    return 'missing';
  }
}

const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function unescaped(image: string): string {
  try {
    return decodeURIComponent(image);
  } catch {
    return image;
  }
}

function mediaTypeOf(bytes: Buffer): string | undefined {
  const letters = bytes.toString('latin1', 0, 12);
  if (letters.startsWith('\x89PNG')) return 'image/png';
  if (letters.startsWith('\xff\xd8')) return 'image/jpeg';
  return letters.startsWith('RIFF') && letters.endsWith('WEBP') ? 'image/webp' : undefined;
}

/** Members in one order: the digest of a look is that of its text. */
const keptPicture = (
  { wrap, borderColor, textureType }: Picture,
  { sha256, mediaType }: Omit<StoredPicture, 'bytes'>,
): Picture => ({
  ...{ image: sha256, mediaType },
  ...(wrap && { wrap }),
  ...(borderColor && { borderColor }),
  ...(textureType && { textureType }),
});

function keptAppearance(
  { materials, themes }: Appearance,
  known: readonly (Picture | undefined)[],
): Appearance | undefined {
  const pictures = new OnceEach<Picture>();
  const keptLook = (look: FaceLook | null): FaceLook | null => {
    const picture = look?.picture === undefined ? undefined : known[look.picture];
    const kept: FaceLook = {
      ...(picture &&
        look?.coordinates && { picture: pictures.index(picture), coordinates: look.coordinates }),
      ...(look?.material !== undefined && { material: look.material }),
    };
    return Object.keys(kept).length === 0 ? null : kept;
  };
  const kept = themes
    .map(({ name, isDefault, looks }) => ({
      name,
      ...(isDefault && { isDefault }),
      looks: looks.map(keptLook),
    }))
    .filter(({ looks }) => looks.some((look) => look !== null));
  return kept.length === 0 ? undefined : { pictures: pictures.all, materials, themes: kept };
}
