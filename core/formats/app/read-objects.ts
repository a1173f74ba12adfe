/** Objects of APP 2.0 as features of the twin. */
import type { Feature } from '../../feature/feature.ts';
import { type MultiPolygon, mapPositions } from '../../geo/geometry.ts';
import { frameOfBoundedBy, readGmlGeometry } from '../../geo/gml-geometry.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childText, type XmlElement } from '../../xml/element.ts';
import { RejectedObject } from '../rejected-object.ts';
import { type AppIdentity, codeIn, codesIn, dayIn, decimalIn, hectaresIn, referredId } from './app-values.ts';
import { AREA_KINDS, OWN_STANDARDS } from './plan-standards.ts';

export interface PlanObject {
  readonly feature: Feature;
  readonly srid: number;
  readonly ended: boolean;
}

export const isPlanArea = (local: string): boolean => local in AREA_KINDS;

/** `AktPlanowaniaPrzestrzennego`; number, publication and links come from its documents. */
export function readAct(object: XmlElement, identity: AppIdentity, frame: GmlFrame): PlanObject {
  const type = codeIn(object, 'typPlanu');
  const baseMap = childOf(object, 'mapaPodkladowa')?.children[0];
  return planObject('plan_acts', object, identity, readArea(object, 'zasiegPrzestrzenny', frame), {
    plan_kind: type === 'planOgolnyGminy' ? 'general' : 'local',
    plan_type: type,
    title: childText(object, 'tytul') ?? null,
    alternative_title: childText(object, 'tytulAlternatywny') ?? null,
    change_number: decimalIn(object, 'zmiana'),
    is_modification: flagIn(object, 'modyfikacja'),
    base_map_date: baseMap ? dayIn(baseMap, 'data') : null,
    base_map_reference: childText(baseMap, 'referencja') ?? null,
    base_map_url: childText(baseMap, 'lacze') ?? null,
    changes: null,
    ...NO_DOCUMENTS,
  });
}

/** What documents and drawings say of an act. */
const NO_DOCUMENTS = {
  ...{ number: null, publication: null, begun_on: null, adopted_on: null, text_url: null },
  ...{ resolution_iip: null, resolution_title: null, beginning_iip: null, beginning_title: null },
  ...{ drawing_iip: null, drawing_title: null, drawing_crs: null, drawing_scale: null, drawing_url: null },
};

/** `StrefaPlanistyczna`. Its act is the one that it refers to, else the one whose lokalnyId begins its own. */
export function readZone(object: XmlElement, identity: AppIdentity, frame: GmlFrame): PlanObject {
  const profile = (local: string) => codesIn(object, local).join(', ') || null;
  const symbol = childText(object, 'symbol') ?? null;
  return planObject('plan_zones', object, identity, readArea(object, 'geometria', frame), {
    plan_kind: 'general',
    act_id: actOf(object, identity),
    designation: childText(object, 'oznaczenie') ?? null,
    symbol,
    zone_kind: symbol,
    base_profile: profile('profilPodstawowy'),
    additional_profile: profile('profilDodatkowy'),
    max_height_m: decimalIn(object, 'maksWysokoscZabudowy'),
    max_storeys: null,
    min_intensity: null,
    max_intensity: decimalIn(object, 'maksNadziemnaIntensywnoscZabudowy'),
    max_built_share_pct: decimalIn(object, 'maksUdzialPowierzchniZabudowy'),
    min_bioactive_share_pct: decimalIn(object, 'minUdzialPowierzchniBiologicznieCzynnej'),
    min_parcel_area_m2: null,
    min_parking_per_dwelling: null,
    min_parking_per_100m2: null,
    roof_shape: null,
    provisions: childText(object, 'nazwaAlternatywna') ?? null,
    act_title: null,
    act_number: null,
    act_publication: null,
    strength: codeIn(object, 'charakterUstalenia'),
    drafting_note: null,
  });
}

/** OUZ, OZS and OSD (Regulacja). */
export function readPlanArea(object: XmlElement, identity: AppIdentity, frame: GmlFrame): PlanObject {
  return planObject('plan_areas', object, identity, readArea(object, 'geometria', frame), {
    kind: AREA_KINDS[object.local] ?? null,
    designation: childText(object, 'oznaczenie') ?? null,
    act_id: actOf(object, identity),
    name: childText(object, 'nazwa') ?? null,
    strength: codeIn(object, 'charakterUstalenia'),
    excludes_farmsteads: flagIn(object, 'wylaczenieZabudowyZagrodowej'),
    ...Object.fromEntries(
      OWN_STANDARDS.map(({ local, property, uom }) => [
        property,
        uom === 'ha' ? hectaresIn(object, local) : decimalIn(object, local),
      ]),
    ),
    other_standards: otherStandards(object),
  });
}

/** `przedszkola 1000 m; apteki 800 m`, of the distances that a municipality may add. */
function otherStandards(object: XmlElement): string | null {
  const others = object.children
    .filter(
      ({ local }) => local.startsWith('odlegloscDo') && !OWN_STANDARDS.some((own) => own.local === local),
    )
    .map(({ local }) => `${local.slice('odlegloscDo'.length)} ${decimalIn(object, local)} m`);
  return others.length === 0 ? null : others.join('; ');
}

function planObject(
  layer: string,
  object: XmlElement,
  { id, ended, properties: identity }: AppIdentity,
  { geometry, srid }: { readonly geometry: MultiPolygon; readonly srid: number },
  properties: Feature['properties'],
): PlanObject {
  const dates = {
    status: codeIn(object, 'status'),
    in_force_since: dayIn(object, 'obowiazujeOd'),
    in_force_until: dayIn(object, 'obowiazujeDo'),
  };
  return {
    srid,
    ended,
    feature: { layer, id, geometry, properties: { ...properties, ...dates, ...identity } },
  };
}

const actOf = (object: XmlElement, { id, localId, namespace }: AppIdentity): string =>
  referredId(childOf(object, 'plan')) ??
  (localId.includes('-') ? id.slice(0, id.lastIndexOf('-')) : `${namespace.split('/').at(-1)}_1POG`);

function flagIn(object: XmlElement, local: string): boolean | null {
  const text = childText(object, local);
  return text === undefined ? null : text === 'true' || text === '1';
}

function readArea(
  object: XmlElement,
  local: string,
  collection: GmlFrame,
): { readonly geometry: MultiPolygon; readonly srid: number } {
  const element = childOf(object, local)?.children[0];
  if (element === undefined)
    throw new RejectedObject('missing-geometry', `${object.local} has no ${local}`, object);
  const frame = frameOfBoundedBy(childOf(object, 'boundedBy'), collection);
  const { geometry, srid } = readGmlGeometry(element, frame);
  const flat = mapPositions(geometry, ([x, y]) => [x, y]);
  if (flat.type === 'MultiPolygon') return { geometry: flat, srid };
  if (flat.type === 'Polygon')
    return { geometry: { type: 'MultiPolygon', coordinates: [flat.coordinates] }, srid };
  throw new RejectedObject('invalid-geometry', `${object.local} needs a surface, got ${flat.type}`, element);
}
