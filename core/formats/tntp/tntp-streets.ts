/** Streets of a TNTP network with the places of its nodes as the layer `roads`. */
import { invalidParameter } from '../../errors.ts';
import { ellipsoidLengthM } from '../../geo/ellipsoid-length.ts';
import { readCsv } from '../csv.ts';
import { type DirectedStreet, NO_RULES, sectionsOf } from '../directed-streets.ts';
import { Notebook } from '../notebook.ts';
import type { ReadEvent } from '../reader.ts';
import { numberCell } from '../traffic-demand/read-cells.ts';
import { readTntpNetwork } from './read-tntp.ts';
import { tntpTable } from './tntp-table.ts';

export const isTntpNetwork = (head: string): boolean =>
  /<NUMBER OF LINKS>/i.test(head) && /<NUMBER OF NODES>/i.test(head);

/** Faster and slower than any street: then the times of the file are no minutes, or its nodes stand elsewhere. */
const [SLOWEST_KMH, FASTEST_KMH] = [5, 140];

/**
 * Streets are straight from node to node, and their speeds those that the times of the file (minutes) make of them. Links of
 * nodes that may not be passed through belong to zones and are no streets.
 * @param nodes of `*_node.tntp`: Node, X, Y
 * @throws TwinError invalid-parameter naming line and file
 */
export function* tntpStreets(net: string, nodes: string, file: string, srid: number): Generator<ReadEvent> {
  const notes = new Notebook();
  const { tail, head, linkCount, firstThruNode, freeFlowTime, capacity } = readTntpNetwork(net);
  const places = new Map(
    readCsv(tntpTable(nodes), file).map((row) => [
      numberCell(row, file, ['Node', 'node', 'node_id']) - 1,
      [numberCell(row, file, ['X', 'x', 'x_coord']), numberCell(row, file, ['Y', 'y', 'y_coord'])] as const,
    ]),
  );
  const placeOf = (node: number) => {
    const place = places.get(node);
    if (place) return place;
    throw invalidParameter('nodes', `${file} does not tell where node ${node + 1} is`);
  };
  const streets: DirectedStreet[] = [];
  const used = new Map<string, number>();
  for (let link = 0; link < linkCount; link++) {
    const [from, to] = [tail[link] as number, head[link] as number];
    if (Math.min(from, to) < firstThruNode || from === to) {
      notes.add('no-carriageway', 'Links of zones, which are no streets, are left out');
      continue;
    }
    const path = [placeOf(from), placeOf(to)];
    const speedKmH =
      (ellipsoidLengthM(placeOf(from), placeOf(to), srid) / 1000 / (freeFlowTime[link] as number)) * 60;
    const isLikely = speedKmH >= SLOWEST_KMH && speedKmH <= FASTEST_KMH;
    if (!isLikely) {
      notes.add(
        'speed-not-likely',
        `Times, as minutes on a straight line, make speeds outside ${SLOWEST_KMH} to ${FASTEST_KMH} km/h; these streets have no speed`,
      );
    }
    const ends = `${from + 1}-${to + 1}`;
    const times = (used.get(ends) ?? 0) + 1;
    used.set(ends, times);
    streets.push({
      id: times === 1 ? ends : `${ends}.${times}`,
      from: String(from + 1),
      to: String(to + 1),
      path,
      name: null,
      class: null,
      lanes: null,
      speedKmH: isLikely ? speedKmH : null,
      capacityPcuPerH: capacity[link] as number,
    });
  }
  notes.addOnce(
    'not-in-the-file',
    'TNTP has no names, classes, lanes, signals or turns; delay is by the function of the model, not by B and power of the file',
  );
  yield* sectionsOf(streets, NO_RULES, { srid, prefix: 'TNTP' });
  yield* notes.events();
}
