import type { SitingResult } from '../../wire/siting-answer.ts';
import { type ProgramBuilder, programBuilder } from '../integer-program/integer-program.ts';
import type { SitingTask } from './siting-task.ts';
import { siteCostPln } from './siting-terms.ts';

/** Columns of what may be decided. */
export interface Decisions {
  readonly made: ProgramBuilder;
  /** Whether a candidate is opened, by its place in `candidateRows`; undefined where it must not be. */
  readonly open: readonly (number | undefined)[];
  /** Whether an existing facility closes; undefined where it stays. */
  readonly close: readonly (number | undefined)[];
  /** New places of an existing facility; undefined where it does not grow. */
  readonly grow: readonly (number | undefined)[];
}

/** What may be opened, closed and made larger, within number, budget and distances. */
export function decisionsOf(task: SitingTask, isLimited = true): Decisions {
  const { question, facts, candidateRows, terms, newSites, newSite } = task;
  const made = programBuilder();
  const { existing, minDistanceM = 0, mostClosed, enlargeBy, budgetPln } = question;
  const close = facts.existing.map(() => (existing === 'closable' ? made.column(0, 0, 1, true) : undefined));
  const grow = facts.existing.map(({ capacity }) => {
    const most = Math.floor((capacity ?? 0) * enlargeBy);
    const counts = existing === 'enlargeable' && terms.capacity !== undefined && most > 0;
    return counts ? made.column(0, 0, most, true) : undefined;
  });
  const places = candidateRows.map(newSite);
  const isNear = (a: { e: number; n: number }, b: { e: number; n: number }) =>
    Math.hypot(a.e - b.e, a.n - b.n) < minDistanceM;
  const open = places.map((place) => {
    const isBarred = facts.existing.some((one, k) => close[k] === undefined && isNear(one, place));
    return isBarred ? undefined : made.column(0, 0, 1, true);
  });
  const openEntries = open.flatMap((column) => (column === undefined ? [] : [[column, 1] as const]));
  const closeEntries = close.flatMap((column) => (column === undefined ? [] : [[column, 1] as const]));
  if (isLimited) {
    made.row(-Infinity, newSites, [...openEntries, ...closeEntries.map(([column]) => [column, -1] as const)]);
  }
  if (closeEntries.length > 0) made.row(-Infinity, mostClosed, closeEntries);
  if (minDistanceM > 0) {
    for (const [a, place] of places.entries()) {
      const one = open[a];
      if (one === undefined) continue;
      for (const [b, other] of places.entries()) {
        const two = open[b];
        if (b > a && two !== undefined && isNear(place, other))
          made.row(-Infinity, 1, [
            [one, 1],
            [two, 1],
          ]);
      }
      for (const [k, facility] of facts.existing.entries()) {
        const closed = close[k];
        if (closed !== undefined && isNear(facility, place))
          made.row(-Infinity, 0, [
            [one, 1],
            [closed, -1],
          ]);
      }
    }
  }
  if (budgetPln !== undefined) {
    const growth = grow.flatMap((column) =>
      column === undefined ? [] : [[column, terms.costPerPlacePln] as const],
    );
    made.row(-Infinity, budgetPln, [
      ...open.flatMap((column, at) => {
        const place = places[at];
        return column === undefined || !place
          ? []
          : [[column, siteCostPln(terms, place.places, place.siteKind)] as const];
      }),
      ...growth,
    ]);
  }
  return { made, open, close, grow };
}

/** What makes a site of the table open: a column that is 1 then, a column that is 1 when it closes, or nothing. */
export function openness(task: SitingTask, { open, close }: Decisions) {
  const place = new Map(task.candidateRows.map((row, at) => [row, at]));
  return (row: number): { readonly column?: number; readonly sign: number; readonly base: number } => {
    if (row < task.facts.existing.length) {
      const column = close[row];
      return column === undefined ? { sign: 0, base: 1 } : { column, sign: -1, base: 1 };
    }
    const column = open[place.get(row) ?? -1];
    return column === undefined ? { sign: 0, base: 0 } : { column, sign: 1, base: 0 };
  };
}

/** Σ of the openness of sites as entries of a row and a constant. */
export function opennessSum(sites: Iterable<number>, of: ReturnType<typeof openness>) {
  const entries: (readonly [number, number])[] = [];
  let base = 0;
  for (const site of sites) {
    const { column, sign, base: own } = of(site);
    base += own;
    if (column !== undefined) entries.push([column, sign]);
  }
  return { entries, base };
}

/** A program, and what of its objective is decided already. */
export interface Made {
  readonly decisions: Decisions;
  readonly offset: number;
  readonly beyondHelp?: SitingResult['beyondHelp'];
}
