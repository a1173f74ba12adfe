/** Gathers the networks around an excavation and the ground within it. */
import { checkDig } from '../../core/analysis/dig/dig-check.ts';
import { DIG_REACH_M, type DigDevice, type DigLine } from '../../core/analysis/dig/dig-facts.ts';
import { groundAt } from '../../core/analysis/sun/ground-grid.ts';
import { UTILITY_DEVICES, UTILITY_LINES } from '../../core/catalogue/utilities.ts';
import { invalidParameter, notFound, tooLarge } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { boxAround, type Xy } from '../../core/geo/plane.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import { provisionAt } from '../../core/law/law.ts';
import type { ShapedGround } from '../../core/scenario/shaped-ground.ts';
import { type DigAnswer, MOST_DIG_SIDE_M } from '../../core/wire/dig-check.ts';
import { DEFAULT_LAW_DATE } from '../../core/wire/scenario-head.ts';
import type { ScenarioState, View } from '../access/view.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { DigChecks } from '../services/dig-checks.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { type Relation, relationFor, rowsOf } from './relation.ts';
import type { Ground } from './settle/edited-city.ts';
import { inSnapshot } from './snapshot.ts';
import { join, name, type Sql, sql } from './sql.ts';

/** Ground is read so far around an excavation: lines beside it are followed that far. */
const GROUND_MARGIN_M = 60;
/** Distance of the posts of the ground, m; coarser where an excavation is large. */
const POST_M = 2;
const MOST_POSTS = 300;
const MOST_LINES = 3_000;

const LINE_COLUMNS = [
  ...['network', 'line_type', 'role', 'course', 'flow', 'diameter_mm', 'width_mm', 'height_mm', 'material'],
  ...['depth_m', 'start_height_m', 'end_height_m', 'built_year', 'state', 'position_source', 'operator'],
] as const;
const DEVICE_COLUMNS = ['network', 'kind', 'position_source', 'operator'] as const;

type Told<Columns extends readonly string[]> = {
  readonly [column in Columns[number]]?: string | number | null;
} & { readonly id: string; readonly wkb: Uint8Array };

export interface DigPlace {
  readonly poolOf: (view: View) => Pool;
  readonly layers: LayersProvider;
  readonly catalogue: Pick<Catalogue, 'status'>;
  readonly ground: Ground;
  readonly shapes: (scenario: ScenarioState) => Promise<readonly ShapedGround[]>;
}

export function storeDigChecks({ poolOf, layers, catalogue, ground, shapes }: DigPlace): DigChecks {
  return {
    async of(question, lawDate = DEFAULT_LAW_DATE, view, signal) {
      const known = await layers();
      const seen = (table: string): Relation => {
        const layer = known.find((each) => each.table === table && each.dataset === CITY);
        const relation = layer && relationFor(layer, view);
        if (!relation) throw notFound('This city has no utility networks', 'outline');
        return relation;
      };
      const [lines, devices] = [seen(UTILITY_LINES.table), seen(UTILITY_DEVICES.table)];
      const box = boxOf(question.outline);
      const outline = outlineSql(question.outline, lines.layer.srid);
      const found = await inSnapshot(poolOf(view), signal, async (connection) => {
        await refuseFaults(connection, outline, signal);
        return {
          lines: await rowsNear(connection, lines, LINE_COLUMNS, outline, signal),
          devices: await rowsNear(connection, devices, DEVICE_COLUMNS, outline, signal),
        };
      });
      const stepM = Math.max(POST_M, (Math.max(box.widthM, box.depthM) + 2 * GROUND_MARGIN_M) / MOST_POSTS);
      const shaped = view.scenario ? await shapes(view.scenario) : [];
      const posts = await ground.grid(box.around, stepM, shaped);
      const { areaM2, ...findings } = checkDig(
        question,
        {
          lines: found.lines.map(lineOf),
          devices: found.devices.map(deviceOf),
          groundM: ([e, n]) => (posts ? groundAt(posts, e, n) : Number.NaN),
        },
        { day: lawDate, provision: (id) => provisionAt(id, lawDate) },
      );
      return {
        asked: { ...question, lawDate, areaM2 },
        ...findings,
        sources: await Promise.all([lines, devices].map(({ layer }) => sourceOf(catalogue, layer, view))),
      };
    },
  };
}

function boxOf(outline: readonly Xy[]) {
  const [minE, minN, maxE, maxN] = boxAround(outline);
  const [widthM, depthM] = [maxE - minE, maxN - minN];
  if (Math.max(widthM, depthM) > MOST_DIG_SIDE_M) {
    throw tooLarge(
      `The excavation is ${Math.round(Math.max(widthM, depthM))} m long; at most ${MOST_DIG_SIDE_M} m are checked at once: ask in parts`,
      'outline',
    );
  }
  const m = GROUND_MARGIN_M;
  return { widthM, depthM, around: [minE - m, minN - m, maxE + m, maxN + m] as const };
}

function outlineSql(outline: readonly Xy[], srid: number): Sql {
  const [first] = outline;
  const ring = first ? [...outline, first] : outline;
  return sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify({ type: 'Polygon', coordinates: [ring] })}::text), ${srid}::integer)`;
}

async function refuseFaults(connection: Connection, outline: Sql, signal: AbortSignal): Promise<void> {
  const [row] = await connection.run<{ fault: string | null; area: number }>(
    sql`select case when not ST_IsValid(outline) then ST_IsValidReason(outline) end as fault, ST_Area(outline) as area
      from (select ${outline} as outline) as asked`,
    signal,
  );
  if (row?.fault) {
    throw invalidParameter(
      'outline',
      `The outline is no simple polygon: ${row.fault}. Draw it without crossings`,
    );
  }
  if (!row || row.area < 0.01)
    throw invalidParameter('outline', 'The outline has no area; draw at least three corners');
}

async function rowsNear<Columns extends readonly string[]>(
  connection: Connection,
  relation: Relation,
  columns: Columns,
  outline: Sql,
  signal: AbortSignal,
): Promise<readonly Told<Columns>[]> {
  // What the view may not see is no column of its relation.
  const seen = columns.filter((column) =>
    relation.layer.properties.some((property) => property.name === column),
  );
  const rows = await connection.run<Told<Columns>>(
    sql`select id, ${join(
      seen.map((column) => name(column)),
      ', ',
    )}, ST_AsBinary(geom) as wkb
      from (${rowsOf(relation)}) as near
      where geom && ST_Expand(${outline}, ${DIG_REACH_M}::float8)
        and ST_DWithin(geom, ${outline}, ${DIG_REACH_M}::float8)
      limit ${MOST_LINES + 1}::integer`,
    signal,
  );
  if (rows.length > MOST_LINES) {
    throw tooLarge(
      `More than ${MOST_LINES} objects of networks lie there; ask for a smaller excavation`,
      'outline',
    );
  }
  return rows;
}

const text = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
const number = (value: string | number | null | undefined): number | null =>
  typeof value === 'number' ? value : null;
const operatorOf = ({ operator }: { readonly operator?: string | number | null }) =>
  operator === undefined ? {} : { operator: text(operator) };

function lineOf(row: Told<typeof LINE_COLUMNS>): DigLine {
  const geometry = readWkb(row.wkb);
  return {
    id: row.id,
    network: text(row.network),
    lineType: text(row.line_type),
    role: text(row.role),
    course: text(row.course),
    flow: text(row.flow),
    diameterMm: number(row.diameter_mm),
    widthMm: number(row.width_mm),
    heightMm: number(row.height_mm),
    material: text(row.material),
    depthM: number(row.depth_m),
    startHeightM: number(row.start_height_m),
    endHeightM: number(row.end_height_m),
    builtYear: number(row.built_year),
    state: text(row.state),
    positionSource: text(row.position_source),
    ...operatorOf(row),
    path: geometry.type === 'LineString' ? geometry.coordinates.map(([e, n]): Xy => [e, n]) : [],
  };
}

function deviceOf(row: Told<typeof DEVICE_COLUMNS>): DigDevice {
  const geometry = readWkb(row.wkb);
  const [e, n] = geometry.type === 'Point' ? geometry.coordinates : [Number.NaN, Number.NaN];
  return {
    id: row.id,
    network: text(row.network),
    kind: text(row.kind),
    positionSource: text(row.position_source),
    ...operatorOf(row),
    at: [e, n],
  };
}

async function sourceOf(
  catalogue: Pick<Catalogue, 'status'>,
  { name: layer, title, steward }: Layer,
  view: View,
): Promise<DigAnswer['sources'][number]> {
  const { loadedAt } = await catalogue.status(layer, view);
  return { layer, title, steward, loadedAt: loadedAt ?? null };
}
