import { signal } from '@preact/signals';

/** Rises whenever the service says that the register of obstructions has changed. */
export const obstructionNews = signal(0);

/** The layer that published obstructions are in; selecting one of its objects opens it in the register. */
export const OBSTRUCTIONS = 'obstructions';
