/** `/feeds/obstructions.*`: what is published and not over, for readers of news, calendars and maps. */
import type { Text } from '../../../core/feature/layer.ts';
import { atomFeed } from '../../../core/obstruction/feeds/atom.ts';
import type { Feed } from '../../../core/obstruction/feeds/feed.ts';
import { geojsonFeed } from '../../../core/obstruction/feeds/geojson.ts';
import { icalendarFeed } from '../../../core/obstruction/feeds/icalendar.ts';
import { rssFeed } from '../../../core/obstruction/feeds/rss.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import { etagOf, matchesEtag } from '../../http/etag.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { queryOf } from './requests.ts';

const FORMS = {
  rss: { type: 'application/rss+xml; charset=utf-8', write: rssFeed },
  atom: { type: 'application/atom+xml; charset=utf-8', write: atomFeed },
  geojson: { type: 'application/geo+json', write: geojsonFeed },
  ics: { type: 'text/calendar; charset=utf-8', write: icalendarFeed },
} as const;

const MOST_ENTRIES = 1_000;

export function obstructionFeeds({ obstructions }: Services, cityName: Text): Protocol {
  const route = (ending: keyof typeof FORMS): Route => {
    const path = `/feeds/obstructions.${ending}`;
    return {
      method: 'GET',
      path,
      handle: async (ask) => {
        const language = chooseLanguage(ask);
        const { from = new Date().toISOString(), ...query } = queryOf(ask);
        // Feeds are for everybody: not even a signed-in reader finds more in them.
        const found = await obstructions.list({ ...query, from, limit: MOST_ENTRIES }, ANONYMOUS);
        const asked = ask.query.size === 0 ? '' : `?${ask.query}`;
        return feedReply(ask, ending, {
          serviceUrl: ask.publicUrl,
          selfUrl: `${ask.publicUrl}${path}${asked}`,
          language,
          cityName: cityName[language],
          obstructions: found.obstructions,
        });
      },
    };
  };
  return {
    name: 'feeds',
    prefix: '/feeds',
    routes: [route('rss'), route('atom'), route('geojson'), route('ics')],
    explain: explainAsProblem,
  };
}

/** Readers come again and again: what has not changed is not sent again. */
function feedReply({ headers }: Ask, ending: keyof typeof FORMS, feed: Feed): Reply {
  const { type, write } = FORMS[ending];
  const body = write(feed);
  const etag = etagOf(body);
  const common = { etag, 'cache-control': 'public, max-age=60', vary: 'accept-language' };
  if (matchesEtag(headers['if-none-match'], etag)) return { status: 304, headers: common };
  return { status: 200, headers: { ...common, 'content-type': type }, body };
}
