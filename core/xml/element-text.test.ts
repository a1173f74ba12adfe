import { expect, it } from 'vitest';
import type { XmlElement } from './element.ts';
import { elementText } from './element-text.ts';
import { parseXml } from './reader.ts';

/** Lines are those of the text, which is another one. */
const withoutLines = ({ line: _line, children, ...rest }: XmlElement): object => ({
  ...rest,
  children: children.map(withoutLines),
});

it.each([
  '<a/>',
  '<a b="1 &amp; &quot;2&quot;">&lt;x&gt; żółć</a>',
  '<p:a xmlns:p="urn:p"><b xmlns="">t</b><p:c xmlns:q="urn:q" q:id="7" id="8"/></p:a>',
  '<f:Filter xmlns:f="urn:f" xmlns:g="urn:g"><f:Not><g:Point g:id="x" srsName="EPSG:2177"><g:pos>1 2</g:pos></g:Point></f:Not></f:Filter>',
  `<a>${'<b>'.repeat(50)}x${'</b>'.repeat(50)}</a>`,
])('%s reads back as the same tree', (text) => {
  const element = parseXml(text);
  expect(withoutLines(parseXml(elementText(element)))).toEqual(withoutLines(element));
});
