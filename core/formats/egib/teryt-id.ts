/** The parts of a TERYT parcel id `WWPPGG_R.OOOO.[AR_NN.]NR[/N]`. */
export interface ParcelIdParts {
  readonly precinctId: string;
  readonly mapSheet: string | null;
  readonly number: string;
}

const PARCEL_ID = /^(\d{6}_\d\.\d{4})\.(?:(AR_\d+)\.)?([^.\s]+)$/;
const BUILDING_ID = /^(\d{6}_\d\.\d{4}\..+_BUD)$/i;

/** The parts of a parcel id, or undefined when it is not one. */
export function parseParcelId(id: string): ParcelIdParts | undefined {
  const match = PARCEL_ID.exec(id);
  if (match === null) return undefined;
  return { precinctId: match[1] ?? '', mapSheet: match[2] ?? null, number: match[3] ?? '' };
}

/** Whether it is a building id: parcel or precinct id followed by `.N_BUD`. */
export function isBuildingId(id: string): boolean {
  return BUILDING_ID.test(id);
}

/** The parcel in a building id; undefined when the id names only a precinct. */
export function parcelOfBuildingId(id: string): string | undefined {
  const parcel = /^(.+)\.\d+_BUD$/i.exec(id)?.[1];
  return parcel !== undefined && parseParcelId(parcel) ? parcel : undefined;
}

const PRECINCT_ID = /^(\d{6}_\d)\.(\d{4})$/;

/** Unit and number of a precinct id `WWPPGG_R.OOOO`, or undefined when it is not one. */
export function parsePrecinctId(
  id: string,
): { readonly unitId: string; readonly number: string } | undefined {
  const [, unitId, number] = PRECINCT_ID.exec(id) ?? [];
  return unitId === undefined || number === undefined ? undefined : { unitId, number };
}

export const isPrecinctId = (id: string): boolean => PRECINCT_ID.test(id);

/** Whether it is the id of a cadastral unit, `WWPPGG_R`. */
export const isUnitId = (id: string): boolean => /^\d{6}_\d$/.test(id);
