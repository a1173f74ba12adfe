/** The frame of the pages below `/ogc`: a heading, the way back, the other language and the JSON face. Works without scripts. */
import type { Text } from '../../core/feature/layer.ts';
import { type Markup, type MarkupValue, markup } from '../../core/xml/writer.ts';
import { href, hrefWith } from './links.ts';
import { HTML_TYPE, type View, viewHeaders } from './ogc-view.ts';
import type { Ask, Reply } from './protocol.ts';

/** What the way back to `/ogc` is called. */
export const HOME = { pl: 'Początek', en: 'Home' } as const satisfies Text;
const FRAME_WORDS = {
  asJson: { pl: 'Ten sam dokument jako JSON', en: 'The same document as JSON' },
  otherLanguage: { pl: 'English', en: 'Polski' },
} as const satisfies Record<string, Text>;

export interface Crumb {
  readonly title: string;
  readonly path: string;
}

export interface PageFrame {
  readonly title: string;
  /** From the landing page down, without it and without this page; undefined on the landing page itself. */
  readonly way?: readonly Crumb[];
}

/** Everything before the content. */
export function pageHead(frame: PageFrame, ask: Ask, view: View): Markup {
  const { language } = view;
  const address = (path: string) => href(ask.publicUrl, path, { f: 'html', lang: language });
  const crumbs = frame.way && [{ title: HOME[language], path: '/ogc' }, ...frame.way];
  return markup`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${frame.title}</title><link rel="icon" href="${ask.publicUrl}/icon.svg"><link rel="stylesheet" href="${ask.publicUrl}/ogc/style.css"></head><body>
${
  crumbs &&
  markup`<nav>${crumbs.map((crumb) => markup`<a href="${address(crumb.path)}">${crumb.title}</a>`)}<span>${frame.title}</span></nav>
`
}<main><h1>${frame.title}</h1>
`;
}

/** Everything after the content. */
export function pageFoot(ask: Ask, view: View): Markup {
  const { language } = view;
  const other = language === 'pl' ? 'en' : 'pl';
  return markup`
</main><footer><a href="${hrefWith(ask, { f: 'json' })}">${FRAME_WORDS.asJson[language]}</a>
<a href="${hrefWith(ask, { f: 'html', lang: other })}" hreflang="${other}">${FRAME_WORDS.otherLanguage[language]}</a></footer></body></html>
`;
}

export function pageReply(frame: PageFrame, content: MarkupValue, ask: Ask, view: View): Reply {
  return {
    status: 200,
    headers: { ...viewHeaders(view), 'content-type': HTML_TYPE },
    body: markup`${pageHead(frame, ask, view)}${content}${pageFoot(ask, view)}`.text,
  };
}

/** A list of names with values; rows without a value are left out. */
export function factTable(rows: readonly (readonly [string, MarkupValue])[]): Markup {
  const shown = rows.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return markup`<div class="scroll"><table>${shown.map(
    ([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )}</table></div>`;
}
