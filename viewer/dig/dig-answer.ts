/** What the drawn excavation meets, kept in step with it. */
import { signal } from '@preact/signals';
import type { DigAnswer } from '../../core/wire/dig-check.ts';
import { addressOf, getJson } from '../api/city-api.ts';
import { excavation } from '../state/dig.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';

export const digAnswer = signal<Load<DigAnswer>>(LOADING);

const PAUSE_MS = 250;

const pathOf = (now: NonNullable<typeof excavation.value>): string => {
  const { corners, depthM, clearanceM } = now;
  return `api/dig-check?outline=${corners.flat().join()}&depthM=${depthM}&clearanceM=${clearanceM}`;
};

export const followDig = (): (() => void) =>
  loadAlong(
    digAnswer,
    () => {
      const [now, prefix] = [excavation.value, cityPrefix.value];
      return now && ((abort) => getJson<DigAnswer>(pathOf(now), abort, prefix));
    },
    PAUSE_MS,
  );

/** The address of the answer as a table; undefined while nothing is drawn. */
export const digTableAddress = (): string | undefined =>
  excavation.value && addressOf(`${pathOf(excavation.value)}&f=csv`);
