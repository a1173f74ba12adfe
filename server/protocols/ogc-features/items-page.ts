import type { Feature } from '../../../core/feature/feature.ts';
import type { Language, Layer, PropertyDeclaration } from '../../../core/feature/layer.ts';
import { shownValue } from '../../../core/feature/shown-value.ts';
import { type Markup, markup } from '../../../core/xml/writer.ts';
import { href, hrefWith } from '../../http/links.ts';
import { pageFoot, pageHead } from '../../http/ogc-page.ts';
import type { View } from '../../http/ogc-view.ts';
import type { Ask } from '../../http/protocol.ts';
import type { ItemsRequest } from './items-request.ts';
import { itemPath } from './layer-path.ts';
import type { ItemsPage, PageSummary } from './paging.ts';
import { WORDS } from './words.ts';

const ROWS_AT_ONCE = 100;
/** Texts longer than this are broken into lines; identifiers and dates stay whole. */
const LONG_TEXT = 60;
const NUMBER = markup` class="number"`;
const LONG = markup` class="long"`;

/** Whether its values are numbers and no codes that stand for words. */
const isNumeric = ({ type, codelist }: PropertyDeclaration): boolean =>
  (type === 'integer' || type === 'number') && codelist === undefined;

/** The objects of a page as a table, streamed. */
export async function* itemsPage(
  layer: Layer,
  page: ItemsPage,
  request: ItemsRequest,
  ask: Ask,
  view: View,
): AsyncGenerator<string> {
  const { language } = view;
  const way = [{ title: WORDS.collections[language], path: '/ogc/collections' }];
  const wanted = request.query.properties;
  const columns = layer.properties.filter(({ name }) => wanted?.includes(name) ?? true);
  yield markup`${pageHead({ title: layer.title[language], way }, ask, view)}<div class="scroll" tabindex="0" role="region" aria-label="${layer.title[language]}"><table class="objects"><thead><tr><th>${WORDS.identifier[language]}</th>${columns.map(
    (column) =>
      markup`<th${isNumeric(column) ? NUMBER : ''}>${column.label[language]}${column.unit ? ` [${column.unit}]` : ''}</th>`,
  )}</tr></thead><tbody>`.text;
  let rows: Markup[] = [];
  for await (const feature of page.features) {
    rows.push(itemRow(feature, columns, request, ask, language));
    if (rows.length >= ROWS_AT_ONCE) {
      yield markup`${rows}`.text;
      rows = [];
    }
  }
  const summary = await page.summary();
  yield markup`${rows}</tbody></table></div>${pagesLine(summary, view, ask)}${pageFoot(ask, view)}`.text;
}

function itemRow(
  feature: Feature,
  columns: readonly PropertyDeclaration[],
  request: ItemsRequest,
  ask: Ask,
  language: Language,
): Markup {
  const crs = ask.query.get('crs') === null ? undefined : request.crs.text;
  const address = href(ask.publicUrl, itemPath(feature.layer, feature.id), {
    f: 'html',
    lang: language,
    crs,
  });
  return markup`<tr><td><a href="${address}">${feature.id}</a></td>${columns.map((column) => {
    const value = feature.properties[column.name] ?? null;
    const shown = shownValue(column, value, language);
    const kind = isNumeric(column) ? NUMBER : shown.length > LONG_TEXT ? LONG : '';
    return markup`<td${kind}>${shown}</td>`;
  })}</tr>\n`;
}

function pagesLine(summary: PageSummary, { language }: View, ask: Ask): Markup {
  if (summary.numberReturned === 0) return markup`<p class="note">${WORDS.none[language]}</p>`;
  const matched =
    summary.numberMatched === undefined ? '' : ` ${WORDS.of[language]} ${summary.numberMatched}`;
  const link = (address: string | undefined, word: string, rel: string) =>
    address && markup`<a rel="${rel}" href="${address}">${word}</a>`;
  const [next, previous] = [summary.next, summary.previous].map((address) => address && withHtml(address));
  return markup`<div class="pages"><span>${WORDS.shown[language]} ${summary.numberReturned}${matched}</span>
${link(previous, WORDS.previous[language], 'prev')} ${link(next, WORDS.next[language], 'next')}</div>`;

  function withHtml(address: string): string {
    const url = new URL(address);
    return hrefWith(
      { publicUrl: ask.publicUrl, path: ask.path, query: url.searchParams },
      { f: 'html', lang: language },
    );
  }
}
