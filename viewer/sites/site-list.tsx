import type { Site, SiteMeasuresReply } from '../../core/wire/sites.ts';
import { formatNumber, formatQuantity } from '../format/number.ts';
import { lastOf } from '../state/load.ts';
import { flyTo, select, selection } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
import { found, MOST_LISTED } from './sites-state.ts';

/** How much of the neighbourhood is shown around a site, m. */
const AROUND_M = 60;

/** The best sites with what speaks for them; a click goes there. */
export function SiteList({ known }: { known: SiteMeasuresReply | undefined }) {
  const reply = lastOf(found.value);
  if (!reply || !known) return null;
  if (reply.sites.length === 0) return <p class="quiet">{t('sitesNone')}</p>;
  return (
    <>
      <h2>{t('sitesBest', { n: Math.min(MOST_LISTED, reply.matched) })}</h2>
      <ol class="sites-list">
        {reply.sites.map((site) => (
          <li key={site.id}>
            <Row site={site} known={known} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Row({ site, known }: { site: Site; known: SiteMeasuresReply }) {
  const { id, rank, score, bbox, zone, measures, reasons } = site;
  const isChosen = selection.value?.layer === 'parcels' && selection.value.id === id;
  const [minE, minN, maxE, maxN] = bbox;
  return (
    <button
      type="button"
      class="sites-row"
      aria-pressed={isChosen}
      onClick={() => {
        select({ layer: 'parcels', id });
        flyTo([minE - AROUND_M, minN - AROUND_M, maxE + AROUND_M, maxN + AROUND_M]);
      }}
    >
      <span class="sites-rank">{rank}</span>
      <span class="sites-name">
        <bdi dir="ltr">{id}</bdi>
        <span class="quiet">
          {[zone, measures.areaM2 == null ? undefined : formatQuantity(measures.areaM2, 'm2', 0)]
            .filter((word) => word != null)
            .join(' · ')}
        </span>
        {reasons.map(({ measure, value, part }) => {
          const words = known.measures.find(({ name }) => name === measure);
          return (
            <span key={measure} class="sites-reason">
              {words ? said(words.title) : measure}:{' '}
              {value === null
                ? t('sitesNoData')
                : formatQuantity(value, words?.unit === '1' ? '' : (words?.unit ?? ''), 1)}
              <span class="sites-part" style={{ '--part': part }} aria-hidden="true" />
            </span>
          );
        })}
      </span>
      {reasons.length > 0 && <span class="sites-score">{formatNumber(score * 100, 0)}</span>}
    </button>
  );
}
