import { invalidParameter } from '../../../core/errors.ts';
import type { Language } from '../../../core/feature/layer.ts';
import type { Kvp } from '../../http/kvp.ts';
import { languageOf, parseWishes } from '../../http/negotiate.ts';
import type { Ask } from '../../http/protocol.ts';

/**
 * `LANGUAGE=pl` or `eng` (INSPIRE view services, 4.2.2), else Accept-Language; Polish when neither says.
 * @throws TwinError invalid-parameter
 */
export function wishedLanguage(kvp: Kvp, ask: Pick<Ask, 'headers'>): Language {
  const asked = kvp.get('language');
  if (asked === undefined)
    return languageOf(parseWishes(ask.headers['accept-language']).map(({ value }) => value));
  if (!/^(pl|en)/i.test(asked)) {
    throw invalidParameter('language', `Language "${asked.slice(0, 20)}" is not spoken here; use pl or en`);
  }
  return languageOf([asked]);
}
