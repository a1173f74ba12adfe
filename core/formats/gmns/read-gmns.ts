/** Networks and demand of GMNS as they are assigned. */
import { type OdDemand, odDemand, type Trips } from '../../analysis/traffic/demand.ts';
import { type LinkDraft, type RoadNetwork, roadNetwork } from '../../analysis/traffic/road-network.ts';
import { invalidParameter } from '../../errors.ts';
import { type CsvRow, readCsv } from '../csv.ts';
import { isForCars } from './allowed-uses.ts';

export interface GmnsFiles {
  readonly node: string;
  readonly link: string;
  /** Columns o_zone_id, d_zone_id, volume, or orig_taz, dest_taz, total. */
  readonly demand?: string | undefined;
  /** Metres of a unit of length in the link table, and km/h of a unit of speed; config.csv says which. */
  readonly lengthM?: number | undefined;
  readonly speedKmH?: number | undefined;
}

export interface GmnsModel {
  readonly network: RoadNetwork;
  readonly demand: OdDemand;
  /** Node of each index, zones first; links in the order of the file. */
  readonly nodes: readonly string[];
  readonly zones: readonly string[];
  /** Zones of the demand that no node has, and the trips that cannot be led for it. */
  readonly foreign: { readonly zones: readonly string[]; readonly trips: number };
}

/** Where the file does not say. */
const USUAL = { speedKmH: 50, capacityPerLane: 1_000, lanes: 1 } as const;
const [B, POWER] = [0.15, 4];

/**
 * Times are minutes. A link that is not directed is two. Nodes with a zone_id are where trips begin and end; a zone of
 * several nodes begins at the first.
 * @throws TwinError invalid-parameter naming file and line
 */
export function readGmns({ node, link, demand, lengthM = 1, speedKmH = 1 }: GmnsFiles): GmnsModel {
  const rows = readCsv(node, 'node.csv');
  const zoneNodes = new Map<string, string>();
  for (const row of rows) {
    const zone = row.cells['zone_id'];
    if (zone && !zoneNodes.has(zone)) zoneNodes.set(zone, cellOf(row, 'node.csv', 'node_id'));
  }
  const isZone = new Set(zoneNodes.values());
  const others = rows.map((row) => cellOf(row, 'node.csv', 'node_id')).filter((id) => !isZone.has(id));
  const nodes = [...zoneNodes.values(), ...others];
  const place = new Map(nodes.map((id, index) => [id, index]));
  if (place.size !== nodes.length) {
    throw invalidParameter('node.csv', 'node.csv names a node_id more than once');
  }
  const links = readCsv(link, 'link.csv').flatMap((row): readonly LinkDraft[] => {
    const { cells } = row;
    if (!isForCars(cells['allowed_uses'] ?? '')) return [];
    const end = (name: string) => {
      const at = place.get(cellOf(row, 'link.csv', name));
      if (at !== undefined) return at;
      throw invalidParameter(
        'link.csv',
        `link.csv, line ${row.line}: node "${cells[name]}" is not in node.csv`,
      );
    };
    const metres = numberOf(row, 'length', 0) * lengthM;
    const speed = numberOf(row, 'free_speed', 0) * speedKmH || USUAL.speedKmH;
    const lanes = numberOf(row, 'lanes', USUAL.lanes) || USUAL.lanes;
    const capacity = (numberOf(row, 'capacity', 0) || USUAL.capacityPerLane) * lanes;
    const draft = {
      tail: end('from_node_id'),
      head: end('to_node_id'),
      freeFlowTime: (metres / 1000 / speed) * 60,
      capacity,
      b: B,
      power: POWER,
      length: metres,
      toll: numberOf(row, 'toll', 0),
    };
    const isDirected = !/^(0|false|no)$/i.test(cells['directed'] ?? '');
    return isDirected ? [draft] : [draft, { ...draft, tail: draft.head, head: draft.tail }];
  });
  const zones = [...zoneNodes.keys()];
  const zoneAt = new Map(zones.map((id, index) => [id, index]));
  const trips = demand === undefined ? [] : readCsv(demand, 'demand.csv');
  const foreignZones = new Set<string>();
  let foreignTrips = 0;
  const pairs = trips.flatMap((row): readonly Trips[] => {
    const volume = numberOf(row, row.cells['volume'] === undefined ? 'total' : 'volume', 0, 'demand.csv');
    const [from, to] = [
      ['o_zone_id', 'orig_taz'],
      ['d_zone_id', 'dest_taz'],
    ].map((names) => cellOf(row, 'demand.csv', names.find((each) => row.cells[each] !== undefined) ?? ''));
    const [origin, destination] = [zoneAt.get(from ?? ''), zoneAt.get(to ?? '')];
    if (origin !== undefined && destination !== undefined) return [{ origin, destination, trips: volume }];
    if (origin === undefined) foreignZones.add(from ?? '');
    if (destination === undefined) foreignZones.add(to ?? '');
    foreignTrips += volume;
    return [];
  });
  return {
    network: roadNetwork({
      nodeCount: nodes.length,
      zoneCount: zones.length,
      // GMNS has no word for it: zones that stand on streets may be driven through.
      firstThruNode: 0,
      links,
    }),
    demand: odDemand(zones.length, pairs),
    foreign: { zones: [...foreignZones], trips: foreignTrips },
    nodes,
    zones,
  };
}

function cellOf({ line, cells }: CsvRow, file: string, name: string): string {
  const text = cells[name]?.trim();
  if (text) return text;
  throw invalidParameter(file, `${file}, line ${line}: ${name} is missing`);
}

function numberOf({ line, cells }: CsvRow, name: string, usual: number, file = 'link.csv'): number {
  const text = (cells[name] ?? '').trim();
  if (text === '' || text === 'NaN') return usual;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw invalidParameter(file, `${file}, line ${line}: ${name} is "${text}", which is no number`);
}
