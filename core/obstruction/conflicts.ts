/** Conflicts of an obstruction with others in place and time, found before anybody approves it. */
import type { Conflict, Impact, Mode, ObstructionKind, Stretch } from '../wire/obstruction.ts';
import { conflictWords } from './conflict-words.ts';
import { type CutOff, cutOff } from './cut-off.ts';
import type { RoadSection } from './road-section.ts';
import { commonSpans, hoursOf, type Span } from './spans.ts';

/** An obstruction as far as conflicts go. */
export interface Planned {
  /** Empty for one that is not stored yet. */
  readonly id: string;
  readonly name: string;
  readonly kind: ObstructionKind;
  readonly impact: Impact;
  readonly modes: readonly Mode[];
  readonly network: string | undefined;
  readonly lanesLeft: number | undefined;
  readonly stretches: readonly Stretch[];
  readonly detourStretches: readonly Stretch[];
  readonly spans: readonly Span[];
}

/** Another obstruction that is submitted, approved, published or, for digging once, closed. */
export interface Other extends Planned {
  /** Between the grounds that both take (m); 0 where they meet. */
  readonly awayM: number;
  /** Ground in common (m²). */
  readonly sharedM2: number;
  /** Over and done with: only its having been dug counts. */
  readonly isPast: boolean;
}

/** The road network around an obstruction. */
export interface Surroundings {
  readonly roads: readonly RoadSection[];
  /** Whether the network goes on behind a junction. */
  readonly isRim: (node: string) => boolean;
}

/** The same road is not dug up again within so many months. */
export const DIG_ONCE_MONTHS = 12;
const MONTH_H = 730.5;
/** Events and works on networks this near are worth knowing of. */
export const NEARBY_M = 150;
const SHORTEST_M = 1;
/** As many different sets of closures are tried on the network. */
const MOST_SETS = 40;

const DIGS: readonly ObstructionKind[] = ['roadworks', 'utility_works', 'network_failure'];
const GATHERS: readonly ObstructionKind[] = ['event', 'utility_works', 'network_failure'];
const SEVERITY = ['high', 'medium', 'low'] as const;

/** All conflicts, the worst first. The order of `others` does not matter. */
export function findConflicts(
  planned: Planned,
  others: readonly Other[],
  surroundings: Surroundings,
): readonly Conflict[] {
  const pairs = others
    .filter(({ id }) => id !== planned.id)
    .flatMap((other) => pairConflicts(planned, other));
  const all = [...pairs, ...cutOffConflicts(planned, others, surroundings)];
  return all.toSorted(
    (a, b) =>
      SEVERITY.indexOf(a.severity) - SEVERITY.indexOf(b.severity) ||
      a.code.localeCompare(b.code) ||
      (a.others[0]?.id ?? '').localeCompare(b.others[0]?.id ?? ''),
  );
}

function pairConflicts(planned: Planned, other: Other): readonly Conflict[] {
  const spans = other.isPast ? [] : commonSpans(planned.spans, other.spans);
  const shared = commonStretches(planned.stretches, other.stretches);
  if (spans.length === 0) return digOnce(planned, other, shared);
  const found: Conflict[] = [];
  const tell = (
    code: Conflict['code'],
    severity: Conflict['severity'],
    more: Partial<Pick<Conflict, 'streets' | 'lengthM' | 'distanceM'>>,
  ) => found.push(conflict(code, severity, [other], { ...together(spans), ...more }));
  if (shared.lengthM >= SHORTEST_M || other.sharedM2 >= 1) {
    const isGrave = [planned, other].some(({ impact }) => impact === 'closed' || impact === 'one_direction');
    tell('same-place', isGrave ? 'high' : 'medium', shared);
  } else if (other.awayM <= NEARBY_M && [planned, other].some(({ kind }) => GATHERS.includes(kind))) {
    tell('nearby', 'low', { distanceM: Math.round(other.awayM) });
  }
  const blocked = commonStretches(planned.detourStretches, other.stretches);
  if (blocked.lengthM >= SHORTEST_M && other.impact !== 'hindered') {
    tell('detour-blocked', other.impact === 'closed' ? 'high' : 'medium', blocked);
  }
  const blocks = commonStretches(other.detourStretches, planned.stretches);
  if (blocks.lengthM >= SHORTEST_M && planned.impact !== 'hindered') {
    tell('blocks-detour', planned.impact === 'closed' ? 'high' : 'medium', blocks);
  }
  return found;
}

/** The same ground opened twice, one after the other. */
function digOnce(planned: Planned, other: Other, shared: Shared): readonly Conflict[] {
  if (shared.lengthM < SHORTEST_M || !DIGS.includes(planned.kind) || !DIGS.includes(other.kind)) return [];
  const gapH = Math.min(gapHours(planned.spans, other.spans), gapHours(other.spans, planned.spans));
  if (gapH > DIG_ONCE_MONTHS * MONTH_H) return [];
  const isSame = planned.network !== undefined && planned.network === other.network;
  return [conflict('dig-once', isSame ? 'medium' : 'low', [other], { ...shared, hours: Math.round(gapH) })];
}

/** From the end of one to the beginning of the other; infinite when it comes before. */
function gapHours(first: readonly Span[], second: readonly Span[]): number {
  const gapMs = (second[0]?.fromMs ?? Number.POSITIVE_INFINITY) - (first.at(-1)?.toMs ?? 0);
  return gapMs >= 0 ? gapMs / 3_600_000 : Number.POSITIVE_INFINITY;
}

const isClosedTo = (mode: Mode) => (each: Planned) => each.impact === 'closed' && each.modes.includes(mode);

/** Ways that closures take together: for emergency services first, then for cars. */
function cutOffConflicts(
  planned: Planned,
  others: readonly Other[],
  { roads, isRim }: Surroundings,
): readonly Conflict[] {
  for (const [mode, severity] of [
    ['emergency', 'high'],
    ['car', 'medium'],
  ] as const) {
    if (!isClosedTo(mode)(planned)) continue;
    const closing = others.filter(
      (other) => !other.isPast && other.id !== planned.id && isClosedTo(mode)(other),
    );
    const alone = cutOff(roads, planned.stretches, isRim);
    let worst: { readonly lost: CutOff; readonly with: readonly Other[]; readonly spans: readonly Span[] } = {
      lost: alone,
      with: [],
      spans: planned.spans,
    };
    for (const set of setsInTime(planned, closing)) {
      const lost = cutOff(
        roads,
        [planned, ...set.with].flatMap(({ stretches }) => stretches),
        isRim,
      );
      const before = cutOff(
        roads,
        set.with.flatMap(({ stretches }) => stretches),
        isRim,
      );
      // What the others cut off without this one is not its doing.
      if (lost.lengthM - before.lengthM > worst.lost.lengthM) {
        worst = { lost: { ...lost, lengthM: lost.lengthM - before.lengthM }, ...set };
      }
    }
    if (worst.lost.lengthM < SHORTEST_M) continue;
    const { streets, lengthM } = worst.lost;
    return [
      conflict('cut-off', severity, worst.with, { ...together(worst.spans), streets: [...streets], lengthM }),
    ];
  }
  return [];
}

/** The sets of others that run at one time during the planned one, each with the time that they share. */
function setsInTime(planned: Planned, others: readonly Other[]) {
  const sets = new Map<string, { readonly with: readonly Other[]; readonly spans: readonly Span[] }>();
  for (const span of planned.spans) {
    const moments = others
      .flatMap(({ spans }) => spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))
      .filter((ms) => ms > span.fromMs && ms < span.toMs);
    const cuts = [...new Set([span.fromMs, ...moments, span.toMs])].toSorted((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i++) {
      const piece = { fromMs: cuts[i] as number, toMs: cuts[i + 1] as number };
      const running = others.filter(({ spans }) => commonSpans([piece], spans).length > 0);
      if (running.length === 0) continue;
      const key = running.map(({ id }) => id).join('\n');
      const known = sets.get(key);
      if (!known && sets.size >= MOST_SETS) return sets.values();
      sets.set(key, { with: running, spans: [...(known?.spans ?? []), piece] });
    }
  }
  return sets.values();
}

interface Shared {
  readonly lengthM: number;
  readonly streets: string[];
}

function commonStretches(a: readonly Stretch[], b: readonly Stretch[]): Shared {
  let lengthM = 0;
  const streets = new Set<string>();
  for (const one of a) {
    for (const other of b) {
      if (one.road !== other.road) continue;
      const commonM = Math.min(one.toM, other.toM) - Math.max(one.fromM, other.fromM);
      if (commonM <= 0) continue;
      lengthM += commonM;
      if (one.street !== null) streets.add(one.street);
    }
  }
  return { lengthM: Math.round(lengthM), streets: [...streets].toSorted() };
}

const together = (spans: readonly Span[]) => ({
  from: new Date(spans[0]?.fromMs ?? 0).toISOString(),
  to: new Date(spans.at(-1)?.toMs ?? 0).toISOString(),
  hours: hoursOf(spans),
});

function conflict(
  code: Conflict['code'],
  severity: Conflict['severity'],
  others: readonly Planned[],
  measured: Partial<Conflict>,
): Conflict {
  const plain = {
    code,
    severity,
    others: others.map(({ id, name }) => ({ id, name })),
    streets: [],
    ...measured,
  };
  return { ...plain, message: conflictWords(plain) };
}
