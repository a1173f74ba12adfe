/** Which parcel, building, list or area is being checked, and by the law of which day; all are part of a link. */
import { signal } from '@preact/signals';

export const PARCELS = 'parcels';
export const BUILDINGS = 'buildings';

/** Id of the parcel whose dossier is open. */
export const checkedParcel = signal<string | undefined>(undefined);
/** Id of the building, planned or of the city, that is checked with the ground under it. */
export const checkedBuilding = signal<string | undefined>(undefined);
/** The ids of a list that is checked; empty = none. */
export const listedIds = signal<readonly string[]>([]);
/** Corners in EPSG:2177, easting first; not closed. */
export type Ring = readonly (readonly [easting: number, northing: number])[];
/** The corners of the area that is checked, or being drawn; undefined when nothing is. */
export const drawnRing = signal<Ring | undefined>(undefined);
export const isDrawing = signal(false);
/** The day whose law is applied, YYYY-MM-DD; undefined = that of the scenario, else today. */
export const lawDay = signal<string | undefined>(undefined);
/** A code that a printed document carried, to be held against the answer of today. */
export const expectedCode = signal<string | undefined>(undefined);
