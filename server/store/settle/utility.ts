/** Settling edits of utility lines. */
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { AddUtilityLine, RemoveUtilityLine } from '../../../core/wire/edits/utility.ts';
import type { Finding } from '../../../core/wire/scenario.ts';
import { plannedId } from '../random-name.ts';
import { ewkb } from '../settle-place.ts';
import { type Sql, sql } from '../sql.ts';
import { type EditedCity, namedIn, objectNamed, rowsSeen, type SettledEdit } from './edited-city.ts';
import { type Near, near } from './neighbours.ts';
import { checkedPath } from './path.ts';
import { treeStripM } from './tree-strips.ts';

/** A line may touch a wall by this much. */
const TOUCH_M = 0.1;
/** What stands on a line, or ends at it, is this near. */
const JOINED_M = 0.1;

export async function settleAddUtilityLine(city: EditedCity, edit: AddUtilityLine): Promise<SettledEdit> {
  const line = await checkedPath(city, edit.path, 0.5);
  const stripM = treeStripM(edit.network, edit.course, edit.diameterMm);
  const findings = [
    ...throughBuildings(
      edit.course === 'overhead' ? [] : await crossed(city, line, edit.role === 'connection'),
    ),
    ...nearTrees(stripM > 0 ? await near(city, 'trees', line, stripM) : [], stripM),
  ];
  const objects = [{ layer: 'utility_lines', id: plannedId(), change: 'added' } as const];
  return { settled: { objects }, findings };
}

export async function settleRemoveUtilityLine(
  city: EditedCity,
  { line }: RemoveUtilityLine,
): Promise<SettledEdit> {
  const found = await objectNamed(city, 'utility_lines', line, 'line');
  const shape = found.geometry && ewkb(found.geometry);
  const devices = shape ? await near(city, 'utility_devices', shape, JOINED_M) : [];
  const same = sql`case when network = ${String(found.properties['network'] ?? '')}::text and id <> ${found.id}::text
    then ${JOINED_M}::float8 else -1 end`;
  const lines = shape ? await near(city, 'utility_lines', shape, { of: same, atMostM: JOINED_M }) : [];
  return {
    settled: { objects: [touched(found, 'utility_lines', 'removed')] },
    findings: [...leftDevices(devices), ...leftLines(lines)],
  };
}

/** Buildings that the line runs through; a connection may begin or end in one. */
function crossed(city: EditedCity, line: Sql, isConnection: boolean): Promise<readonly Near[]> {
  const goal = isConnection
    ? sql` and not ST_Intersects(geom, ST_StartPoint(${line})) and not ST_Intersects(geom, ST_EndPoint(${line}))`
    : sql``;
  return city.connection.run<Near>(
    sql`select id, 0::float8 as distance_m from (${rowsSeen(city, 'buildings')}) as seen
      where geom && ${line} and ST_Length(ST_Intersection(geom, ${line})) > ${TOUCH_M}::float8${goal} order by id`,
  );
}

const throughBuildings = (buildings: readonly Near[]): readonly Finding[] =>
  buildings.length === 0
    ? []
    : [
        {
          code: 'utility-through-building',
          severity: 'warning',
          message: {
            pl: `Przewód przechodzi przez budynki (${buildings.length}); poprowadź go obok`,
            en: `The line runs through buildings (${buildings.length}); lead it past them`,
          },
          ids: namedIn(buildings),
        },
      ];

const nearTrees = (trees: readonly Near[], stripM: number): readonly Finding[] =>
  trees.length === 0
    ? []
    : [
        {
          code: 'utility-near-tree',
          severity: 'warning',
          message: {
            pl: `W pasie ${stripM} m od osi rosną drzewa (${trees.length}), najbliższe ${(trees[0]?.distance_m ?? 0).toFixed(1)} m od niej`,
            en: `Trees (${trees.length}) grow within ${stripM} m of the axis, the nearest ${(trees[0]?.distance_m ?? 0).toFixed(1)} m from it`,
          },
          ids: namedIn(trees),
        },
      ];

const leftDevices = (devices: readonly Near[]): readonly Finding[] =>
  devices.length === 0
    ? []
    : [
        {
          code: 'utility-devices-left',
          severity: 'warning',
          message: {
            pl: `Na przewodzie stoją urządzenia (${devices.length}), które zostają`,
            en: `Devices (${devices.length}) stand on the line and stay`,
          },
          ids: namedIn(devices),
        },
      ];

const leftLines = (lines: readonly Near[]): readonly Finding[] =>
  lines.length === 0
    ? []
    : [
        {
          code: 'utility-cut-off',
          severity: 'warning',
          message: {
            pl: `Z przewodem łączą się inne tej samej sieci (${lines.length}); sprawdź, czy nie zostają bez zasilania`,
            en: `Others of the same network join the line (${lines.length}); check that they are not cut off`,
          },
          ids: namedIn(lines),
        },
      ];
