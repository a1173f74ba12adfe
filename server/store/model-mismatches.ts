/** Where the 3D model and the register differ: one statement over both, as the view sees them. */
import { invalidParameter, notFound } from '../../core/errors.ts';
import {
  MISMATCH_KINDS,
  type Mismatch,
  type MismatchAnswer,
  type MismatchKind,
} from '../../core/wire/model-mismatches.ts';
import type { View } from '../access/view.ts';
import type { ModelMismatches } from '../services/model-mismatches.ts';
import { GROUND } from './building-outline.ts';
import type { layersOf } from './layers.ts';
import type { Pool } from './pool.ts';
import { relationFor, rowsOf } from './relation.ts';
import { type Sql, sql, trusted } from './sql.ts';

type Counts = Readonly<Record<MismatchKind, number>>;

interface Row {
  readonly linked: number;
  readonly counts: Counts;
  readonly not_compared: MismatchAnswer['notCompared'];
  readonly mismatches: readonly Mismatch[] | null;
}

/** Of a body, more of its ground surfaces than this beyond the outline that has the same box and area is nothing. */
const SAME_M2 = trusted('0.01');

export function storeModelMismatches(
  poolOf: (view: View) => Pool,
  layers: ReturnType<typeof layersOf>,
): ModelMismatches {
  return {
    async find({ kind, areaM2, heightM, storeys, after, limit }, view, signal) {
      const start = after === undefined ? undefined : startOf(after);
      const all = await layers();
      const rowsIn = (wanted: string): Sql => {
        const layer = all.find(({ name }) => name === wanted);
        const relation = layer && relationFor(layer, view);
        if (!relation) throw notFound(`There is no layer ${wanted}`, 'layer');
        return rowsOf(relation);
      };
      const [row] = await poolOf(view).read<Row>(
        sql`with register as materialized (
            select id, geom, storeys_above from (${rowsIn('buildings')}) as building),
          model as materialized (
            select id, building_id, coalesce(state, 'built') as state, storeys_above, height_m,
              ST_ZMax(geom) - ST_ZMin(geom) as body_m, ST_Force2D(ST_Envelope(geom)) as box,
              ${GROUND} as ground
            from (${rowsIn('buildings_3d')}) as building),
          pair as materialized (
            select register.id as register, model.id as model, model.state, register.storeys_above as told,
              model.storeys_above as modelled, ST_Area(register.geom) as register_m2,
              ST_Area(model.ground) as model_m2, register.geom,
              case when model.ground is null then null
                when register.geom ~= model.ground and abs(ST_Area(register.geom) - ST_Area(model.ground)) < ${SAME_M2}
                then 0 else ST_Area(ST_SymDifference(register.geom, model.ground)) end as apart_m2
            from register join model on model.building_id = register.id),
          mismatch (kind, register, model, state, in_register, in_model, difference, unit, geom) as (
            select 'no-model', id, null::text, null::text, ST_Area(geom), null::float8, null::numeric, null::text, geom
            from register where not exists (select from pair where pair.register = register.id)
            union all
            select 'no-register', null, id, state, null, ST_Area(ground), null, null, coalesce(ground, box)
            from model where state in ('built', 'under_construction')
              and not exists (select from pair where pair.model = model.id)
            union all
            select 'state', register, model, state, null, null, null, null, geom
            from pair where state <> 'built'
            union all
            select 'footprint', register, model, state, register_m2, model_m2, round(apart_m2::numeric, 2), 'm2', geom
            from pair where apart_m2 > ${areaM2}::float8
            union all
            select 'storeys', register, model, state, told, modelled, abs(told - modelled), 'storeys', geom
            from pair where abs(told - modelled) > ${storeys}::int
            union all
            select 'height', building_id, id, state, body_m, height_m, round(abs(body_m - height_m)::numeric, 2), 'm', box
            from model where abs(body_m - height_m) > ${heightM}::float8),
          ranked as (
            select *, array_position(${MISMATCH_KINDS}::text[], kind) as rank, -coalesce(difference, -1) as least_first,
              concat_ws(' ', register, model) as named
            from mismatch where ${kind ?? null}::text is null or kind = ${kind ?? null}::text),
          shown as materialized (
            select *, ST_PointOnSurface(geom) as place from ranked
            where ${start === undefined} or (rank, least_first, named) > (${start?.rank ?? 0}::int,
              ${start?.leastFirst ?? 0}::numeric, ${start?.named ?? ''}::text)
            order by rank, least_first, named limit ${limit + 1}::int),
          told as (
            select *, case kind
              when 'no-model' then (select body.id from (${rowsIn('buildings_3d')}) as body
                where body.geom && shown.geom and not exists (
                  select from (${rowsIn('buildings')}) as building where building.id = body.building_id)
                order by ST_Area(ST_Intersection(coalesce((select ${GROUND} from
                  (select body.geom, body.surface_kinds) as it), ST_Envelope(body.geom)), shown.geom)) desc, body.id limit 1)
              when 'no-register' then (select building.id from (${rowsIn('buildings')}) as building
                where building.geom && shown.geom
                order by ST_Area(ST_Intersection(building.geom, shown.geom)) desc, building.id limit 1) end as candidate
            from shown)
          select (select count(*) from pair) as linked,
            (select jsonb_object_agg(kind, n) from (select kind, count(*) as n from mismatch group by kind) as counted) as counts,
            jsonb_build_object('footprint', (select count(*) from pair where apart_m2 is null),
              'storeys', (select count(*) from pair where told is null or modelled is null),
              'height', (select count(*) from model where height_m is null)) as not_compared,
            (select jsonb_agg(jsonb_build_object('kind', kind, 'register', register, 'model', model, 'state', state,
              'inRegister', round(in_register::numeric, 2), 'inModel', round(in_model::numeric, 2),
              'difference', difference, 'unit', unit, 'candidate', candidate,
              'at', jsonb_build_array(round(ST_X(place)::numeric, 2), round(ST_Y(place)::numeric, 2)),
              'lonLat', jsonb_build_array(round(ST_X(ST_Transform(place, 4326))::numeric, 7),
                round(ST_Y(ST_Transform(place, 4326))::numeric, 7)))
              order by rank, least_first, named) from told) as mismatches`,
        signal,
      );
      const found = row?.mismatches ?? [];
      const mismatches = found.slice(0, limit);
      const last = mismatches.at(-1);
      return {
        linked: row?.linked ?? 0,
        counts: Object.fromEntries(MISMATCH_KINDS.map((each) => [each, row?.counts?.[each] ?? 0])) as Counts,
        notCompared: row?.not_compared ?? { footprint: 0, storeys: 0, height: 0 },
        mismatches,
        next: found.length > limit && last ? cursorOf(last) : null,
      };
    },
  };
}

const cursorOf = ({ kind, difference, register, model }: Mismatch): string =>
  `${kind}~${difference ?? ''}~${[register, model].filter((id) => id !== null).join(' ')}`;

/** Where a page goes on, as its rows are ordered. @throws TwinError invalid-parameter */
function startOf(after: string) {
  const [, kind = '', difference = '', named = ''] = /^([^~]*)~([^~]*)~(.*)$/s.exec(after) ?? [];
  const rank = (MISMATCH_KINDS as readonly string[]).indexOf(kind) + 1;
  if (rank === 0) throw invalidParameter('after', 'after must be `next` of the page before');
  return { rank, leastFirst: difference === '' ? 1 : -Number(difference), named };
}
