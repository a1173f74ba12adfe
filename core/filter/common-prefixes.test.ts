import { expect, it } from 'vitest';
import { childText } from '../xml/element.ts';
import { commonReferences, parseWithCommonPrefixes } from './common-prefixes.ts';

const GML = 'http://www.opengis.net/gml/3.2';

it.each([
  ['g:name', 'gml:name'],
  ['bl:trees/g:name[1]', 'bl:trees/gml:name[1]'],
  ['bl:kind,g:name DESC', 'bl:kind,gml:name DESC'],
  ['@g:id', '@gml:id'],
  ['gml:name', 'name'],
  ['unknown:name', 'unknown:name'],
])('reads %s as %s where g is GML and gml is something else', (written, common) => {
  const namespaces = new Map([
    ['g', GML],
    ['gml', 'urn:other'],
    ['bl', 'urn:bl'],
  ]);
  expect(commonReferences(written, namespaces)).toBe(common);
});

it('takes the namespaces that are in scope at each element, and leaves literals alone', () => {
  const root = parseWithCommonPrefixes(
    `<a xmlns:g="urn:other"><b xmlns:g="${GML}"><ValueReference>g:name</ValueReference><Literal>g:name</Literal></b><c><ValueReference>g:name</ValueReference></c></a>`,
  );
  const [b, c] = root.children;
  expect([childText(b, 'ValueReference'), childText(b, 'Literal'), childText(c, 'ValueReference')]).toEqual([
    'gml:name',
    'g:name',
    'g:name',
  ]);
});
