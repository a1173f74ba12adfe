/** The comparison screen as a link: which scenarios, how they are shown, and from where. */
import type { PlanView } from '../state/link.ts';

export interface CompareLink {
  readonly ids: readonly string[];
  readonly dimension: '2d' | '3d';
  readonly arrangement: 'split' | 'swipe';
  readonly panes: readonly string[];
  /** Of the rows of traffic; the usual one is not written. */
  readonly hour?: number | undefined;
  readonly plan?: PlanView | undefined;
}

const ID = /^[\w-]{1,100}$/;
const MOST = 12;
const HOUR = /^(?:1?\d|2[0-3])$/;

/** Reads a fragment such as `#ids=a,b&view=3d&as=swipe&n=…&e=…&scale=…`; what is not understood is left out. */
export function readCompareLink(fragment: string): CompareLink {
  const values = new URLSearchParams(fragment.replace(/^#/, ''));
  const names = (name: string) => (values.get(name) ?? '').split(',').filter((word) => ID.test(word));
  const ids = [...new Set(names('ids'))].slice(0, MOST);
  const [northingM, eastingM, scaleDenominator] = ['n', 'e', 'scale'].map((name) =>
    Number.parseFloat(values.get(name) ?? ''),
  );
  const isPlace = [northingM, eastingM, scaleDenominator].every((value) => Number.isFinite(value));
  return {
    ids,
    dimension: values.get('view') === '3d' ? '3d' : '2d',
    // Two are best laid over each other; more only fit beside each other.
    arrangement:
      values.get('as') === 'split' || (values.get('as') !== 'swipe' && ids.length > 1) ? 'split' : 'swipe',
    panes: names('panes'),
    ...(HOUR.test(values.get('hour') ?? '') && { hour: Number(values.get('hour')) }),
    ...(isPlace && northingM !== undefined && eastingM !== undefined && scaleDenominator !== undefined
      ? { plan: { northingM, eastingM, scaleDenominator } }
      : {}),
  };
}

export function writeCompareLink({ ids, dimension, arrangement, panes, hour, plan }: CompareLink): string {
  const parts = [`ids=${ids.join()}`, `view=${dimension}`, `as=${arrangement}`];
  if (panes.length > 0) parts.push(`panes=${panes.join()}`);
  if (hour !== undefined) parts.push(`hour=${hour}`);
  if (plan) {
    parts.push(`n=${plan.northingM.toFixed(2)}`, `e=${plan.eastingM.toFixed(2)}`);
    parts.push(`scale=${plan.scaleDenominator.toFixed(0)}`);
  }
  return parts.join('&');
}
