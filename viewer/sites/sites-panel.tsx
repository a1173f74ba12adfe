import { useEffect } from 'preact/hooks';
import { SITE_MEASURES, type SiteMeasure, type SiteMeasuresReply } from '../../core/wire/sites.ts';
import { addressOf } from '../api/city-api.ts';
import { CapacitySection } from '../capacity/capacity-section.tsx';
import { capacityParcel } from '../capacity/capacity-state.ts';
import { formatCount } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { GeneralPlanSection } from '../general-plan/general-plan-section.tsx';
import { lastOf } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { said, t, tn } from '../text/text.ts';
import { ConditionField } from './condition-field.tsx';
import { SiteList } from './site-list.tsx';
import { parametersOf } from './sites-query.ts';
import { askSites, followSites, found, measures, question } from './sites-state.ts';
import { Without } from './without.tsx';

/** Files hold as many as the service tells at once. */
const MOST_IN_FILE = 1000;

/** The work space of sites: conditions with live counts, the ranked list, and what fits on the chosen parcel. */
export function SitesPanel() {
  useEffect(() => followSites(), []);
  const known = lastOf(measures.value);
  // One task at a time: closing it leads back to the list.
  if (capacityParcel.value !== undefined) {
    return (
      <div class="what-if sites">
        <CapacitySection />
      </div>
    );
  }
  return (
    <div class="what-if sites">
      <CapacitySection />
      <p class="quiet">{t('sitesIntro')}</p>
      {measures.value.kind === 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('sitesFailed', { reason: measures.value.reason })}
        </p>
      )}
      {known ? <Conditions known={known} /> : measures.value.kind === 'loading' && <Waiting />}
      <Count />
      <SiteList known={known} />
      <GeneralPlanSection />
    </div>
  );
}

function Waiting() {
  return (
    <p class="quiet" role="status">
      {t('sitesMeasuring')}
    </p>
  );
}

function Conditions({ known }: { known: SiteMeasuresReply }) {
  const asked = question.value;
  const chosen = SITE_MEASURES.filter((name) => asked.where[name] !== undefined);
  const others = known.measures.filter(({ name }) => !chosen.includes(name));
  const toggle = <T extends string>(list: readonly T[], name: T): readonly T[] =>
    list.includes(name) ? list.filter((each) => each !== name) : [...list, name];
  return (
    <>
      {chosen.map((name) => {
        const measure = known.measures.find((each) => each.name === name);
        return measure && <ConditionField key={name} measure={measure} />;
      })}
      {others.length > 0 && (
        <label class="field">
          {t('sitesAdd')}
          <select
            value=""
            onChange={(event) => {
              const name = event.currentTarget.value as SiteMeasure;
              event.currentTarget.value = '';
              askSites({ ...asked, where: { ...asked.where, [name]: {} } });
            }}
          >
            <option value="">{t('sitesChoose')}</option>
            {others.map(({ name, title, known: count }) => (
              <option key={name} value={name} disabled={count === 0}>
                {said(title)}
                {count === 0 ? ` – ${t('sitesNoData')}` : ''}
              </option>
            ))}
          </select>
        </label>
      )}
      <fieldset class="sites-choices">
        <legend>{t('sitesExclude')}</legend>
        {known.exclusions.map(({ name, title }) => (
          <label key={name} class="check-field">
            <input
              type="checkbox"
              checked={asked.exclude.includes(name)}
              onChange={() => askSites({ ...asked, exclude: toggle(asked.exclude, name) })}
            />
            <span>
              {said(title)} <Without name={name} />
            </span>
          </label>
        ))}
      </fieldset>
      <details class="sites-zones">
        <summary>
          {t('sitesZones')}
          {asked.zones.length > 0 ? `: ${asked.zones.join(', ')}` : ''} <Without name="zones" />
        </summary>
        <fieldset class="sites-choices">
          <legend class="visually-hidden">{t('sitesZones')}</legend>
          {known.zones.map(({ kind, title, parcels }) => (
            <label key={kind} class="check-field">
              <input
                type="checkbox"
                checked={asked.zones.includes(kind)}
                onChange={() => askSites({ ...asked, zones: toggle(asked.zones, kind) })}
              />
              <span>
                <b>{kind}</b> {said(title)} <span class="quiet">{formatCount(parcels)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </details>
    </>
  );
}

function Count() {
  const told = found.value;
  if (told.kind === 'failed') {
    return (
      <p class="what-if-note warning" role="alert">
        {t('sitesFailed', { reason: told.reason })}
      </p>
    );
  }
  const reply = lastOf(told);
  if (!reply) return null;
  const { matched, unknown, basis } = reply;
  const file = (format: string) => {
    const parameters = parametersOf(question.value);
    parameters.set('limit', String(MOST_IN_FILE));
    parameters.set('f', format);
    return addressOf(`api/sites?${parameters}`);
  };
  // Files are of the city that is shown.
  void cityPrefix.value;
  return (
    <div class="sites-count" aria-busy={told.kind === 'loading'}>
      <p role="status">
        <strong>{tn('sitesFound', matched, { n: formatCount(matched) })}</strong>{' '}
        <span class="quiet">{t('sitesOf', { n: formatCount(basis.parcels) })}</span>
      </p>
      {unknown > 0 && <p class="what-if-note">{tn('sitesUnknown', unknown, { n: formatCount(unknown) })}</p>}
      {matched > 0 && (
        <p class="sites-files">
          {(['csv', 'geojson'] as const).map((format) => (
            <a key={format} class="button" href={file(format)} download={`sites.${format}`}>
              <Icon name="download" />
              {format === 'csv' ? 'CSV' : 'GeoJSON'}
            </a>
          ))}
        </p>
      )}
    </div>
  );
}
