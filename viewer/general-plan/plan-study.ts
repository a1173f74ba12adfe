/** Tools of the general plan: runs of models over the city or scenario that is shown, asked for one by one. */
import { effect, type Signal, signal } from '@preact/signals';
import type { AccessStandardsResult } from '../../core/analysis/plan/access-standards.ts';
import type { InfillResult } from '../../core/analysis/plan/infill.ts';
import type { ZoneBalanceResult } from '../../core/analysis/plan/zone-balance.ts';
import { CALLED_OFF, followRun } from '../api/follow-run.ts';
import { announce } from '../state/announcer.ts';
import { wantedCity } from '../state/shown-city.ts';
import { problemOf, resultOf, type Study } from '../sun/sun-study.ts';
import { t } from '../text/text.ts';

export interface PlanStudy<T> {
  readonly model: string;
  readonly state: Signal<Study<T>>;
  ask(): Promise<void>;
  stop(): void;
}

export const zoneBalance = planStudy<ZoneBalanceResult>('zone-balance');
export const infill = planStudy<InfillResult>('general-plan-infill');
export const accessStandards = planStudy<AccessStandardsResult>('access-standards');

const STUDIES = [zoneBalance, infill, accessStandards] as const;

function planStudy<T>(model: string): PlanStudy<T> {
  const state = signal<Study<T>>({ kind: 'none' });
  let asking: AbortController | undefined;
  return {
    model,
    state,
    stop() {
      asking?.abort(CALLED_OFF);
      state.value = { kind: 'none' };
    },
    async ask() {
      asking?.abort(CALLED_OFF);
      asking = new AbortController();
      const { signal: wanted } = asking;
      const tell = (next: Study<T>) => {
        if (!wanted.aborted) state.value = next;
      };
      tell({ kind: 'busy', percent: 0 });
      const { scenario } = wantedCity.peek();
      try {
        const run = await followRun(
          { model, ...(scenario !== undefined && { scenario }) },
          wanted,
          (percent) => tell({ kind: 'busy', percent }),
        );
        tell({ kind: 'ready', value: await resultOf<T>(run.urls.result, wanted) });
        if (!wanted.aborted) announce(t('planDone'));
      } catch (error) {
        tell({ kind: 'failed', reason: problemOf(error) });
      }
    },
  };
}

/** Forgets what was found in another city. Returns how to stop. */
export function followPlanCity(): () => void {
  let known: string | undefined;
  return effect(() => {
    const { scenario = '', at = '' } = wantedCity.value;
    const city = `${scenario} ${at}`;
    if (known !== undefined && known !== city) for (const study of STUDIES) study.stop();
    known = city;
  });
}
