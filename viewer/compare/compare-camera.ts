/** One camera for all panes: whichever is moved leads, the others follow. */
import { signal } from '@preact/signals';
import type { GlobeView, PlanView } from '../state/link.ts';

/** What the plans show; globes start from it and write it when they come to rest. */
export const comparedPlan = signal<PlanView | undefined>(undefined);

/** The eye of the globes, and the pane that moved it. */
export const comparedEye = signal<{ readonly by: string; readonly view: GlobeView } | undefined>(undefined);
