/**
 * A network and its trips for micro-simulation with SUMO: plain XML that netconvert reads (nodes, edges, types), and
 * flows of vehicles from edge to edge.
 */
import type { TrafficResult } from '../../wire/traffic.ts';
import { markup } from '../../xml/writer.ts';

export interface SumoFiles {
  /** `*.nod.xml`, `*.edg.xml`: `netconvert -n … -e … -x … -o net.xml`; it makes the programs of the signals. */
  readonly nodes: string;
  readonly edges: string;
  /** `*.con.xml`, after `-x`: turns that are banned. */
  readonly connections: string;
  /** `*.trips.xml` of one hour: `sumo -n net.xml -r …` finds the ways. */
  readonly trips: string;
}

const PRIORITY: Readonly<Record<string, number>> = {
  motorway: 13,
  express: 12,
  main_fast: 11,
  main: 9,
  collector: 7,
  local: 5,
  access: 4,
  service: 2,
};
const S_PER_H = 3600;
/** Less is less than a vehicle. */
const LEAST_VEH_PER_H = 0.05;

/**
 * The state of the scenario; without one that of the base. Ids of nodes and edges are those of the city with what SUMO
 * does not allow replaced, so that its results can be brought back.
 * @param result of `traffic-assignment` with `withMatrix`, else there are no trips
 */
export function writeSumo({ links, zones, matrix }: TrafficResult): SumoFiles {
  const open = links.filter(({ after, from, to }) => after !== null && from !== to);
  const nodes = new Map<string, readonly [number, number]>();
  for (const { from, to, path } of open) {
    const [first, last] = [path[0], path.at(-1)];
    if (first) nodes.set(from, first);
    if (last) nodes.set(to, last);
  }
  const signalled = new Set(open.flatMap(({ signal, to }) => (signal ? [to] : [])));
  const connected = roundTrip(open);
  const doors = new Map(zones.map((zone) => [zone.id, doorOf(zone.position, open, connected)]));
  return {
    nodes: document(
      markup`<nodes>${[...nodes].map(([id, [x, y]]) => markup`<node id="${safe(id)}" x="${x}" y="${y}" type="${signalled.has(id) ? 'traffic_light' : 'priority'}"/>`)}</nodes>`
        .text,
    ),
    edges: document(
      markup`<edges>${open.map(
        (link) =>
          markup`<edge id="${safe(link.id)}" from="${safe(link.from)}" to="${safe(link.to)}" priority="${PRIORITY[link.class ?? ''] ?? 5}" numLanes="${Math.max(1, Math.round(link.lanes))}" speed="${(link.freeSpeedKmH / 3.6).toFixed(3)}" shape="${link.path.map(([x, y]) => `${x},${y}`).join(' ')}" spreadType="right"/>`,
      )}</edges>`.text,
    ),
    connections: document(markup`<connections>${bannedTurns(open)}</connections>`.text),
    trips: document(
      markup`<routes><vType id="car" vClass="passenger"/><vType id="truck" vClass="truck"/>${flowsOf(matrix, doors)}</routes>`
        .text,
    ),
  };
}

const bannedTurns = (open: TrafficResult['links']) =>
  open
    .filter(({ noTurnTo }) => noTurnTo.length > 0)
    .flatMap((link) =>
      open
        .filter(({ road, from }) => from === link.to && link.noTurnTo.includes(road))
        .map(({ id }) => markup`<delete from="${safe(link.id)}" to="${safe(id)}"/>`),
    );

function flowsOf(
  matrix: TrafficResult['matrix'],
  doors: ReadonlyMap<string, { readonly out: string; readonly into: string } | undefined>,
) {
  return (matrix?.from ?? []).flatMap((from, at) => {
    const [origin, destination] = [doors.get(from), doors.get(matrix?.to[at] ?? '')];
    if (!origin || !destination || origin.out === destination.into) return [];
    return (
      [
        ['car', matrix?.carVehPerH[at] ?? 0],
        ['truck', matrix?.truckVehPerH[at] ?? 0],
      ] as const
    ).flatMap(([type, vehPerH]) =>
      vehPerH < LEAST_VEH_PER_H
        ? []
        : [
            markup`<flow id="${type}${at}" type="${type}" begin="0" end="${S_PER_H}" from="${origin.out}" to="${destination.into}" probability="${(vehPerH / S_PER_H).toFixed(7)}" departLane="best"/>`,
          ],
    );
  });
}

/** The nearest street that leads from the zone to everywhere and back: its nearest edge in each role. */
function doorOf(
  [e, n]: readonly [number, number],
  open: TrafficResult['links'],
  connected: ReadonlySet<string>,
): { readonly out: string; readonly into: string } | undefined {
  const nearest = (end: 'from' | 'to') => {
    let [best, away] = [undefined as string | undefined, Number.POSITIVE_INFINITY];
    for (const link of open) {
      if (!connected.has(link[end])) continue;
      const [x, y] = (end === 'from' ? link.path[0] : link.path.at(-1)) ?? [Number.NaN, Number.NaN];
      const distance = Math.hypot(x - e, y - n);
      if (distance < away && connected.has(link.from) && connected.has(link.to))
        [best, away] = [link.id, distance];
    }
    return best;
  };
  const [out, into] = [nearest('from'), nearest('to')];
  return out !== undefined && into !== undefined ? { out: safe(out), into: safe(into) } : undefined;
}

/** Nodes from which everywhere can be reached and that can be reached from everywhere: the largest such part. */
function roundTrip(links: TrafficResult['links']): ReadonlySet<string> {
  const [forth, back] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const put = (map: Map<string, string[]>, from: string, to: string) => {
    const list = map.get(from);
    if (list) list.push(to);
    else map.set(from, [to]);
  };
  for (const { from, to } of links) {
    put(forth, from, to);
    put(back, to, from);
  }
  const reach = (start: string, along: ReadonlyMap<string, readonly string[]>) => {
    const seen = new Set([start]);
    const stack = [start];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const next of along.get(node) ?? []) {
        if (!seen.has(next)) {
          seen.add(next);
          stack.push(next);
        }
      }
    }
    return seen;
  };
  let largest: ReadonlySet<string> = new Set();
  const done = new Set<string>();
  for (const start of forth.keys()) {
    if (done.has(start)) continue;
    const returning = reach(start, back);
    const both = new Set([...reach(start, forth)].filter((node) => returning.has(node)));
    for (const node of both) done.add(node);
    if (both.size > largest.size) largest = both;
  }
  return largest;
}

/** SUMO takes no blanks and few signs in ids, and reads an edge that begins with ":" as its own. */
const safe = (id: string): string => id.replaceAll(/[\s:;,|!'"&<>\\]/g, '_');

const document = (text: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
