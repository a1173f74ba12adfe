/** The catalogue for reading: the same facts as in the documents, in tables. */
import { dayWords, numberWords } from '../../../core/documents/value-words.ts';
import type { Language } from '../../../core/feature/layer.ts';
import { type Markup, type MarkupValue, markup } from '../../../core/xml/writer.ts';
import { href } from '../../http/links.ts';
import { factTable, pageReply } from '../../http/ogc-page.ts';
import type { View } from '../../http/ogc-view.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { CatalogueRecord } from '../../services/metadata.ts';
import { CATALOGUE_PATH, CATALOGUE_TITLE, DESCRIPTION, QUERYABLES_PATH } from './part.ts';
import { type RecordFrame, recordDocument } from './record-document.ts';
import { MEMBERS_LAYER } from './record-members.ts';
import { WORDS } from './words.ts';

const toCatalogue = (language: Language) => [{ title: CATALOGUE_TITLE[language], path: CATALOGUE_PATH }];

/** The catalogue itself: what it holds, and a box to search it. */
export function cataloguePage(ask: Ask, view: View): Reply {
  const { language } = view;
  const address = (path: string) => href(ask.publicUrl, path, { f: 'html', lang: language });
  const content = markup`<p>${DESCRIPTION[language]}</p>${searchForm(ask, view)}
<p><a href="${address(`${CATALOGUE_PATH}/items`)}">${WORDS.records[language]}</a> · <a href="${address(QUERYABLES_PATH)}">${WORDS.queryables[language]}</a> · <a href="${href(ask.publicUrl, '/csw', { service: 'CSW', request: 'GetCapabilities' })}">CSW 2.0.2</a> · <a href="${href(ask.publicUrl, '/dcat')}">DCAT-AP</a></p>`;
  return pageReply({ title: CATALOGUE_TITLE[language], way: [] }, content, ask, view);
}

export interface FoundRecords {
  readonly found: readonly CatalogueRecord[];
  readonly matched: number;
  /** Addresses of the pages before and after; undefined where there is none. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** The records that a search found. */
export function recordsPage({ found, matched, previous, next }: FoundRecords, ask: Ask, view: View): Reply {
  const { language } = view;
  const link = (address: string | undefined, word: string, rel: string) =>
    address && markup`<a rel="${rel}" href="${address}">${word}</a>`;
  const heads = [WORDS.dataset, WORDS.description, WORDS.steward, WORDS.updated];
  const list =
    found.length === 0
      ? markup`<p class="note">${WORDS.none[language]}</p>`
      : markup`<div class="scroll"><table><thead><tr>${heads.map((head) => markup`<th>${head[language]}</th>`)}</tr></thead><tbody>${found.map(
          (each) => recordRow(each, ask, language),
        )}</tbody></table></div>
<div class="pages"><span>${WORDS.shown[language]} ${found.length} ${WORDS.of[language]} ${matched}</span>
${link(previous, WORDS.previous[language], 'prev')} ${link(next, WORDS.next[language], 'next')}</div>`;
  return pageReply(
    { title: WORDS.records[language], way: toCatalogue(language) },
    markup`${searchForm(ask, view)}${list}`,
    ask,
    view,
  );
}

/** One record: who answers for the data, how good and how fresh they are, where they come from and where they are. */
export function recordPage(one: CatalogueRecord, frame: RecordFrame, ask: Ask, view: View): Reply {
  const { language } = view;
  const { id, properties, links } = recordDocument(one, frame);
  const { upkeep, extent } = one.record;
  const figure = (told: Figure) =>
    told.value === undefined
      ? WORDS.notAssessed[language]
      : `${numberWords(told.value, language)} ${told.unit}`;
  const facts = factTable([
    [WORDS.identifier[language], markup`<code>${id}</code>`],
    [WORDS.steward[language], lines(properties.contacts.map(({ organization }) => organization))],
    [WORDS.licence[language], properties.license],
    [WORDS.register[language], upkeep?.synthetic ? WORDS.synthetic[language] : undefined],
    [WORDS.access[language], upkeep && WORDS[upkeep.isOpen ? 'open' : 'restricted'][language]],
    [WORDS.lineage[language], properties.lineage],
    [WORDS.updated[language], one.record.date && dayWords(one.record.date.getTime(), language)],
    [WORDS.age[language], upkeep && ageWords(upkeep, language)],
    [WORDS.objects[language], upkeep && numberWords(upkeep.objects, language)],
    [WORDS.difference[language], differenceWords(properties.previousVersion, language)],
    [WORDS.completeness[language], figure(properties.completeness)],
    [WORDS.attributeCompleteness[language], figure(properties.attributeCompleteness)],
    [WORDS.positionalAccuracy[language], figure(properties.positionalAccuracy)],
    [WORDS.extent[language], extent?.map((degrees) => numberWords(degrees, language, 5)).join(' · ')],
    [WORDS.keywords[language], properties.keywords.join(', ')],
    [WORDS.formats[language], properties.formats.map(({ name }) => name).join(', ')],
    [WORDS.orders[language], properties.orders],
    [WORDS.uses[language], properties.uses && numberWords(properties.uses.requests, language)],
  ]);
  const ways = links
    .filter(({ rel, type }) => rel !== 'self' && rel !== 'collection' && type !== 'text/html')
    .map((way) => markup`<li><a href="${way.href}">${way.title}</a></li>`);
  const content = markup`<p>${properties.description}</p>${facts}<h2>${WORDS.ways[language]}</h2><ul>${ways}</ul>`;
  const way = [...toCatalogue(language), { title: WORDS.records[language], path: `${CATALOGUE_PATH}/items` }];
  return pageReply({ title: properties.title, way }, content, ask, view);
}

/** What records are filtered and sorted by. */
export function queryablesPage(ask: Ask, view: View): Reply {
  const { language } = view;
  const rows = MEMBERS_LAYER.properties.map(
    ({ name, label, type }) =>
      markup`<tr><td><code>${name}</code></td><td>${label[language]}</td><td>${type}</td></tr>`,
  );
  const heads = [WORDS.property, WORDS.meaning, WORDS.type];
  const content = markup`<div class="scroll"><table><thead><tr>${heads.map((head) => markup`<th>${head[language]}</th>`)}</tr></thead>
<tbody><tr><td><code>id</code></td><td>${WORDS.identifier[language]}</td><td>text</td></tr>${rows}</tbody></table></div>`;
  return pageReply({ title: WORDS.queryables[language], way: toCatalogue(language) }, content, ask, view);
}

interface Figure {
  readonly value?: number;
  readonly unit?: string;
}

function searchForm(ask: Ask, { language }: View): Markup {
  return markup`<form role="search" action="${href(ask.publicUrl, `${CATALOGUE_PATH}/items`)}"><input type="hidden" name="f" value="html"><input type="hidden" name="lang" value="${language}">
<input type="search" name="q" value="${ask.query.get('q')}" aria-label="${WORDS.searchLabel[language]}" placeholder="${WORDS.searchLabel[language]}"> <button>${WORDS.search[language]}</button></form>`;
}

function recordRow({ record }: CatalogueRecord, ask: Ask, language: Language): Markup {
  const { id, title, abstract, stewards, date, upkeep } = record;
  const address = href(ask.publicUrl, `${CATALOGUE_PATH}/items/${encodeURIComponent(id)}`, {
    ...{ f: 'html', lang: language },
  });
  const day = date ? dayWords(date.getTime(), language) : upkeep && WORDS.never[language];
  const stale = upkeep?.isStale && date ? markup`<br><strong>${WORDS.stale[language]}</strong>` : undefined;
  return markup`<tr><td><a href="${address}">${title[language]}</a><br><code>${id}</code></td><td>${abstract[language]}</td>
<td>${lines(stewards.map((steward) => steward[language]))}</td><td>${day}${stale}</td></tr>`;
}

const lines = (texts: readonly string[]): MarkupValue =>
  texts.map((text, n) => (n === 0 ? text : markup`<br>${text}`));

function ageWords(
  { ageDays, everyDays, isStale }: NonNullable<CatalogueRecord['record']['upkeep']>,
  language: Language,
): MarkupValue {
  const days = WORDS.days[language];
  const due = markup`${WORDS.due[language]} ${everyDays} ${days}`;
  const age = ageDays === null ? WORDS.never[language] : `${ageDays} ${days}`;
  return markup`${age} (${due})${isStale && markup` <strong>${WORDS.stale[language]}</strong>`}`;
}

const differenceWords = (
  previous: { readonly objects: number; readonly difference: number } | undefined,
  language: Language,
): string | undefined =>
  previous &&
  `${previous.difference > 0 ? '+' : ''}${numberWords(previous.difference, language)} (${numberWords(previous.objects, language)} → ${numberWords(previous.objects + previous.difference, language)})`;
