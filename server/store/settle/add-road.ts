/** Settling a new road: its ends are joined to the network where it is near. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import { distance, type Xy } from '../../../core/geo/plane.ts';
import { lengthOf, placeAt } from '../../../core/geo/polyline.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { AddRoad } from '../../../core/wire/edits/road.ts';
import type { Finding, RoadSplit, Settled } from '../../../core/wire/scenario.ts';
import { plannedId } from '../random-name.ts';
import { ewkb } from '../settle-place.ts';
import { sql } from '../sql.ts';
import { type EditedCity, namedIn, objectsSeen, rowsSeen, type SettledEdit, tenths } from './edited-city.ts';
import { near, overlaps } from './neighbours.ts';
import { checkedPath } from './path.ts';

/** Ends are drawn by hand. */
const JOIN_M = 2;
const SHORTEST_M = 3;

interface End {
  readonly at: Xy;
  readonly node: string;
  readonly joined: boolean;
  /** A road that the end meets between its junctions, with the place. */
  readonly split?: { readonly road: Feature; readonly atM: number };
}

export async function settleAddRoad(city: EditedCity, edit: AddRoad): Promise<SettledEdit> {
  await checkedPath(city, edit.path, SHORTEST_M);
  const from = await endAt(city, edit.path[0]);
  const to = await endAt(city, edit.path.at(-1));
  if (from.split && from.split.road.id === to.split?.road.id) {
    throw invalidParameter(
      'path',
      `Both ends meet the road ${from.split.road.id} between the same junctions; draw the road in two parts`,
    );
  }
  const path = [from.at, ...edit.path.slice(1, -1), to.at].map(([e, n]): [number, number] => [e, n]);
  const splits = [from, to].flatMap(({ split, node }) =>
    split ? [{ split, made: { road: split.road.id, atM: split.atM, node, restId: plannedId() } }] : [],
  );
  const made: readonly RoadSplit[] = splits.map((each) => each.made);
  const id = plannedId();
  const objects: Settled['objects'] = [
    { layer: 'roads', id, change: 'added' },
    ...splits.flatMap(({ split, made }) => [
      touched(split.road, 'roads', 'changed'),
      { layer: 'roads', id: made.restId, change: 'added' } as const,
    ]),
    ...(await banningTurnsInto(city, made)),
  ];
  const findings = [
    ...notJoined([from, to]),
    ...(await inTheWay(city, path, edit.widthM ?? edit.lanes * 3)),
    ...(await crossings(city, path, [from, to])),
  ];
  return {
    settled: {
      objects,
      road: { id, path, fromNode: from.node, toNode: to.node, splits: [...made] },
    },
    findings,
  };
}

interface RoadEnd {
  readonly id: string;
  readonly from_node: string | null;
  readonly to_node: string | null;
}

async function endAt(city: EditedCity, place: Xy | undefined): Promise<End> {
  const [x, y] = place ?? [0, 0];
  const point = ewkb({ type: 'Point', coordinates: [x, y] });
  const rows = await city.connection.run<RoadEnd>(
    sql`select id, from_node, to_node from (${rowsSeen(city, 'roads')}) as seen
      where ST_DWithin(geom, ${point}, ${JOIN_M}::float8) order by ST_Distance(geom, ${point}), id`,
  );
  const roads = await objectsSeen(
    city,
    'roads',
    rows.map(({ id }) => id),
  );
  const alone: End = { at: [x, y], node: plannedId(), joined: false };
  for (const road of roads) {
    const path = pathOf(road);
    const [first, last] = [path[0], path.at(-1)];
    for (const [corner, node] of [
      [first, road.properties['from_node']],
      [last, road.properties['to_node']],
    ] as const) {
      if (!corner || distance(corner, [x, y]) > JOIN_M) continue;
      return { at: corner, node: typeof node === 'string' ? node : alone.node, joined: true };
    }
  }
  const road = roads.find(({ id }) => id === rows[0]?.id);
  if (!road) return alone;
  const [along] = await city.connection.run<{ share: number }>(
    sql`select ST_LineLocatePoint(geom, ${point}) as share from (${rowsSeen(city, 'roads')}) as seen
      where id = ${road.id}::text`,
  );
  const path = pathOf(road);
  // To the millimetre, so that both parts end at one place.
  const atM = Math.round((along?.share ?? 0) * lengthOf(path) * 1000) / 1000;
  return { at: placeAt(path, atM).point, node: alone.node, joined: true, split: { road, atM } };
}

/** Other roads that nobody may turn from into one that is cut: the ban has to name its rest too. */
async function banningTurnsInto(city: EditedCity, splits: readonly RoadSplit[]): Promise<Settled['objects']> {
  if (splits.length === 0) return [];
  const cut = splits.map(({ road }) => road);
  const rows = await city.connection.run<{ id: string }>(
    sql`select id from (${rowsSeen(city, 'roads')}) as seen
      where string_to_array(no_turn_to, ',') && ${cut}::text[] and id <> all(${cut}::text[]) order by id`,
  );
  const roads = await objectsSeen(
    city,
    'roads',
    rows.map(({ id }) => id),
  );
  return roads.map((road) => touched(road, 'roads', 'changed'));
}

const pathOf = ({ geometry }: Feature): readonly Xy[] =>
  geometry?.type === 'LineString' ? geometry.coordinates.map(([x, y]): Xy => [x, y]) : [];

function notJoined(ends: readonly End[]): readonly Finding[] {
  const loose = ends.filter(({ joined }) => !joined);
  if (loose.length === 0) return [];
  const where = loose.map(({ at: [e, n] }) => `${e.toFixed(2)} ${n.toFixed(2)}`).join('; ');
  return [
    {
      code: 'road-not-joined',
      severity: 'warning',
      message: {
        pl: `Droga nie łączy się z siecią na końcach: ${where} (w zasięgu ${JOIN_M} m nie ma drogi)`,
        en: `The road is not joined to the network at: ${where} (no road within ${JOIN_M} m)`,
      },
      ids: [],
    },
  ];
}

/** Buildings under the carriageway, and trees on it. */
async function inTheWay(city: EditedCity, path: readonly Xy[], widthM: number): Promise<readonly Finding[]> {
  const line = ewkb({ type: 'LineString', coordinates: path });
  const ground = sql`ST_Buffer(${line}, ${widthM / 2}::float8, 'endcap=flat')`;
  const buildings = await overlaps(city, 'buildings', ground);
  const trees = await near(city, 'trees', line, widthM / 2);
  const areaM2 = tenths(buildings.reduce((sum, { area_m2 }) => sum + area_m2, 0));
  return [
    ...(buildings.length === 0
      ? []
      : [
          {
            code: 'road-through-building',
            severity: 'warning',
            message: {
              pl: `Jezdnia przechodzi przez budynki (${buildings.length}), razem ${areaM2} m²`,
              en: `The carriageway runs through buildings (${buildings.length}), ${areaM2} m² in all`,
            },
            ids: namedIn(buildings),
            areaM2,
          } as const,
        ]),
    ...(trees.length === 0
      ? []
      : [
          {
            code: 'road-over-trees',
            severity: 'warning',
            message: {
              pl: `Na jezdni stoją drzewa (${trees.length}); wytnij je w scenariuszu albo zmień przebieg`,
              en: `Trees stand on the carriageway (${trees.length}); fell them in the scenario or change the course`,
            },
            ids: namedIn(trees),
          } as const,
        ]),
  ];
}

/** Roads that it crosses without a junction. */
async function crossings(
  city: EditedCity,
  path: readonly Xy[],
  ends: readonly End[],
): Promise<readonly Finding[]> {
  const line = ewkb({ type: 'LineString', coordinates: path });
  const places = ewkb({ type: 'MultiPoint', coordinates: ends.map(({ at }) => at) });
  const crossed = await city.connection.run<{ id: string }>(
    sql`select id from (${rowsSeen(city, 'roads')}) as seen
      where geom && ${line} and ST_Intersects(geom, ${line})
        and ST_Distance(ST_Intersection(geom, ${line}), ${places}) > ${JOIN_M}::float8 order by id`,
  );
  if (crossed.length === 0) return [];
  return [
    {
      code: 'road-crosses-road',
      severity: 'warning',
      message: {
        pl: `Droga przecina inne (${crossed.length}) bez skrzyżowania; narysuj ją w częściach, jeśli mają się łączyć`,
        en: `The road crosses others (${crossed.length}) without a junction; draw it in parts if they are to be joined`,
      },
      ids: namedIn(crossed),
    },
  ];
}
