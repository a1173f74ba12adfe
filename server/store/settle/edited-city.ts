/** The city that an edit is made in, and how it is asked. */
import type { GroundBox, GroundGrid } from '../../../core/analysis/sun/ground-grid.ts';
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { Xy } from '../../../core/geo/plane.ts';
import type { CountedEarthwork } from '../../../core/scenario/earthwork.ts';
import type { ShapedGround } from '../../../core/scenario/shaped-ground.ts';
import type { Finding, Settled } from '../../../core/wire/scenario.ts';
import type { View } from '../../access/view.ts';
import type { Connection } from '../connection.ts';
import { CITY } from '../dataset.ts';
import { featureMaker } from '../feature-maker.ts';
import { type Relation, relationFor, rowsOf } from '../relation.ts';
import { rowsSql } from '../rows-sql.ts';
import { shapesOf } from '../scenario-shapes.ts';
import { type Sql, sql } from '../sql.ts';

/** The ground that buildings are put on, after shapes of it, in their order. */
export interface Ground {
  /**
   * Lowest height within an outline (easting, northing of the city's CRS), metres PL-EVRF2007-NH; undefined where
   * the terrain is not known.
   */
  lowestM(outline: readonly Xy[], shapes: readonly ShapedGround[]): Promise<number | undefined>;
  /** Heights of posts over a box, NaN where they are not known; undefined without a terrain model. */
  grid(box: GroundBox, stepM: number, shapes: readonly ShapedGround[]): Promise<GroundGrid | undefined>;
  /** What one more shape would move; undefined where the terrain is not known. */
  earthwork(shape: ShapedGround, shapes: readonly ShapedGround[]): Promise<CountedEarthwork | undefined>;
}

/** The ground as the edits of a scenario have shaped it. */
export interface GroundHere {
  lowestM(outline: readonly Xy[]): Promise<number | undefined>;
  earthwork(shape: ShapedGround): Promise<CountedEarthwork | undefined>;
}

export const groundOf = (ground: Ground, connection: Connection, scenarioId: string): GroundHere => ({
  lowestM: async (outline) => ground.lowestM(outline, await shapesOf(connection, scenarioId)),
  earthwork: async (shape) => ground.earthwork(shape, await shapesOf(connection, scenarioId)),
});

export interface EditedCity {
  readonly connection: Connection;
  /** Of staff, so that what an edit keeps of an object is whole. */
  readonly view: View;
  readonly layers: readonly Layer[];
  readonly ground: GroundHere;
}

export interface SettledEdit {
  readonly settled: Settled;
  /** What a planner should know of; does not stop them. */
  readonly findings: readonly Finding[];
}

/** As many objects are named in a finding. */
const MOST_NAMED = 50;

/** The ids that a finding names, the most important first. */
export const namedIn = (objects: readonly { readonly id: string }[]): string[] =>
  objects.slice(0, MOST_NAMED).map(({ id }) => id);

/** Square metres or metres as findings tell them. */
export const tenths = (value: number): number => Math.round(value * 10) / 10;

/** All rows of a layer as the scenario has it, with the columns id, geom and the layer's properties. */
export const rowsSeen = (city: EditedCity, layerName: string): Sql => rowsOf(relationSeen(city, layerName));

function relationSeen({ layers, view }: EditedCity, layerName: string): Relation {
  const layer = layers.find(({ name }) => name === layerName);
  const relation = layer && relationFor(layer, view);
  if (!relation) throw new Error(`There is no layer ${layerName} that can be seen`);
  return relation;
}

/** Objects of a layer by their ids, in the order of the ids; those that are not there are left out. */
export async function objectsSeen(
  city: EditedCity,
  layerName: string,
  ids: readonly string[],
): Promise<readonly Feature[]> {
  if (ids.length === 0) return [];
  const relation = relationSeen(city, layerName);
  const query = { layer: layerName, filter: { op: 'ids', ids } } as const;
  const rows = await city.connection.run(rowsSql(relation, query));
  return rows.map(featureMaker(relation, query));
}

/**
 * The object that an edit names.
 * @param parameter the member of the edit that names it
 * @throws TwinError invalid-parameter when the scenario does not have it
 */
export async function objectNamed(
  city: EditedCity,
  layerName: string,
  id: string,
  parameter: string,
): Promise<Feature> {
  const wanted = id.replaceAll('\0', '');
  const [found] = await objectsSeen(city, layerName, [wanted]);
  if (found) return found;
  throw invalidParameter(
    parameter,
    `There is no object "${wanted.slice(0, 100)}" in the layer ${layerName} of this scenario; look its id up there. It may have been removed already`,
  );
}

/** @throws TwinError invalid-parameter when a shape is not wholly in the city, or is not in its CRS */
export async function refuseOutside(
  { connection }: EditedCity,
  shape: Sql,
  corners: readonly Xy[],
  parameter: string,
): Promise<void> {
  const odd = corners.find(([e, n]) => !Number.isFinite(e) || !Number.isFinite(n));
  if (odd) throw invalidParameter(parameter, `A position is not a number: ${odd.join(' ')}`);
  const [row] = await connection.run<{ is_inside: boolean }>(
    sql`select area is null or ST_Covers(area, ${shape}) as is_inside from twin.dataset where name = ${CITY}::text`,
  );
  if (row?.is_inside) return;
  const [e = 0, n = 0] = corners[0] ?? [];
  const isDegrees = corners.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 180);
  throw invalidParameter(
    parameter,
    `It lies outside the city (easting ${e.toFixed(2)}, northing ${n.toFixed(2)})${isDegrees ? ', and these look like degrees' : ''}; positions are easting, northing in its cadastral CRS, metres`,
  );
}
