import { signal } from '@preact/signals';

/** The question of the site finder as it stands in the link; undefined while none is asked. */
export const sitesLink = signal<string | undefined>(undefined);
/** Whether what may be built on the selected parcel is shown. */
export const capacityShown = signal(false);
