import { signal } from '@preact/signals';

/** The question of traffic as it stands in the link; undefined while none is asked. */
export const trafficLink = signal<string | undefined>(undefined);
