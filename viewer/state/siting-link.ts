import { signal } from '@preact/signals';

/** The question of siting as it stands in the link; undefined while none is asked. */
export const sitingLink = signal<string | undefined>(undefined);
