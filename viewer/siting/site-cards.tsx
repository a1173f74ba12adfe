import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import type { Sited, SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { formatQuantity } from '../format/number.ts';
import { CloseButton } from '../frame/close-button.tsx';
import { flyTo } from '../state/twin-state.ts';
import { t, tn } from '../text/text.ts';
import { SiteParcel } from './site-parcel.tsx';
import { changeSite, chosenSite, removeSite, sitingAsk } from './siting-state.ts';
import { minutes, money, people, SITE_KIND_WORDS } from './siting-words.ts';

/** How much of the neighbourhood is shown around a site, m. */
const AROUND_M = 350;

/** Each new site: whom it serves and what stands there. */
export function SiteCards({ told }: { told: SitingPreviewReply }) {
  const { sites, enlarged, closed, costPln } = told;
  const put = sitingAsk.value.sites;
  if (put.length === 0 && enlarged.length === 0) return <p class="what-if-note">{t('sitingEmpty')}</p>;
  return (
    <section class="siting-sites" aria-labelledby="siting-sites-title">
      <h2 id="siting-sites-title" class="panel-subtitle">
        {t('sitingSites')}
      </h2>
      <ol>
        {put.map((_, index) => {
          const site = sites[index];
          return site && <SiteCard key={index} site={site} index={index} />;
        })}
      </ol>
      {closed.length > 0 && <p>{t('sitingClosed', { ids: closed.join(', ') })}</p>}
      {enlarged.map(({ facility, places }) => (
        <p key={facility}>{t('sitingEnlarged', { id: facility, n: places })}</p>
      ))}
      <p class="siting-cost">
        {t('sitingCostAll')} <strong>{money(costPln)}</strong>
      </p>
    </section>
  );
}

/** A candidate by its own id; what was put by hand by its parcel. */
const nameOf = ({ candidate, parcel }: Sited): string =>
  /^\d+$/.test(candidate) ? (parcel ?? t('sitingNoParcel')) : candidate;

function SiteCard({ site, index }: { site: Sited; index: number }) {
  const { place, capacity } = site;
  const isChosen = chosenSite.value === index;
  const choose = () => {
    chosenSite.value = isChosen ? undefined : index;
    if (!isChosen) flyTo([place.e - AROUND_M, place.n - AROUND_M, place.e + AROUND_M, place.n + AROUND_M]);
  };
  const usual = KIND_DECLARATIONS[sitingAsk.value.kind].capacity;
  return (
    <li class={`siting-site ${isChosen ? 'chosen' : ''}`}>
      <button type="button" class="siting-site-head" aria-expanded={isChosen} onClick={choose}>
        <span class="siting-number">{index + 1}</span>
        <span>
          <bdi dir="ltr">
            {site.siteKind === 'parcel' ? (site.parcel ?? t('sitingNoParcel')) : nameOf(site)}
          </bdi>
          {site.siteKind !== 'parcel' && <span class="quiet">{t(SITE_KIND_WORDS[site.siteKind])}</span>}
          <span class="quiet">{tn('sitingGained', Math.round(site.gained), { n: people(site.gained) })}</span>
        </span>
      </button>
      <CloseButton label={t('sitingRemove', { n: index + 1 })} onClick={() => removeSite(index)} />
      <dl class="siting-facts">
        <dt>{t('sitingWithin')}</dt>
        <dd>
          {people(site.served5)} · {people(site.served10)} · {people(site.served15)}
        </dd>
        <dt>{t('sitingHalfWalk')}</dt>
        <dd>{minutes(site.walkMinutesP50)}</dd>
        <dt>{t('sitingCost')}</dt>
        <dd>{money(site.costPln)}</dd>
      </dl>
      {isChosen && (
        <div class="siting-site-more">
          {usual !== undefined && (
            <label class="field">
              {t('sitingPlacesHere')}
              <input
                type="number"
                min={0}
                max={100_000}
                value={capacity ?? usual}
                onChange={({ currentTarget: { valueAsNumber } }) => {
                  if (Number.isFinite(valueAsNumber)) {
                    changeSite(index, {
                      capacity: Math.min(100_000, Math.max(0, Math.round(valueAsNumber))),
                    });
                  }
                }}
              />
            </label>
          )}
          {site.offStreetM > 50 && (
            <p class="what-if-note warning">
              {t('sitingOffStreet', { m: formatQuantity(site.offStreetM, 'm', 0) })}
            </p>
          )}
          {site.areaM2 !== null && (
            <p class="quiet">{t('sitingParcelArea', { area: formatQuantity(site.areaM2, 'm2', 0) })}</p>
          )}
          <p class="quiet">{t('sitingIsochrones')}</p>
          {site.parcel && <SiteParcel id={site.parcel} />}
        </div>
      )}
    </li>
  );
}
