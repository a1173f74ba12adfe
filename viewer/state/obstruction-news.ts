import { signal } from '@preact/signals';

/** Rises whenever the service says that the register of obstructions has changed. */
export const obstructionNews = signal(0);

/** Ids in the register that are not published, and so in no layer. */
export const unpublished = signal<ReadonlySet<string>>(new Set());

/** The layer that published obstructions are in; selecting one of its objects opens it in the register. */
export const OBSTRUCTIONS = 'obstructions';
