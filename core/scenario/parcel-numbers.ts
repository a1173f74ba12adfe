/**
 * Numbers and registered areas of parcels that a division or a merger makes, as the register of land and buildings
 * practises it (Dz.U. 2021 poz. 1390): a divided parcel leaves its number with new denominators (12 → 12/1, 12/2;
 * 12/2 → 12/3, 12/4 when those are the next free ones), merged ones get the next free whole number.
 */

export interface ParcelId {
  /** Precinct and sheet with the dot before the number: `306401_1.0021.AR_10.` */
  readonly place: string;
  readonly number: number;
  readonly denominator: number | undefined;
}

/** Takes `306401_1.0021.AR_10.12/4` apart; undefined where the last part is no number of a parcel. */
export function parcelIdOf(id: string): ParcelId | undefined {
  const [, place, number, denominator] = /^(.*\.)(\d{1,9})(?:\/(\d{1,9}))?$/.exec(id) ?? [];
  if (place === undefined || number === undefined) return undefined;
  return {
    place,
    number: Number(number),
    denominator: denominator === undefined ? undefined : Number(denominator),
  };
}

/**
 * Ids of the parcels that one is divided into.
 * @param known ids of the same number that exist or existed
 */
export function idsOfDivided(id: string, count: number, known: readonly string[]): readonly string[] {
  const parcel = parcelIdOf(id);
  // Where the register has numbers of its own, theirs get a suffix that cannot be one of them.
  if (!parcel) return Array.from({ length: count }, (_, i) => `${id}/${i + 1}`);
  const { place, number } = parcel;
  const taken = [id, ...known].flatMap((each) => {
    const other = parcelIdOf(each);
    return other?.place === place && other.number === number ? (other.denominator ?? 0) : [];
  });
  const highest = Math.max(0, ...taken);
  return Array.from({ length: count }, (_, i) => `${place}${number}/${highest + 1 + i}`);
}

/** The id of the parcel that several become. @param highest number that there is, or was, in that place */
export const idOfMerged = ({ place }: ParcelId, highest: number): string => `${place}${highest + 1}`;

export const parcelNumber = (id: string): string => id.slice(id.lastIndexOf('.') + 1);

/** Whole square metres of a hectare. */
const PER_HA = 10_000;

/**
 * The registered area of a parcel shared out in whole square metres by the measured areas of its parts; together they
 * are exactly what it was.
 */
export function shareRegisteredArea(totalHa: number, partsM2: readonly number[]): readonly number[] {
  const totalM2 = Math.round(totalHa * PER_HA);
  const measured = partsM2.reduce((sum, area) => sum + area, 0);
  const exact = partsM2.map((area) => (totalM2 * area) / measured);
  const floors = exact.map(Math.floor);
  const left = totalM2 - floors.reduce((sum, area) => sum + area, 0);
  const largestRests = exact
    .map((area, i) => ({ i, rest: area - (floors[i] ?? 0) }))
    .toSorted((a, b) => b.rest - a.rest || a.i - b.i)
    .slice(0, left)
    .map(({ i }) => i);
  return floors.map((area, i) => (area + (largestRests.includes(i) ? 1 : 0)) / PER_HA);
}
