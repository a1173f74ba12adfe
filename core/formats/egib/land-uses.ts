/** The list of land uses of a parcel as the twin keeps it, `RVI 0.242 ha; B-RIVa 0.05 ha`, in its parts. */

export interface LandUse {
  readonly ofu: string;
  readonly ozu: string | null;
  readonly ozk: string | null;
  /** Hectares as written; null when the list gives none. */
  readonly areaHa: string | null;
}

const SEPARATOR = /\s*[;,]\s+/;
const USE = /^\s*([^\s;,]+)(?:\s+(\d+(?:\.\d+)?)\s*ha)?\s*$/;
const SOIL_CLASS = /(VIz|VI|V|IVa|IVb|IV|IIIa|IIIb|III|II|I)$/;

/**
 * A designation is a use (OFU), or a soil contour and its class (OZU OZK), which is then the use too, or a use, a dash and
 * those. Parts that are none are left out.
 */
export function landUsesOf(list: string): readonly LandUse[] {
  return list.split(SEPARATOR).flatMap((part) => {
    const [, designation, area] = USE.exec(part) ?? [];
    if (designation === undefined) return [];
    const ozk = SOIL_CLASS.exec(designation)?.[1] ?? null;
    const head = ozk === null ? designation : designation.slice(0, -ozk.length);
    const [use = '', soil] = head.split('-');
    const ozu = soil ?? (ozk === null ? null : use);
    return [{ ofu: use, ozu, ozk, areaHa: area ?? null }];
  });
}
