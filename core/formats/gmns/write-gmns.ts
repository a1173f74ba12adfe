/**
 * Traffic networks in GMNS (General Modeling Network Specification, zephyr-data-specs): node.csv, link.csv, movement.csv,
 * zone.csv, demand.csv, config.csv. Lengths in metres, speeds in km/h, capacities in vehicles an hour of all lanes by lane.
 */
import type { TrafficResult } from '../../wire/traffic.ts';
import { csvLine } from '../csv.ts';

/** Contents by file name. @param result of `traffic-assignment`; the scenario's state, without one the base's */
export function writeGmns({ links, zones, matrix }: TrafficResult): ReadonlyMap<string, string> {
  const nodes = new Map<string, readonly [number, number]>();
  const open = links.filter(({ after }) => after !== null);
  for (const { from, to, path } of open) {
    const [first, last] = [path[0], path.at(-1)];
    if (first) nodes.set(from, first);
    if (last) nodes.set(to, last);
  }
  const signalled = new Set(open.flatMap(({ signal, to }) => (signal ? [to] : [])));
  const files = new Map<string, string>();
  files.set(
    'config.csv',
    csvLine([
      'dataset_name',
      'long_length',
      'short_length',
      'speed',
      'crs',
      'geometry_field_format',
      'version_number',
    ]) + csvLine(['blizniak', 'm', 'm', 'kph', 'EPSG:2177', 'wkt', '0.96']),
  );
  files.set(
    'node.csv',
    csvLine(['node_id', 'x_coord', 'y_coord', 'ctrl_type', 'zone_id', 'name', 'is_gate']) +
      [...nodes]
        .map(([id, [e, n]]) => csvLine([id, e, n, signalled.has(id) ? 'signal' : null, null, null, null]))
        .join('') +
      zones
        .map(({ id, position: [e, n], isGate, district, street }) =>
          csvLine([id, e, n, null, id, isGate ? street : district, String(isGate)]),
        )
        .join(''),
  );
  const head = [
    'link_id',
    'name',
    'from_node_id',
    'to_node_id',
    'directed',
    'geometry',
    'length',
    'facility_type',
    'capacity',
    'free_speed',
    'lanes',
    'allowed_uses',
    'volume',
    'travel_speed',
  ];
  files.set(
    'link.csv',
    csvLine(head) +
      open
        .map((link) =>
          csvLine([
            link.id,
            link.name,
            link.from,
            link.to,
            'true',
            `LINESTRING (${link.path.map(([e, n]) => `${e} ${n}`).join(', ')})`,
            link.lengthM,
            link.class,
            Math.round((link.after?.capacityVehPerH ?? 0) / link.lanes),
            link.freeSpeedKmH,
            link.lanes,
            'auto,truck',
            link.after?.flowVehPerH ?? null,
            link.after?.speedKmH ?? null,
          ]),
        )
        .join('') +
      zones.map((zone) => connectorLines(zone, nodes)).join(''),
  );
  files.set(
    'zone.csv',
    csvLine(['zone_id', 'name', 'boundary']) +
      zones.map(({ id, district }) => csvLine([id, district, null])).join(''),
  );
  files.set(
    'movement.csv',
    csvLine(['mvmt_id', 'node_id', 'ib_link_id', 'ob_link_id']) + movementLines(open),
  );
  if (matrix) {
    files.set(
      'demand.csv',
      csvLine(['o_zone_id', 'd_zone_id', 'volume', 'truck_volume']) +
        matrix.from
          .map((from, at) =>
            csvLine([from, matrix.to[at] ?? '', matrix.carVehPerH[at] ?? 0, matrix.truckVehPerH[at] ?? 0]),
          )
          .join(''),
    );
  }
  return files;
}

/** Of links from which a turn is banned: all that are not. */
function movementLines(open: TrafficResult['links']): string {
  const movements = open
    .filter(({ noTurnTo }) => noTurnTo.length > 0)
    .flatMap((link) =>
      open
        .filter(({ from, road }) => from === link.to && !link.noTurnTo.includes(road))
        .map(({ id }) => [link.to, link.id, id] as const),
    );
  return movements.map((each, at) => csvLine([at + 1, ...each])).join('');
}

const CONNECTOR_KMH = 25;
const ENDLESS = 99_999;

/** A zone is a node of its own, joined to the nearest street both ways. */
function connectorLines(
  { id, position: [e, n] }: TrafficResult['zones'][number],
  nodes: ReadonlyMap<string, readonly [number, number]>,
): string {
  let [nearest, away] = ['', Number.POSITIVE_INFINITY];
  for (const [node, [x, y]] of nodes) {
    const distance = Math.hypot(x - e, y - n);
    if (distance < away) [nearest, away] = [node, distance];
  }
  if (nearest === '') return '';
  const length = Math.max(1, Math.round(away * 10) / 10);
  return [
    [`${id}+`, id, nearest],
    [`${id}-`, nearest, id],
  ]
    .map(([link = '', from = '', to = '']) =>
      csvLine([
        link,
        null,
        from,
        to,
        'true',
        null,
        length,
        'connector',
        ENDLESS,
        CONNECTOR_KMH,
        1,
        'auto,truck',
        null,
        null,
      ]),
    )
    .join('');
}
