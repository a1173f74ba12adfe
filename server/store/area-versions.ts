import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import type { Pool } from './pool.ts';
import { kept, sql } from './sql.ts';
import { type CellBox, cellsOf, type State, tileVersionSql } from './tile-version.ts';

/** Versions of areas of layers, asked for by every request for a tile or picture. */
export interface AreaVersions {
  /** As `tileVersionSql`. Never older than the call. */
  of(layer: Layer, area: Bbox, state: State, signal?: CancelSignal): Promise<string>;
}

/** Statements under way at once; while they are, further questions gather. */
const AT_ONCE = 2;

interface Question {
  readonly layer: Layer;
  readonly cells: CellBox;
  readonly answer: (version: string) => void;
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
      const rows = await pool.read<{ version: string }>(versionsSql(asked));
      for (const [index, { answer }] of asked.entries()) answer(rows[index]?.version ?? '0');
    } catch (error) {
      for (const { fail } of asked) fail(error);
    } finally {
      underWay--;
      void send();
    }
  };

  return {
    async of(layer, area, state, signal) {
      signal?.throwIfAborted();
      if (state.at || state.scenario) {
        const [row] = await pool.read<{ version: string }>(tileVersionSql(layer, area, state), signal);
        return row?.version ?? '0';
      }
      const cells = cellsOf(layer, area);
      if (!cells) return '0';
      return new Promise((resolve, reject) => {
        const leave = () => reject(signal?.reason);
        const settled =
          <Result>(settle: (result: Result) => void) =>
          (result: Result) => {
            signal?.removeEventListener('abort', leave);
            settle(result);
          };
        signal?.addEventListener('abort', leave, { once: true });
        waiting.push({ layer, cells, answer: settled(resolve), fail: settled(reject) });
        void send();
      });
    },
  };
}

/** One text however many ask, so that it is planned once. */
const versionsSql = (asked: readonly Question[]) =>
  kept(sql`select coalesce((select max(version) from twin.tile_cell as cell
      where cell.dataset = asked.dataset and cell.layer = asked.layer
        and cell_x between min_x and max_x and cell_y between min_y and max_y), 0)::text as version
    from unnest(${asked.map(({ layer }) => layer.dataset)}::text[], ${asked.map(({ layer }) => layer.name)}::text[],
      ${asked.map(({ cells }) => cells.minX)}::integer[], ${asked.map(({ cells }) => cells.minY)}::integer[],
      ${asked.map(({ cells }) => cells.maxX)}::integer[], ${asked.map(({ cells }) => cells.maxY)}::integer[])
      with ordinality as asked (dataset, layer, min_x, min_y, max_x, max_y, place)
    order by place`);
