import type { Feature } from '../../../core/feature/feature.ts';
import type { Layer, LayerStatus } from '../../../core/feature/layer.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { measurePlane } from '../../../core/geo/plane-measures.ts';
import { distanceBetween } from '../../../core/geo/relate.ts';
import { writeEwkb } from '../../../core/geo/wkb.ts';
import type { Dossier, DossierLayer, DossierObject } from '../../../core/wire/parcel-dossier.ts';
import type { View } from '../../access/view.ts';
import type { Catalogue } from '../../services/catalogue.ts';
import type { Dossiers } from '../../services/dossiers.ts';
import { unknownParcel } from '../../services/parcel-checks.ts';
import type { SensorThings } from '../../services/sensor-things.ts';
import { CITY } from '../dataset.ts';
import { type LayersProvider, postgisSource } from '../features.ts';
import { meantParcel } from '../parcel-facts/meant-parcel.ts';
import type { Pool } from '../pool.ts';
import { relationFor } from '../relation.ts';
import { sql } from '../sql.ts';
import { historyOf } from './history.ts';
import { objectsOn } from './objects-on.ts';
import { notKeptBy, reducedFor } from './reduced.ts';
import { timelineOf } from './timeline.ts';

export interface DossierParts {
  /** The pool of a person's rights. */
  readonly poolFor: (view: View) => Pool;
  readonly layers: LayersProvider;
  readonly catalogue: Catalogue;
  readonly sensors: Pick<SensorThings, 'overview'>;
}

const PARCELS = 'parcels';
const BUILDINGS = 'buildings';
/** Drawn for orientation, or counted by squares of a kilometre: they say nothing of one parcel. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  PARCELS,
  'population_cells',
  'census_cells',
  'obstruction_detours',
]);
const LEFT_OUT_GROUPS: ReadonlySet<string> = new Set(['base_map', 'geodesy']);
const SENSORS_WITHIN_M = 500;
const MOST_SENSORS = 8;
const DAY_MS = 86_400_000;

/** Dossiers from the registers: what lies on a parcel is found in one statement, and read as every door reads it. */
export function storeDossiers(parts: DossierParts): Dossiers {
  const { poolFor, layers: layersOfStore } = parts;
  return {
    async of(id, view, signal) {
      const pool = poolFor(view);
      const city = (await layersOfStore()).filter(({ dataset }) => dataset === CITY);
      const source = postgisSource(pool, layersOfStore, (layer) => relationFor(layer, view));
      const parcels = city.find(({ name }) => name === PARCELS);
      const parcel = await source.byId(PARCELS, id, undefined, signal);
      if (!parcels || !parcel?.geometry) {
        throw unknownParcel(await meantParcel(pool, city, id, view, signal));
      }
      const told = city.filter(
        ({ name, group, dimension }) =>
          dimension === 2 && !LEFT_OUT.has(name) && !LEFT_OUT_GROUPS.has(group.name),
      );
      const land = hexOf(parcel.geometry, parcels.srid);
      const onLand = await objectsOn(pool, land, told, view, signal);
      const described: { readonly layer: Layer; readonly entry: DossierLayer }[] = [];
      for (const layer of told) {
        if (!relationFor(layer, view)) continue;
        const status = await parts.catalogue.status(layer.name, view);
        const here = onLand.filter((object) => object.layer === layer.name);
        const objects = await withProperties(here, (ids) =>
          readAll(source.query({ ...query(layer.name, ids), withGeometry: false }, signal)),
        );
        described.push({ layer, entry: entryOf(layer, status, objects, here[0]?.count ?? 0) });
      }
      const ofParcel = await historyOf(pool, parcels, sql`id = ${id}::text`, view, signal);
      const buildings = city.find(({ name }) => name === BUILDINGS);
      const ofBuildings = buildings ? await historyOf(pool, buildings, standsOn(land), view, signal) : [];
      const measured = measurePlane(parcel.geometry);
      return {
        parcel: {
          id,
          properties: { ...parcel.properties },
          areaM2: measured?.areaM2 ?? 0,
          perimeterM: measured?.perimeterM ?? 0,
          geometry: parcel.geometry as Dossier['parcel']['geometry'],
          srid: parcels.srid,
          ...(ofParcel[0] && { recordedSince: ofParcel[0].at }),
        },
        state: {
          ...(view.at && { at: view.at.toISOString() }),
          ...(view.scenario && { scenario: view.scenario.id }),
        },
        groups: grouped(described),
        history: [...ofParcel, ...ofBuildings].toSorted(newestFirst),
        timeline: timelineOf(described),
        sensors: await sensorsNear(parcel.geometry, parts, view, signal),
        sensorsWithinM: SENSORS_WITHIN_M,
        reduced: reducedFor([parcels, ...told], view.who),
        notKept: notKeptBy(described.map(({ entry }) => entry)),
      };
    },
  };
}

const hexOf = (geometry: Geometry, srid: number): string =>
  Buffer.from(writeEwkb(geometry, srid)).toString('hex');

/** What shares ground with the land, now or before; a wall along the border shares none. */
const standsOn = (land: string) =>
  sql`geom && ${land}::geometry and ST_Intersects(geom, ${land}::geometry)
    and ST_Area(ST_Intersection(geom, ${land}::geometry)) >= 1`;

const newestFirst = (a: { at: string }, b: { at: string }): number =>
  a.at === b.at ? 0 : a.at < b.at ? 1 : -1;

const query = (layer: string, ids: readonly string[]) =>
  ({ layer, filter: { op: 'ids', ids }, limit: ids.length }) as const;

async function readAll(features: AsyncIterable<Feature>): Promise<readonly Feature[]> {
  const all: Feature[] = [];
  for await (const feature of features) all.push(feature);
  return all;
}

async function withProperties(
  here: Awaited<ReturnType<typeof objectsOn>>,
  read: (ids: readonly string[]) => Promise<readonly Feature[]>,
): Promise<DossierObject[]> {
  if (here.length === 0) return [];
  const features = new Map((await read(here.map(({ id }) => id))).map((feature) => [feature.id, feature]));
  return here.map(({ id, areaM2, lengthM }) => ({
    id,
    properties: { ...features.get(id)?.properties },
    ...(areaM2 !== undefined && { areaM2 }),
    ...(lengthM !== undefined && { lengthM }),
  }));
}

function entryOf(layer: Layer, status: LayerStatus, objects: DossierObject[], count: number): DossierLayer {
  const { loadedAt, version, source, synthetic } = status;
  const ageDays = loadedAt === undefined ? undefined : (Date.now() - Date.parse(loadedAt)) / DAY_MS;
  return {
    layer: layer.name,
    title: layer.title,
    state: loadedAt === undefined ? 'no-data' : 'known',
    count,
    objects,
    ...(loadedAt !== undefined && { loadedAt }),
    version,
    ...(source !== undefined && { source }),
    synthetic,
    stale: ageDays === undefined || ageDays > layer.freshnessDays,
    steward: layer.steward,
    licence: layer.licence,
  };
}

function grouped(described: readonly { layer: Layer; entry: DossierLayer }[]): Dossier['groups'] {
  const groups = new Map<string, { group: Layer['group']; layers: DossierLayer[] }>();
  for (const { layer, entry } of described) {
    const known = groups.get(layer.group.name) ?? { group: layer.group, layers: [] };
    known.layers.push(entry);
    groups.set(layer.group.name, known);
  }
  return [...groups.values()]
    .toSorted((a, b) => a.group.order - b.group.order)
    .map(({ group: { name, title }, layers }) => ({ name, title, layers }));
}

async function sensorsNear(
  land: Geometry,
  { sensors }: DossierParts,
  { at }: View,
  signal: AbortSignal,
): Promise<Dossier['sensors']> {
  const all = await sensors.overview(at, signal);
  return all
    .map((sensor) => ({
      sensor,
      distanceM: distanceBetween({ type: 'Point', coordinates: [...sensor.at] }, land),
    }))
    .filter(({ distanceM }) => distanceM <= SENSORS_WITHIN_M)
    .toSorted((a, b) => a.distanceM - b.distanceM || a.sensor.id - b.sensor.id)
    .slice(0, MOST_SENSORS)
    .map(({ sensor: { id, title, kind, provider, datastreams }, distanceM }) => ({
      id,
      title,
      kind,
      provider,
      distanceM,
      measures: datastreams.map((datastream) => datastream.title),
    }));
}
