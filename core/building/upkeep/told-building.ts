import type { Feature } from '../../feature/feature.ts';
import { areaVector, type Vector3 } from '../../geo/area-vector.ts';
import type { ToldBuilding } from '../../wire/model-change.ts';
import { type Body, type BodyFace, heightRange, openCorner, volumeM3 } from '../body.ts';

const rounded = (value: number, step: number): number => Math.round(value / step) * step;
const centi = (value: number): number => Number(rounded(value, 0.01).toFixed(2));

/** The body of an object of `buildings_3d`. */
export function bodyOf({ geometry, properties }: Feature): Body {
  const faces = geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
  return { faces, kinds: String(properties['surface_kinds'] ?? '') };
}

/** What a preview says of a building. */
export function toldBuilding(feature: Feature): ToldBuilding {
  const { faces, kinds } = bodyOf(feature);
  const grounds = faces.filter((_, i) => kinds[i] === 'G');
  const [low, high] = heightRange(faces);
  const { state = null, building_id: registerId = null } = feature.properties;
  return {
    id: feature.id,
    state: state === null ? null : String(state),
    registerId: registerId === null ? null : String(registerId),
    groundM2: grounds.length === 0 ? null : centi(grounds.reduce((sum, face) => sum + planM2(face), 0)),
    heightM: centi(high - low),
    volumeM3: openCorner(faces) ? null : centi(volumeM3(faces)),
  };
}

/** Seen from above, holes taken off. */
function planM2(rings: BodyFace): number {
  const [x0, y0] = rings[0]?.[0] ?? [0, 0];
  const areas = rings.map((ring) =>
    Math.abs(areaVector(ring.map(([x, y]): Vector3 => [x - x0, y - y0, 0]))[2]),
  );
  return areas.reduce((sum, area, i) => (i === 0 ? area : sum - area), 0);
}
