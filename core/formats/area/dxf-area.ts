import type { Position, Ring } from '../../geo/geometry.ts';
import { type AreaFile, type AreaPolygon, closedRing, unreadableArea } from './area-file.ts';

interface Polyline {
  isClosed: boolean;
  /** Easting, northing, and the bulge to the next corner. */
  readonly corners: { e: number; n: number; bulge: number }[];
}

/** Arcs are cut into chords of at most this angle. */
const CHORD_RAD = Math.PI / 36;

/**
 * Closed polylines among the entities of a text DXF (LWPOLYLINE, POLYLINE), each an area; arcs become chords of 5°.
 * A drawing does not say its CRS.
 */
export function readDxfArea(text: string): AreaFile {
  const polygons: AreaPolygon[] = [];
  let leftOut = 0;
  let [section, kind, within]: [string, string, Polyline | undefined] = ['', '', undefined];
  const end = () => {
    if (!within) return;
    const ring = ringOf(within);
    if (ring) polygons.push([ring]);
    else leftOut++;
    within = undefined;
  };
  let wantsName = false;
  for (const [code, value] of groupsOf(text)) {
    if (code === 0) {
      if (value === 'VERTEX' && within) {
        within.corners.push({ e: Number.NaN, n: Number.NaN, bulge: 0 });
      } else {
        end();
        if (section === 'ENTITIES' && (value === 'LWPOLYLINE' || value === 'POLYLINE')) {
          within = { isClosed: false, corners: [] };
        } else if (section === 'ENTITIES' && !['SEQEND', 'ENDSEC', 'SECTION', 'EOF'].includes(value))
          leftOut++;
      }
      kind = value;
      wantsName = value === 'SECTION';
    } else if (code === 2 && wantsName) {
      [section, wantsName] = [value, false];
    } else if (within) take(within, kind, code, Number(value));
  }
  end();
  return { form: 'DXF', polygons, leftOut };
}

function take(line: Polyline, kind: string, code: number, value: number): void {
  if (code === 70 && kind !== 'VERTEX') line.isClosed = value % 2 === 1;
  // The point of a POLYLINE itself is no corner.
  if (kind === 'POLYLINE') return;
  if (code === 10 && kind === 'LWPOLYLINE') line.corners.push({ e: Number.NaN, n: Number.NaN, bulge: 0 });
  const corner = line.corners.at(-1);
  if (!corner) return;
  if (code === 10) corner.e = value;
  else if (code === 20) corner.n = value;
  else if (code === 42) corner.bulge = value;
}

function ringOf({ isClosed, corners }: Polyline): Ring | undefined {
  const [first, last] = [corners[0], corners.at(-1)];
  if (!first || !last || corners.length < 3) return undefined;
  if (corners.some(({ e, n }) => !Number.isFinite(e) || !Number.isFinite(n))) return undefined;
  if (!isClosed && (first.e !== last.e || first.n !== last.n)) return undefined;
  const ring = corners.flatMap((from, index) => arc(from, corners[(index + 1) % corners.length] ?? first));
  return closedRing(ring);
}

/** From a corner to before the next. The bulge is the tangent of a quarter of the angle, left turns positive. */
function arc(from: Polyline['corners'][number], to: Polyline['corners'][number]): Position[] {
  const angle = 4 * Math.atan(from.bulge);
  const parts = Math.ceil(Math.abs(angle) / CHORD_RAD);
  const [de, dn] = [to.e - from.e, to.n - from.n];
  if (parts < 2 || (de === 0 && dn === 0)) return [[from.e, from.n]];
  // The middle lies on the perpendicular through the middle of the chord.
  const away = (1 / from.bulge - from.bulge) / 4;
  const [ce, cn] = [from.e + de / 2 - dn * away, from.n + dn / 2 + de * away];
  return Array.from({ length: parts }, (_, index): Position => {
    const turn = (angle * index) / parts;
    const [e, n] = [from.e - ce, from.n - cn];
    return [ce + e * Math.cos(turn) - n * Math.sin(turn), cn + e * Math.sin(turn) + n * Math.cos(turn)];
  });
}

function* groupsOf(text: string): Generator<readonly [number, string]> {
  if (text.startsWith('AutoCAD Binary DXF')) {
    throw unreadableArea('The DXF is binary; save it as text (ASCII)');
  }
  const lines = text.split(/\r\n|\r|\n/);
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const code = Number(lines[at]);
    if (!Number.isInteger(code)) {
      throw unreadableArea(`Line ${at + 1} of the DXF is no group code: "${(lines[at] ?? '').slice(0, 40)}"`);
    }
    yield [code, (lines[at + 1] ?? '').trim()];
  }
}
