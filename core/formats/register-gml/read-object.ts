/** What readers of GESUT and BDOT500 share: codes of the schema, and an object under its lokalnyId. */
import type { PropertyValue } from '../../feature/feature.ts';
import { childText, type XmlElement } from '../../xml/element.ts';
import type { RegisterObject } from '../egib/parcel.ts';
import { readIdentity } from '../egib/register-values.ts';
import { RejectedObject } from '../rejected-object.ts';

/** Words of the twin and the codes that a schema has for them. */
export type Codes = Readonly<Record<string, string>>;

/**
 * The word of the twin for the code of an element; null without the element.
 * @throws RejectedObject `invalid-value` for what is none of the codes
 */
export function coded(object: XmlElement, local: string, codes: Codes): string | null {
  const code = childText(object, local);
  if (code === undefined) return null;
  const word = Object.entries(codes).find(([, written]) => written === code)?.[0];
  if (word === undefined) {
    throw new RejectedObject(
      'invalid-value',
      `${local}: "${code.slice(0, 20)}" is none of ${Object.values(codes).join(', ')}`,
      object,
    );
  }
  return word;
}

/** @throws RejectedObject `missing-id` without a lokalnyId */
export function asRegisterObject(
  object: XmlElement,
  layer: string,
  { geometry, srid }: Pick<RegisterObject, 'srid'> & Pick<RegisterObject['feature'], 'geometry'>,
  properties: Readonly<Record<string, PropertyValue>>,
): RegisterObject {
  const { localId, ended, properties: identity } = readIdentity(object);
  if (localId === undefined) throw new RejectedObject('missing-id', 'lokalnyId is not given', object);
  return {
    srid,
    ended,
    feature: { layer, id: localId, geometry, properties: { ...properties, ...identity } },
  };
}
