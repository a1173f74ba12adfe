/** What the client would like to read: format and language. */
import { invalidParameter, TwinError } from '../../core/errors.ts';
import type { Language } from '../../core/feature/layer.ts';
import type { Ask } from './protocol.ts';

interface Wish {
  readonly value: string;
  readonly q: number;
}

/** Values of an Accept-like header, best first, without those that are refused. */
export const parseWishes = (header: string | undefined): readonly Wish[] =>
  parseWeights(header).filter(({ q }) => q > 0);

/** Values of an Accept-like header, best first; `q` is 0 for what is refused. */
export function parseWeights(header: string | undefined): readonly Wish[] {
  if (!header) return [];
  return header
    .slice(0, 2000)
    .split(',')
    .map((item) => {
      const [value = '', ...params] = item.split(';').map((part) => part.trim());
      const weight = params.find((param) => param.startsWith('q='))?.slice(2);
      const q = weight === undefined ? 1 : Number(weight);
      return { value: value.toLowerCase(), q: Number.isFinite(q) ? q : 0 };
    })
    .filter(({ value }) => value !== '')
    .toSorted((a, b) => b.q - a.q);
}

/** Short name (value of `f`) to media types; the first is what is sent when nothing is wished. */
export type Offers<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/**
 * The format: parameter `f` wins over the Accept header.
 * @throws TwinError invalid-parameter for an unknown `f`, not-acceptable when Accept admits none.
 */
export function chooseFormat<Name extends string>(
  ask: Pick<Ask, 'query' | 'headers'>,
  offers: Offers<Name>,
): Name {
  const names = Object.keys(offers) as Name[];
  const asked = ask.query.get('f');
  if (asked) {
    const found = names.find((name) => name === asked.toLowerCase() || offers[name].includes(asked));
    if (!found) {
      throw invalidParameter(
        'f',
        `Format "${asked.slice(0, 100)}" is not offered; use ${names.join(' or ')}`,
      );
    }
    return found;
  }
  const wishes = parseWishes(ask.headers['accept']);
  const [standard] = names;
  if (standard === undefined) throw new Error('no format is offered');
  if (wishes.length === 0) return standard;
  for (const wish of wishes) {
    const found = names.find((name) => offers[name].some((type) => accepts(wish.value, type)));
    if (found) return found;
  }
  throw new TwinError('not-acceptable', `Only ${names.join(' and ')} are offered here`, {
    parameter: 'Accept',
  });
}

function accepts(wish: string, type: string): boolean {
  const bare = type.split(';')[0] ?? type;
  return wish === '*/*' || wish === bare || (wish.endsWith('/*') && bare.startsWith(wish.slice(0, -1)));
}

/**
 * Polish unless English is preferred: parameter `lang`, else Accept-Language.
 * @throws TwinError invalid-parameter for a `lang` that is neither.
 */
export function chooseLanguage(ask: Pick<Ask, 'query' | 'headers'>, parameter = 'lang'): Language {
  const asked = ask.query.get(parameter);
  if (asked) {
    const language = spokenLanguage(asked);
    if (!language) {
      throw invalidParameter(parameter, `Language "${asked.slice(0, 20)}" is not spoken here; use pl or en`);
    }
    return language;
  }
  return languageOf(parseWishes(ask.headers['accept-language']).map((wish) => wish.value));
}

/** The first of the tags that is spoken; Polish when none is. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    const language = tag.trim() === '*' ? 'pl' : spokenLanguage(tag);
    if (language) return language;
  }
  return 'pl';
}

/** `pl`, `pl-PL` and `pol` are Polish; `en…` and `eng` English. */
function spokenLanguage(tag: string): Language | undefined {
  const [code] = tag.trim().toLowerCase().split(/[-_]/);
  if (code === 'pl' || code === 'pol') return 'pl';
  return code === 'en' || code === 'eng' ? 'en' : undefined;
}
