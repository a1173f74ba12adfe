import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childText, type XmlElement } from '../../xml/element.ts';
import { RejectedObject } from '../rejected-object.ts';
import type { RegisterObject } from './parcel.ts';
import { readPlace } from './register-geometry.ts';
import { readIdentity } from './register-values.ts';

/**
 * EGB_AdresNieruchomosci of 2021 and EGB_Adres of 2015. Key: lokalnyId. The number of a flat is not read: it
 * would tell of persons. `parcel_id` and `building_id` stay null, since the address does not name them.
 * @throws RejectedObject or GmlGeometryError when it cannot be taken over.
 */
export function readAddress(object: XmlElement, frame: GmlFrame): RegisterObject {
  const identity = readIdentity(object);
  if (identity.localId === undefined) {
    throw new RejectedObject('missing-id', 'lokalnyId is not given', object);
  }
  // 2021 names first, then those of 2015.
  const value = (...names: readonly string[]): string | null =>
    names.map((name) => childText(object, name)).find((text) => text !== undefined) ?? null;
  const { geometry, srid } = readPlace(object, frame);
  return {
    srid,
    ended: identity.ended,
    feature: {
      layer: 'addresses',
      id: identity.localId,
      geometry,
      properties: {
        town: value('nazwaMiejscowosci', 'miejscowosc'),
        street: value('nazwaUlicy', 'ulica'),
        house_number: value('numerPorzadkowy'),
        town_code: value('idMiejscowosci', 'terytMiejscowosci'),
        street_code: value('idNazwyUlicy', 'terytUlicy'),
        postal_code: value('kodPocztowy'),
        parcel_id: null,
        building_id: null,
        ...identity.properties,
      },
    },
  };
}
