import type { CancelSignal } from '../../core/cancel.ts';
import { type FacePaints, facePaints } from '../../tiles/mesh/face-looks.ts';
import type { BuildingRow } from '../../tiles/tileset/building-store.ts';
import { findAppearances } from './appearances.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

/** Pictures of one tile; a tile with more shows the rest of its surfaces plain. */
const MOST_PICTURE_BYTES = 64 * 1024 * 1024;

/** Buildings of a tile with what their surfaces show; pictures are read once for all. */
export async function withLooks(
  pool: Pool,
  rows: readonly { readonly row: BuildingRow; readonly appearance: string | null }[],
  signal: CancelSignal,
): Promise<readonly BuildingRow[]> {
  const digests = rows.flatMap(({ appearance }) => appearance ?? []);
  if (digests.length === 0) return rows.map(({ row }) => row);
  const known = await findAppearances(pool, digests, signal);
  const faces = rows.map(({ row, appearance }): FacePaints | undefined => {
    const look = appearance === null ? undefined : known.get(appearance);
    return look && facePaints(look, row.surfaces);
  });
  const images = faces.flat().flatMap((paint) => (paint && 'image' in paint ? [paint.image] : []));
  const pictures = await picturesOf(pool, [...new Set(images)], signal);
  return rows.map(({ row }, index) => {
    const its = faces[index];
    return its ? { ...row, look: { faces: its, pictures } } : row;
  });
}

/** In the order of their digests as long as there is room, so that the same tile is always the same. */
async function picturesOf(
  pool: Pool,
  digests: readonly string[],
  signal: CancelSignal,
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (digests.length === 0) return new Map();
  const rows = await pool.read<{ sha256: string; bytes: Uint8Array }>(
    sql`select sha256, bytes from (select sha256, bytes, sum(octet_length(bytes)) over (order by sha256) as so_far
        from twin.picture where sha256 = any(${[...digests]}::text[])) as picture
      where so_far <= ${MOST_PICTURE_BYTES}::bigint`,
    signal,
  );
  return new Map(rows.map(({ sha256, bytes }) => [sha256, bytes]));
}
