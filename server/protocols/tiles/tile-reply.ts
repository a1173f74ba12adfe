import { notFound, type TwinError } from '../../../core/errors.ts';
import type { Tile } from '../../../tiles/source.ts';
import { soleEtag } from '../../http/etag.ts';
import type { Ask, Reply } from '../../http/protocol.ts';

/** May be kept, but must be asked about each time, so that an edit is seen at once; a 304 costs no bytes. */
const ASK_EACH_TIME = 'no-cache';
/** For addresses that name the version of their content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Makes the thing unless the validator given still holds. */
export type MakeTile = (knownEtag: string | undefined) => Promise<Tile | 'unchanged' | undefined>;

/**
 * A tile or its document as a reply: 304 when the client has it, 204 when it exists and holds nothing.
 * @param isNamed whether the address names the very content of this validator, so that its bytes never change
 */
export async function tileReply(
  ask: Pick<Ask, 'headers'>,
  make: MakeTile,
  absent: () => TwinError,
  isNamed: (etag: string) => boolean = () => false,
): Promise<Reply> {
  const known = soleEtag(ask.headers['if-none-match']);
  const tile = await make(known);
  if (tile === undefined) throw absent();
  const etag = tile === 'unchanged' ? (known ?? '') : tile.etag;
  const headers = { 'cache-control': isNamed(etag) ? FOR_EVER : ASK_EACH_TIME, etag };
  if (tile === 'unchanged') return { status: 304, headers };
  const { bytes, contentType } = tile;
  if (bytes.length === 0) return { status: 204, headers };
  return { status: 200, headers: { ...headers, 'content-type': contentType }, body: bytes };
}

export const noSuchTile = (z: number, x: number, y: number, range: string): TwinError =>
  notFound(`There is no tile ${z}/${x}/${y}; ${range}`, 'tile');
