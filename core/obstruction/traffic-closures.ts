import type { Obstruction, TrafficClosures } from '../wire/obstruction.ts';
import { commonSpans, type Span, spansOf } from './spans.ts';

type Known = Pick<
  Obstruction,
  | 'id'
  | 'impact'
  | 'lanesLeft'
  | 'openDirection'
  | 'modes'
  | 'stretches'
  | 'windows'
  | 'actualFrom'
  | 'actualTo'
>;

/**
 * What obstructions mean for a model of traffic within a span of time: one row for each stretch and stretch of time, in
 * the measures of the layer `roads`. Pure and in a stable order: the same obstructions give the same rows.
 */
export function trafficClosures(obstructions: readonly Known[], within: Span): TrafficClosures {
  const closures = obstructions
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((each) =>
      commonSpans(effectiveSpans(each), [within]).flatMap(({ fromMs, toMs }) =>
        each.stretches.map((stretch) => ({
          obstruction: each.id,
          road: stretch.road,
          fromM: stretch.fromM,
          toM: stretch.toM,
          from: new Date(fromMs).toISOString(),
          to: new Date(toMs).toISOString(),
          ...lanesLeft(each, stretch.lanes, stretch.reversed),
          modes: each.modes,
        })),
      ),
    );
  return { from: new Date(within.fromMs).toISOString(), to: new Date(within.toMs).toISOString(), closures };
}

/** What was reported of its real beginning and end cuts what was planned. */
export function effectiveSpans({
  windows,
  actualFrom,
  actualTo,
}: Pick<Known, 'windows' | 'actualFrom' | 'actualTo'>): readonly Span[] {
  const planned = spansOf(windows);
  const [first, last] = [planned[0], planned.at(-1)];
  if (!first || !last) return [];
  const began = actualFrom === undefined ? first.fromMs : Date.parse(actualFrom);
  const ended = actualTo === undefined ? Math.max(last.toMs, began) : Date.parse(actualTo);
  // Begun early: it stands from then on, whatever was planned for these days.
  const early = began < first.fromMs ? [{ fromMs: began, toMs: first.fromMs }, ...planned] : planned;
  return commonSpans(early, [{ fromMs: began, toMs: ended }]);
}

function lanesLeft(
  { impact, lanesLeft: left, openDirection }: Known,
  lanes: number | null,
  reversed: boolean,
): { readonly lanesForward: number | null; readonly lanesBackward: number | null } {
  const half = lanes === null ? null : lanes / 2;
  if (impact === 'closed') return { lanesForward: 0, lanesBackward: 0 };
  if (impact === 'one_direction') {
    const opensForward = (openDirection ?? 'forward') === (reversed ? 'backward' : 'forward');
    return opensForward ? { lanesForward: half, lanesBackward: 0 } : { lanesForward: 0, lanesBackward: half };
  }
  if (impact === 'narrowed' && left !== undefined) {
    return { lanesForward: left / 2, lanesBackward: left / 2 };
  }
  return { lanesForward: half, lanesBackward: half };
}
