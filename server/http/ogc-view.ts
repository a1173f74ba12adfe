/** What every resource below `/ogc` shares: its two faces, its language, and the strictness about parameters. */
import { invalidParameter } from '../../core/errors.ts';
import type { Language } from '../../core/feature/layer.ts';
import { jsonReply } from './json.ts';
import type { Link } from './links.ts';
import { hrefWith } from './links.ts';
import { chooseFormat, chooseLanguage } from './negotiate.ts';
import type { Ask, Reply } from './protocol.ts';

export type Face = 'json' | 'html';

export const GEOJSON_TYPE = 'application/geo+json';
export const HTML_TYPE = 'text/html; charset=utf-8';

const COMMON_PARAMETERS = ['f', 'lang'];

export interface View {
  readonly face: Face;
  readonly language: Language;
}

/**
 * Face and language of a reply.
 * @param known names of the parameters that the resource has beside `f` and `lang`
 * @throws TwinError invalid-parameter for any other parameter (/req/core/query-param-unknown) or one given twice
 */
export function readView(
  ask: Ask,
  jsonTypes: readonly string[] = ['application/json'],
  known: readonly string[] = [],
): View {
  const allowed = [...known, ...COMMON_PARAMETERS];
  for (const name of new Set(ask.query.keys())) {
    if (!allowed.includes(name)) {
      throw invalidParameter(
        name.slice(0, 100),
        `Parameter "${name.slice(0, 100)}" is not known here; known: ${allowed.join(', ')}`,
      );
    }
    if (ask.query.getAll(name).length > 1) throw invalidParameter(name, `Parameter ${name} is given twice`);
  }
  const offers = {
    json: [...jsonTypes, 'application/json', 'json'],
    html: ['text/html', 'application/xhtml+xml'],
  };
  return { face: chooseFormat(ask, offers), language: chooseLanguage(ask) };
}

/** Headers that say what was chosen and by what. */
export function viewHeaders(view: View): Readonly<Record<string, string>> {
  return { 'content-language': view.language, vary: 'Accept, Accept-Language' };
}

export function json(view: View, document: unknown, contentType = 'application/json'): Reply {
  return jsonReply(document, viewHeaders(view), contentType);
}

/** Links to this resource and to its other face. */
export function ownLinks(ask: Ask, view: View, jsonType = 'application/json'): readonly Link[] {
  const types = { json: jsonType, html: 'text/html' } as const;
  const other = view.face === 'json' ? 'html' : 'json';
  return [
    { href: hrefWith(ask, { f: view.face }), rel: 'self', type: types[view.face] },
    { href: hrefWith(ask, { f: other }), rel: 'alternate', type: types[other] },
  ];
}
