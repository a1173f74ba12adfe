/** Junctions at which it matters from where to where one turns: they are drawn with a link for each turn. */
import type { CityLink } from './city-links.ts';
import type { EntryLimit } from './road-rules.ts';

/** Seconds that turning round takes, where the network knows of turns at all. */
const TURN_ROUND_S = 20;

export interface Turn {
  /** Indices of the links that it leads from and into; undefined = from or to the doors of zones. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly node: string;
  readonly seconds: number;
  readonly isBanned: { readonly before: boolean; readonly after: boolean };
  /** Limit of the zone that one comes into by it. */
  readonly enters: { readonly before: EntryLimit | null; readonly after: EntryLimit | null };
}

/**
 * Turns at the junctions where one is banned or a zone begins in either state, and at those next to a ban, so that
 * nobody goes round it by turning back at no cost.
 */
export function junctionTurns(links: readonly CityLink[]): readonly Turn[] {
  const into = byNode(links, ({ to }) => to);
  const outOf = byNode(links, ({ from }) => from);
  const nodes = new Set<string>();
  for (const link of links) {
    const roads = new Set([link.before, link.after].flatMap((passage) => passage?.rules?.noTurnTo ?? []));
    const next = outOf.get(link.to) ?? [];
    if (roads.size > 0 && next.some((at) => roads.has(links[at]?.road.id ?? ''))) {
      nodes.add(link.to);
      for (const at of next) nodes.add(links[at]?.to ?? '');
    }
    if (next.some((at) => hasBorder(link, links[at]))) nodes.add(link.to);
  }
  return [...nodes].flatMap((node) => {
    const [from, to] = [into.get(node) ?? [], outOf.get(node) ?? []];
    const ways = to.length;
    const turns = from.flatMap((one) => to.map((other) => turnOf(links, node, one, other, ways)));
    const free = {
      node,
      seconds: 0,
      isBanned: { before: false, after: false },
      enters: { before: null, after: null },
    };
    return [
      ...turns,
      ...from.map((at) => ({ ...free, from: at, to: undefined })),
      ...to.map((at) => ({ ...free, from: undefined, to: at })),
      { ...free, from: undefined, to: undefined },
    ];
  });
}

function turnOf(links: readonly CityLink[], node: string, from: number, to: number, ways: number): Turn {
  const [one, other] = [links[from] as CityLink, links[to] as CityLink];
  const isRound = one.road.id === other.road.id && one.isAlong !== other.isAlong;
  const bans = (state: 'before' | 'after') => one[state]?.rules?.noTurnTo.includes(other.road.id) === true;
  const enters = (state: 'before' | 'after') => {
    const limit = other[state]?.rules?.limit ?? null;
    return isSame(one[state]?.rules?.limit ?? null, limit) ? null : limit;
  };
  return {
    from,
    to,
    node,
    seconds: isRound && ways > 1 ? TURN_ROUND_S : 0,
    isBanned: { before: bans('before'), after: bans('after') },
    enters: { before: enters('before'), after: enters('after') },
  };
}

/** Whether a zone that one pays for begins between two links. */
const hasBorder = (one: CityLink, other: CityLink | undefined): boolean =>
  (['before', 'after'] as const).some((state) => {
    const limit = other?.[state]?.rules?.limit ?? null;
    return limit !== null && limit.chargePln !== null && !isSame(one[state]?.rules?.limit ?? null, limit);
  });

const isSame = (a: EntryLimit | null, b: EntryLimit | null): boolean =>
  a?.vehicles === b?.vehicles && a?.share === b?.share && a?.chargePln === b?.chargePln;

function byNode(links: readonly CityLink[], nodeOf: (link: CityLink) => string) {
  const nodes = new Map<string, number[]>();
  for (const [index, link] of links.entries()) {
    const known = nodes.get(nodeOf(link));
    if (known) known.push(index);
    else nodes.set(nodeOf(link), [index]);
  }
  return nodes;
}
