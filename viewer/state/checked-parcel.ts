/** Which parcel is being checked, and by the law of which day; both are part of a link. */
import { signal } from '@preact/signals';

export const PARCELS = 'parcels';

/** Id of the parcel whose dossier is open. */
export const checkedParcel = signal<string | undefined>(undefined);
/** The day whose law is applied, YYYY-MM-DD; undefined = that of the scenario, else today. */
export const lawDay = signal<string | undefined>(undefined);
/** A code that a printed document carried, to be held against the answer of today. */
export const expectedCode = signal<string | undefined>(undefined);
