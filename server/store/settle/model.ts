/** Settling buildings that were modelled elsewhere. */
import { invalidParameter } from '../../../core/errors.ts';
import type { MultiPolygon } from '../../../core/geo/geometry.ts';
import { around } from '../../../core/geo/plane.ts';
import { measurePlane } from '../../../core/geo/plane-measures.ts';
import { readWkb } from '../../../core/geo/wkb.ts';
import { placeModel } from '../../../core/scenario/placed-model.ts';
import type { AddModel } from '../../../core/wire/edits/building-model.ts';
import type { Finding, Settled } from '../../../core/wire/scenario.ts';
import { plannedId } from '../random-name.ts';
import { ewkb } from '../settle-place.ts';
import { sql } from '../sql.ts';
import { buildingFindings, parcelFindings, TERRAIN_UNKNOWN } from './building.ts';
import { type EditedCity, refuseOutside, type SettledEdit } from './edited-city.ts';
import { overlaps } from './neighbours.ts';

/** Gaps of this width between surfaces seen from above belong to what the model covers. */
const GAP_M = 0.1;
/** Less than this is a flagpole, not a wing. */
const SMALLEST_PART_M2 = 1;
/** A foot farther from the ground than this is told. */
const OFF_GROUND_M = 0.5;

export async function settleAddModel(city: EditedCity, edit: AddModel): Promise<SettledEdit> {
  const model = placeModel(edit);
  const hull = ewkb({ type: 'Polygon', coordinates: [[...model.hull, around(model.hull, 0)]] });
  await refuseOutside(city, hull, model.hull, 'at');
  const footprint = await footprintOf(city, model.shape);
  const outline = ewkb(footprint);
  const groundHeightM = await city.ground.lowestM(model.hull);
  const built = await overlaps(city, 'buildings', outline);
  const parcels = await overlaps(city, 'parcels', outline);
  const id = plannedId();
  const footM = edit.footHeightM ?? groundHeightM ?? 0;
  const settled: Settled = {
    objects: (['buildings', 'buildings_3d'] as const).map((layer) => ({ layer, id, change: 'added' })),
    // To the millimetre, as it is stored.
    groundHeightM: Math.round(footM * 1000) / 1000,
    heightM: model.heightM,
    ...(model.volumeM3 !== undefined && { volumeM3: Math.round(model.volumeM3 * 10) / 10 }),
    parcelIds: parcels.map((parcel) => parcel.id),
    shapes: [{ layer: 'buildings', id, geometry: footprint }],
  };
  const offM = groundHeightM === undefined ? 0 : footM + edit.raiseM - groundHeightM;
  const findings = [
    ...buildingFindings(built),
    ...parcelFindings(parcels, measurePlane(footprint)?.areaM2 ?? 0),
    ...(groundHeightM === undefined ? [TERRAIN_UNKNOWN] : []),
    ...(model.volumeM3 === undefined ? [BODY_OPEN] : []),
    ...(Math.abs(offM) > OFF_GROUND_M ? [footOffGround(offM)] : []),
  ];
  return { settled, findings };
}

/** What the surfaces cover seen from above, in whole centimetres; small gaps between them are closed. */
async function footprintOf({ connection }: EditedCity, shape: MultiPolygon): Promise<MultiPolygon> {
  const [row] = await connection.run<{ wkb: Uint8Array | null }>(
    sql`with face as (select ST_Force2D((ST_Dump(${ewkb(shape)})).geom) as geom),
        covered as (
          select ST_Union(ST_CollectionExtract(ST_MakeValid(geom), 3)) as geom from face where ST_Area(geom) > 1e-4),
        closed as (
          select ST_ReducePrecision(ST_SimplifyPreserveTopology(ST_Buffer(ST_Buffer(geom, ${GAP_M / 2}::float8, 'join=mitre'),
            -${GAP_M / 2}::float8, 'join=mitre'), 0.01), 0.01) as geom from covered),
        part as (select (ST_Dump(geom)).geom from closed)
      select ST_AsBinary(ST_Multi(ST_Collect(ST_ForcePolygonCCW(geom) order by ST_Area(geom) desc))) as wkb
      from part where ST_Area(geom) >= ${SMALLEST_PART_M2}::float8`,
  );
  const footprint = row?.wkb ? readWkb(row.wkb) : undefined;
  if (footprint?.type === 'MultiPolygon') return footprint;
  throw invalidParameter(
    'faces',
    'Seen from above the model covers nothing; z must point up, and roofs or floors must be among its faces',
  );
}

const BODY_OPEN: Finding = {
  code: 'body-open',
  severity: 'warning',
  message: {
    pl: 'Model nie jest jedną zamkniętą powłoką: jego objętości nie oceniono; wysokość i obrys są znane',
    en: 'The model is not one closed shell: its volume is not assessed; its height and outline are known',
  },
  ids: [],
};

function footOffGround(offM: number): Finding {
  const metres = Math.abs(offM).toFixed(1);
  return {
    code: 'foot-off-ground',
    severity: 'warning',
    message:
      offM > 0
        ? {
            pl: `Spód modelu jest ${metres.replace('.', ',')} m nad najniższym terenem pod nim`,
            en: `The foot of the model is ${metres} m above the lowest ground under it`,
          }
        : {
            pl: `Spód modelu jest ${metres.replace('.', ',')} m pod najniższym terenem pod nim`,
            en: `The foot of the model is ${metres} m below the lowest ground under it`,
          },
    ids: [],
  };
}
