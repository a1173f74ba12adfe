import { bboxOf } from '../../core/geo/bbox.ts';
import {
  DIG_ONCE_MONTHS,
  findConflicts,
  NEARBY_M,
  type Other,
  type Planned,
} from '../../core/obstruction/conflicts.ts';
import type { Span } from '../../core/obstruction/spans.ts';
import { effectiveSpans } from '../../core/obstruction/traffic-closures.ts';
import type { Conflict, NewObstruction, SettledPlace } from '../../core/wire/obstruction.ts';
import type { Connection } from './connection.ts';
import { areaOf, type ObstructionRow } from './obstruction-reading.ts';
import { readRoads } from './road-sections.ts';
import { ewkb } from './settle-place.ts';
import { sql } from './sql.ts';

/** Closures together may cut off what lies as far as this between them. */
const SURROUNDINGS_M = 1_000;
const MOST_OTHERS = 500;

export interface Candidate {
  /** Empty while it is not stored. */
  readonly id: string;
  readonly content: NewObstruction;
  readonly settled: SettledPlace;
  readonly spans: readonly Span[];
}

/** Conflicts with what is submitted, approved, published, or was dug lately. */
export async function conflictsOf(
  connection: Connection,
  candidate: Candidate,
): Promise<readonly Conflict[]> {
  const planned = plannedOf(candidate);
  const others = await othersAround(connection, candidate);
  return findConflicts(planned, others, await surroundings(connection, candidate));
}

function plannedOf({ id, content, settled, spans }: Candidate): Planned {
  const { name, kind, impact, modes, network, lanesLeft } = content;
  const { stretches, detourStretches } = settled;
  return { id, name, kind, impact, modes, network, lanesLeft, stretches, detourStretches, spans };
}

type OtherRow = Pick<ObstructionRow, 'id' | 'state' | 'content' | 'settled' | 'actual_from' | 'actual_to'> & {
  readonly away_m: number;
  readonly shared_m2: number;
};

async function othersAround(
  connection: Connection,
  { id, settled, spans }: Candidate,
): Promise<readonly Other[]> {
  const area = ewkb(areaOf(settled));
  const from = new Date(spans[0]?.fromMs ?? 0).toISOString();
  const to = new Date(spans.at(-1)?.toMs ?? 0).toISOString();
  const roads = settled.detourStretches.map(({ road }) => road);
  const rows = await connection.run<OtherRow>(
    sql`select id, state, content, settled, actual_from, actual_to, ST_Distance(area, ${area}) as away_m,
        case when ST_Intersects(area, ${area}) then ST_Area(ST_Intersection(area, ${area})) else 0 end as shared_m2
      from works.obstruction
      where id <> ${id}::text and state in ('submitted', 'approved', 'published', 'closed')
        and (ST_DWithin(reach, ST_Envelope(${area}), ${SURROUNDINGS_M}::float8)
          or exists (select from jsonb_array_elements(settled -> 'stretches') as stretch
            where stretch ->> 'road' = any(${roads}::text[])))
        and starts_at <= ${to}::timestamptz + make_interval(months => ${DIG_ONCE_MONTHS}::integer)
        and ends_at >= ${from}::timestamptz - make_interval(months => ${DIG_ONCE_MONTHS}::integer)
      order by away_m, id limit ${MOST_OTHERS}::bigint`,
  );
  return rows.map((row) => ({
    ...plannedOf({ ...row, spans: spansOfRow(row) }),
    awayM: row.away_m > NEARBY_M ? Number.POSITIVE_INFINITY : row.away_m,
    sharedM2: row.shared_m2,
    isPast: row.state === 'closed',
  }));
}

const spansOfRow = ({ content, actual_from, actual_to }: OtherRow): readonly Span[] =>
  effectiveSpans({
    windows: content.windows,
    ...(actual_from !== null && { actualFrom: actual_from }),
    ...(actual_to !== null && { actualTo: actual_to }),
  });

/** Only a closure can cut anything off; for others the network is not read. */
async function surroundings(connection: Connection, { content, settled }: Candidate) {
  const box = bboxOf(areaOf(settled), 2177);
  if (content.impact !== 'closed' || !box) return { roads: [], isRim: () => false };
  const [west, south, east, north] = [
    box.minX - SURROUNDINGS_M,
    box.minY - SURROUNDINGS_M,
    box.maxX + SURROUNDINGS_M,
    box.maxY + SURROUNDINGS_M,
  ];
  const frame = sql`ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 2177)`;
  const roads = await readRoads(connection, sql`geom && ${frame}`);
  const rim = new Set<string>();
  for (const { path, fromNode, toNode } of roads) {
    for (const [end, node] of [
      [path[0], fromNode],
      [path.at(-1), toNode],
    ] as const) {
      if (end && (end[0] < west || end[0] > east || end[1] < south || end[1] > north)) rim.add(node);
    }
  }
  return { roads, isRim: (node: string) => rim.has(node) };
}
