/** Settling turns and signals at junctions. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Xy } from '../../../core/geo/plane.ts';
import { bannedFrom } from '../../../core/scenario/rows/traffic-rule-rows.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { AllowTurn, BanTurn, RemoveSignal, SetSignal } from '../../../core/wire/edits/traffic-rules.ts';
import { ewkb } from '../settle-place.ts';
import { sql } from '../sql.ts';
import {
  type EditedCity,
  objectNamed,
  objectsSeen,
  refuseOutside,
  rowsSeen,
  type SettledEdit,
} from './edited-city.ts';

export async function settleBanTurn(city: EditedCity, edit: BanTurn): Promise<SettledEdit> {
  const [from, to] = [
    await objectNamed(city, 'roads', edit.from, 'from'),
    await objectNamed(city, 'roads', edit.to, 'to'),
  ];
  const shared = [...endsOf(from)].filter((node) => startsOf(to).has(node));
  if (from.id !== to.id && shared.length === 0) {
    throw invalidParameter(
      'to',
      `Nobody can turn from ${from.id} into ${to.id}: they do not meet, or one of them is one-way against it`,
    );
  }
  if (bannedFrom(from).includes(to.id)) {
    throw invalidParameter('to', `Turning from ${from.id} into ${to.id} is banned already`);
  }
  return changed([from]);
}

export async function settleAllowTurn(city: EditedCity, edit: AllowTurn): Promise<SettledEdit> {
  const from = await objectNamed(city, 'roads', edit.from, 'from');
  if (!bannedFrom(from).includes(edit.to)) {
    throw invalidParameter('to', `Turning from ${from.id} into ${edit.to} is not banned`);
  }
  return changed([from]);
}

/** Nodes where its traffic comes out, and where it comes in. */
const endsOf = ({ properties }: Feature): ReadonlySet<unknown> =>
  new Set(
    properties['oneway'] === true
      ? [properties['to_node']]
      : [properties['to_node'], properties['from_node']],
  );
const startsOf = ({ properties }: Feature): ReadonlySet<unknown> =>
  new Set(
    properties['oneway'] === true
      ? [properties['from_node']]
      : [properties['to_node'], properties['from_node']],
  );

/** Green of the main streets and its rest for the others leave each at least this. */
const LEAST_S = 5;

export async function settleSetSignal(city: EditedCity, edit: SetSignal): Promise<SettledEdit> {
  if ((edit.mainGreenS ?? 0) > edit.cycleS - LEAST_S) {
    throw invalidParameter(
      'mainGreenS',
      `Of a cycle of ${edit.cycleS} s at most ${edit.cycleS - LEAST_S} s can be green for the main streets`,
    );
  }
  const { junction, roads } = await junctionAt(city, edit.at);
  return changed(roads, junction);
}

export async function settleRemoveSignal(city: EditedCity, edit: RemoveSignal): Promise<SettledEdit> {
  const { junction, roads } = await junctionAt(city, edit.at);
  const signalled = roads.filter(
    ({ properties }) =>
      (properties['from_node'] === junction && typeof properties['signal_from'] === 'string') ||
      (properties['to_node'] === junction && typeof properties['signal_to'] === 'string'),
  );
  if (signalled.length === 0) throw invalidParameter('at', `There is no signal at the junction ${junction}`);
  return changed(signalled, junction);
}

const changed = (roads: readonly Feature[], junction?: string): SettledEdit => ({
  settled: {
    objects: roads.map((road) => touched(road, 'roads', 'changed')),
    ...(junction !== undefined && { junction }),
  },
  findings: [],
});

const REACH_M = 30;

/** The nearest node where three roads or more end, with these; ordered by where they lead, for ids may be drawn by lot. */
async function junctionAt(city: EditedCity, at: Xy) {
  const point = ewkb({ type: 'Point', coordinates: at });
  await refuseOutside(city, point, [at], 'at');
  const [nearest] = await city.connection.run<{ node: string; ids: string[] }>(
    sql`select node, array_agg(id order by away_x, away_y, id) as ids from (
        select id, from_node as node, ST_Distance(ST_StartPoint(geom), ${point}) as distance_m,
            ST_X(ST_EndPoint(geom)) as away_x, ST_Y(ST_EndPoint(geom)) as away_y
          from (${rowsSeen(city, 'roads')}) as seen where ST_DWithin(geom, ${point}, ${REACH_M}::float8)
        union all select id, to_node, ST_Distance(ST_EndPoint(geom), ${point}),
            ST_X(ST_StartPoint(geom)), ST_Y(ST_StartPoint(geom))
          from (${rowsSeen(city, 'roads')}) as seen where ST_DWithin(geom, ${point}, ${REACH_M}::float8)
      ) as arm where node is not null and distance_m <= ${REACH_M}::float8
      group by node having count(*) >= 3 order by min(distance_m), node limit 1`,
  );
  if (!nearest) {
    throw invalidParameter('at', `No junction of three roads or more is within ${REACH_M} m; point at one`);
  }
  const roads = new Map((await objectsSeen(city, 'roads', nearest.ids)).map((road) => [road.id, road]));
  return { junction: nearest.node, roads: [...new Set(nearest.ids)].flatMap((id) => roads.get(id) ?? []) };
}
