/** Precincts and cadastral units: the areas that parcels are numbered in. */
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childText, type XmlElement } from '../../xml/element.ts';
import type { Notebook } from '../notebook.ts';
import { RejectedObject } from '../rejected-object.ts';
import type { RegisterObject } from './parcel.ts';
import { readOutline } from './register-geometry.ts';
import { readIdentity } from './register-values.ts';
import { isPrecinctId, isUnitId, parsePrecinctId } from './teryt-id.ts';

/**
 * EGB_ObrebEwidencyjny of 2021 and 2015. Key: idObrebu, else lokalnyId.
 * @throws RejectedObject or GmlGeometryError when it cannot be taken over.
 */
export function readPrecinct(object: XmlElement, frame: GmlFrame, notes: Notebook): RegisterObject {
  const area = readArea(object, frame, notes, 'idObrebu', isPrecinctId);
  const parts = parsePrecinctId(area.id);
  return asObject('precincts', area, {
    unit_id: parts?.unitId ?? null,
    precinct_number: parts?.number ?? null,
  });
}

/**
 * EGB_JednostkaEwidencyjna of 2021 and 2015. Key: idJednostkiEwid, else lokalnyId.
 * @throws RejectedObject or GmlGeometryError when it cannot be taken over.
 */
export function readCadastralUnit(object: XmlElement, frame: GmlFrame, notes: Notebook): RegisterObject {
  return asObject('cadastral_units', readArea(object, frame, notes, 'idJednostkiEwid', isUnitId), {});
}

type Area = ReturnType<typeof readArea>;

function readArea(
  object: XmlElement,
  frame: GmlFrame,
  notes: Notebook,
  idName: string,
  isOfForm: (id: string) => boolean,
) {
  const identity = readIdentity(object);
  const written = childText(object, idName);
  const isUsable = written !== undefined && isOfForm(written);
  const id = isUsable ? written : identity.localId;
  if (id === undefined) {
    throw new RejectedObject('missing-id', `neither ${idName} nor lokalnyId is given`, object);
  }
  if (!isUsable) {
    notes.add(
      `${idName}-form`,
      `${idName} "${written ?? ''}" is not of the register's form; the object is kept under its IIP lokalnyId`,
    );
  }
  return { id, identity, name: childText(object, 'nazwaWlasna') ?? null, ...readOutline(object, frame) };
}

function asObject(
  layer: string,
  { id, identity, name, geometry, srid }: Area,
  more: Readonly<Record<string, string | null>>,
): RegisterObject {
  const properties = { name, ...more, ...identity.properties };
  return { srid, ended: identity.ended, feature: { layer, id, geometry, properties } };
}
