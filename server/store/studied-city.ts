import { notSupported } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { StoredEdit } from '../../core/wire/scenario.ts';
import { withNetworkDetail } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import { CITY } from './dataset.ts';
import { relationFor, rowsOf } from './relation.ts';
import type { Ground } from './settle/edited-city.ts';
import { type Sql, sql } from './sql.ts';

/** The city as a run of a model sees it. It stands still: everything is read in one snapshot of the database. */
export interface StudiedCity {
  /** The state that is studied: a scenario, or the city at a moment. */
  readonly view: View;
  /** What it is compared with: the base of the scenario; without a scenario the same as `view`. */
  readonly base: View;
  /** The stack of the scenario in its order; empty without one. */
  readonly edits: readonly StoredEdit[];
  /** The day whose law applies, YYYY-MM-DD. */
  readonly lawDate: string;
  /** Every layer of the city. */
  readonly layers: readonly Layer[];
  /** The ground of the base; what edits make of it stands in `edits`. */
  readonly ground: Ground;
  /** Runs one statement; rejects once the run is not wanted any more. */
  read<T extends object>(statement: Sql): Promise<readonly T[]>;
}

/**
 * The rows of a layer in the city that is studied, as a select with the columns `id`, `geom` and every property that the
 * view may see, critical detail with them: what follows for a parcel follows for everybody, and no model puts out a row.
 * @param view `city.view` (default) or `city.base`
 * @throws TwinError not-supported when the city has no such layer, or the view may not know of it
 */
export function studiedRows(city: Pick<StudiedCity, 'layers' | 'view'>, layer: string, view?: View): Sql {
  const known = city.layers.find(({ name, dataset }) => name === layer && dataset === CITY);
  const seen = view ?? city.view;
  const relation = known && relationFor(known, { ...seen, who: withNetworkDetail(seen.who) });
  if (!relation) throw notSupported(`This city has no layer "${layer}" that the model could read`, 'model');
  return sql`(${rowsOf(relation)})`;
}
