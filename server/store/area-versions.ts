import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import type { Pool } from './pool.ts';
import { join, kept, type Sql, sql } from './sql.ts';
import { type CellBox, cellsOf, type State, tileVersionSql } from './tile-version.ts';

/** What a tile shows, or a layer of a picture. */
export interface LayerArea {
  readonly layer: Layer;
  readonly area: Bbox;
}

/** Versions of areas of layers, asked for by every request for a tile or picture. */
export interface AreaVersions {
  /** Of each area as `tileVersionSql` has it. Never older than the call. */
  of(areas: readonly LayerArea[], state: State, signal?: CancelSignal): Promise<readonly string[]>;
}

/** Statements under way at once; while they are, further questions gather. */
const AT_ONCE = 2;
/** What has nothing under it is found in these cells, where nothing lies. */
const NOWHERE: CellBox = { minX: 0, minY: 0, maxX: -1, maxY: -1 };

interface Question {
  readonly areas: readonly LayerArea[];
  readonly answer: (versions: readonly string[]) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Asks for the present versions of many areas in one statement: whoever comes while one is under way waits for the
 * next, which then asks for all who wait. A kept tile costs the database a fraction of a statement under load, and a
 * whole one alone.
 */
export function areaVersions(pool: Pool): AreaVersions {
  let waiting: Question[] = [];
  let underWay = 0;

  const send = async (): Promise<void> => {
    if (underWay >= AT_ONCE || waiting.length === 0) return;
    const asked = waiting;
    waiting = [];
    underWay++;
    try {
      const rows = await pool.read<{ version: string }>(presentSql(asked.flatMap(({ areas }) => areas)));
      let from = 0;
      for (const { areas, answer } of asked) {
        answer(rows.slice(from, from + areas.length).map(({ version }) => version));
        from += areas.length;
      }
    } catch (error) {
      for (const { fail } of asked) fail(error);
    } finally {
      underWay--;
      void send();
    }
  };

  return {
    async of(areas, state, signal) {
      signal?.throwIfAborted();
      if (areas.length === 0) return [];
      if (state.at || state.scenario) {
        const [row] = await pool.read<{ versions: readonly string[] }>(stateSql(areas, state), signal);
        return row?.versions ?? [];
      }
      return new Promise((resolve, reject) => {
        const leave = () => reject(signal?.reason);
        const settled =
          <Result>(settle: (result: Result) => void) =>
          (result: Result) => {
            signal?.removeEventListener('abort', leave);
            settle(result);
          };
        signal?.addEventListener('abort', leave, { once: true });
        waiting.push({ areas, answer: settled(resolve), fail: settled(reject) });
        void send();
      });
    },
  };
}

function stateSql(areas: readonly LayerArea[], state: State): Sql {
  const columns = areas.map(({ layer, area }) => sql`(${tileVersionSql(layer, area, state)})`);
  return sql`select to_json(array[${join(columns, ', ')}]) as versions`;
}

/** A row for each area. One text however many there are, so that it is planned once. */
function presentSql(areas: readonly LayerArea[]): Sql {
  const cells = areas.map(({ layer, area }) => cellsOf(layer, area) ?? NOWHERE);
  const columns = (key: keyof CellBox): readonly number[] => cells.map((box) => box[key]);
  return kept(sql`select coalesce((select max(version) from twin.tile_cell as cell
      where cell.dataset = asked.dataset and cell.layer = asked.layer
        and cell_x between min_x and max_x and cell_y between min_y and max_y), 0)::text as version
    from unnest(${areas.map(({ layer }) => layer.dataset)}::text[], ${areas.map(({ layer }) => layer.name)}::text[],
      ${columns('minX')}::integer[], ${columns('minY')}::integer[], ${columns('maxX')}::integer[],
      ${columns('maxY')}::integer[]) with ordinality as asked (dataset, layer, min_x, min_y, max_x, max_y, place)
    order by place`);
}
