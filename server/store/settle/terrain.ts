/** Settling shapes of the ground. */
import { invalidParameter } from '../../../core/errors.ts';
import { around } from '../../../core/geo/plane.ts';
import { LONGEST_REACH_M, shapedGround } from '../../../core/scenario/shaped-ground.ts';
import type { ShapeTerrain } from '../../../core/wire/edits/terrain.ts';
import type { Finding } from '../../../core/wire/scenario.ts';
import { ewkb } from '../settle-place.ts';
import { sql } from '../sql.ts';
import { type EditedCity, namedIn, refuseOutside, type SettledEdit } from './edited-city.ts';
import { overlaps } from './neighbours.ts';

export async function settleShapeTerrain(city: EditedCity, edit: ShapeTerrain): Promise<SettledEdit> {
  const shape = shapedGround(edit);
  const ring = [...shape.outline, around(shape.outline, 0)];
  const outline = ewkb({ type: 'Polygon', coordinates: [ring] });
  await refuseOutside(city, outline, shape.outline, 'outline');
  const counted = await city.ground.earthwork(shape);
  if (!counted) {
    throw invalidParameter(
      'outline',
      'The height of the ground is not known here, so it cannot be shaped; a terrain model that covers the place is needed (TERRAIN)',
    );
  }
  const { meetsGround, ...earthwork } = counted;
  const changed = sql`ST_Buffer(${outline}, ${earthwork.reachM}::float8)`;
  return {
    settled: { objects: [], earthwork },
    findings: [
      ...(meetsGround ? [] : [SIDES_END]),
      ...onBuildings(await overlaps(city, 'buildings', changed)),
    ],
  };
}

const SIDES_END: Finding = {
  code: 'sides-end-early',
  severity: 'warning',
  message: {
    pl: `Skarpy nie schodzą się z terenem w odległości ${LONGEST_REACH_M} m i tam się urywają; zmień rzędną albo nachylenie`,
    en: `The sides do not meet the ground within ${LONGEST_REACH_M} m and break off there; change the height or how steep they are`,
  },
  ids: [],
};

const onBuildings = (buildings: readonly { readonly id: string }[]): readonly Finding[] =>
  buildings.length === 0
    ? []
    : [
        {
          code: 'building-on-shaped-ground',
          severity: 'warning',
          message: {
            pl: `Na zmienionym terenie stoją budynki (${buildings.length}); zostają na swojej wysokości`,
            en: `Buildings stand on the changed ground (${buildings.length}); they stay at their height`,
          },
          ids: namedIn(buildings),
        },
      ];
