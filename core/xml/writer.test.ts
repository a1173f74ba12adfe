import { expect, it } from 'vitest';
import { escapeText, markup, raw } from './writer.ts';

it('escapes what could end an element or an attribute', () => {
  expect(escapeText(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
});

it('replaces characters that XML cannot carry, lone surrogates too, and keeps pairs', () => {
  expect(escapeText('a\u0000b\u001fc\ud800d\udc00e\uffff')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffd');
  expect(escapeText('x\ty\nz 😀')).toBe('x\ty\nz 😀');
});

it('escapes values of a template but not markup inside markup', () => {
  const rows = ['<1>', '2'].map((cell) => markup`<td>${cell}</td>`);
  expect(markup`<tr class="${'a"b'}">${rows}${undefined}${raw('<br/>')}${3}</tr>`.text).toBe(
    '<tr class="a&quot;b"><td>&lt;1&gt;</td><td>2</td><br/>3</tr>',
  );
});
