import { TWIN_NAMESPACE } from '../formats/gml.ts';
import type { XmlElement } from '../xml/element.ts';
import { parseWithCommonPrefixes } from './common-prefixes.ts';
import { FES_NAMESPACE } from './fes.ts';

/**
 * The element `fes:Filter` of a parameter. Handwritten requests leave out the declarations that the standard asks for:
 * then the prefixes are those that are common here.
 */
export function fesElement(text: string): XmlElement {
  const declared = /xmlns(:\w+)?=/.test(text)
    ? text
    : text.replace(
        /<((?:\w+:)?)Filter/,
        `<$1Filter xmlns="${FES_NAMESPACE}" xmlns:fes="${FES_NAMESPACE}" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:bl="${TWIN_NAMESPACE}"`,
      );
  return parseWithCommonPrefixes(declared);
}
