/**
 * Objects of the national topographic database BDOT10k in its schemas 1.0 (Dz.U. 2011 nr 279 poz. 1642) and 2.0
 * (Dz.U. 2021 poz. 1412): both call a class `OT_SKJZ_L`, four letters of the class and one of the shape.
 */
import type { PropertyValue } from '../../feature/feature.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childText, textOf, type XmlElement } from '../../xml/element.ts';
import type { RegisterObject } from '../egib/parcel.ts';
import { readFlat } from '../egib/register-geometry.ts';
import { integerIn, momentIn } from '../egib/register-values.ts';
import { RejectedObject } from '../rejected-object.ts';

const CLASS = /^OT_([A-Z]{4})_([ALP])$/;

const SHAPES: Readonly<Record<string, { readonly layer: string; readonly types: readonly string[] }>> = {
  A: { layer: 'bdot10k_areas', types: ['Polygon', 'MultiPolygon'] },
  L: { layer: 'bdot10k_lines', types: ['LineString', 'MultiLineString'] },
  P: { layer: 'bdot10k_points', types: ['Point'] },
};

/** Names of elements in 2.0, then those of 1.0 that mean the same; the first that is there counts. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  code: ['x_kod'],
  kind: ['rodzaj', 'rodzajCieku', 'rodzajLinii', 'typ'],
  name: ['nazwa'],
  number: ['numerDrogi', 'numer', 'nrLinii', 'numerLinii'],
  use: ['przewazajacaFunkcjaBudynku', 'funkcjaSzczegolowaBudynku', 'funkcjaOgolnaBudynku', 'funkcja'],
  surface: ['materialNawierzchni', 'rodzajNawierzchni'],
  existence: ['kategoriaIstnienia', 'x_katIstnienia'],
  position_source: ['zrodloDanychGeometrycznych', 'x_zrodloDanychG'],
  remark: ['uwagi', 'x_uwagi'],
};
const WIDTHS = ['szerokosc', 'szerokoscNawierzchni'];

/** Said by other properties, or of the database and not of the object. */
const TOLD = new Set([
  ...['idIIP', 'lokalnyId', 'przestrzenNazw', 'wersja', 'wersjaId', 'geometria', 'boundedBy'],
  ...['poczatekWersjiObiektu', 'koniecWersjiObiektu', 'x_cyklZycia', 'liczbaKondygnacji'],
]);

/** An object of the database; undefined for another class. */
export function readTopographic10k(object: XmlElement, frame: GmlFrame): RegisterObject | undefined {
  const [, name, shape = ''] = CLASS.exec(object.local) ?? [];
  const place = SHAPES[shape];
  if (name === undefined || place === undefined) return undefined;
  const { id, ended, properties: identity } = identityOf(object);
  const { geometry, srid, element } = readFlat(object, frame);
  if (!place.types.includes(geometry.type)) {
    throw new RejectedObject(
      'invalid-geometry',
      `${object.local} is drawn as ${place.types.join(' or ')}, not as ${geometry.type}`,
      element,
    );
  }
  const used = new Set<string>();
  const words = Object.fromEntries(
    Object.entries(WORDS).map(([property, locals]): [string, string | null] => {
      const local = locals.find((each) => childText(object, each) !== undefined);
      if (local !== undefined) used.add(local);
      return [property, local === undefined ? null : (childText(object, local) ?? null)];
    }),
  );
  const properties: Record<string, PropertyValue> = {
    ...{ class: name, ...words },
    width_m: widthOf(object, used),
    storeys: integerIn(object, 'liczbaKondygnacji'),
    other: othersOf(object, used),
    ...identity,
  };
  return { srid, ended, feature: { layer: place.layer, id, geometry, properties } };
}

/** In 1.0 the identifier and the life of a version are parts of their own, in 2.0 elements of the object. */
function identityOf(object: XmlElement): {
  readonly id: string;
  readonly ended: boolean;
  readonly properties: Readonly<Record<string, string | null>>;
} {
  const identifier = childOf(object, 'idIIP')?.children[0] ?? object;
  const life = childOf(object, 'x_cyklZycia')?.children[0] ?? object;
  const id = childText(identifier, 'lokalnyId');
  if (id === undefined) throw new RejectedObject('missing-id', 'lokalnyId is not given', object);
  const until = momentIn(life, 'koniecWersjiObiektu');
  return {
    id,
    ended: until !== null,
    properties: {
      iip_namespace: childText(identifier, 'przestrzenNazw') ?? null,
      iip_local_id: id,
      iip_version: childText(identifier, 'wersjaId') ?? childText(identifier, 'wersja') ?? null,
      version_since: momentIn(life, 'poczatekWersjiObiektu'),
      version_until: until,
    },
  };
}

/** In metres, the unit of the schema. @throws RejectedObject `invalid-value` for another unit or what is no number. */
function widthOf(object: XmlElement, used: Set<string>): number | null {
  const local = WIDTHS.find((each) => childText(object, each) !== undefined);
  const element = local === undefined ? undefined : childOf(object, local);
  if (local === undefined || element === undefined) return null;
  used.add(local);
  const written = textOf(element) ?? '';
  const unit = element.attributes['uom']?.trim() ?? 'm';
  if (unit === 'm' && /^\d+(\.\d+)?$/.test(written)) return Number(written);
  throw new RejectedObject(
    'invalid-value',
    `${local}: "${written.slice(0, 20)} ${unit}" is not a width in metres`,
    element,
  );
}

/** What is left, as JSON: names of elements and their texts; several of one name make a list. Null where nothing is. */
function othersOf(object: XmlElement, used: ReadonlySet<string>): string | null {
  const others: Record<string, string | string[]> = {};
  for (const child of object.children) {
    const text = textOf(child);
    if (text === undefined || child.children.length > 0 || TOLD.has(child.local) || used.has(child.local))
      continue;
    const known = others[child.local];
    others[child.local] = known === undefined ? text : [...[known].flat(), text];
  }
  return Object.keys(others).length === 0 ? null : JSON.stringify(others);
}
