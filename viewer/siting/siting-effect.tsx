import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { formatLength, formatNumber } from '../format/number.ts';
import { theme } from '../state/theme.ts';
import { t, tn, type Word } from '../text/text.ts';
import { AcceptSection } from './accept-section.tsx';
import { DistrictTable } from './district-table.tsx';
import { Forecast } from './forecast.tsx';
import { withinMin } from './painted-siting.ts';
import { Proof } from './proof.tsx';
import { SiteCards } from './site-cards.tsx';
import { SitingExport } from './siting-export.tsx';
import {
  classesOf,
  SITING_MAPS,
  type SitingClass,
  type SitingMap,
  STANDING,
  sitingMap,
  squareSideM,
} from './siting-ink.ts';
import { sitingAsk } from './siting-state.ts';
import { minutes, PEOPLE_WORDS, people, signed } from './siting-words.ts';
import { WalkHistogram } from './walk-histogram.tsx';

/** What the sites mean: for all, on the map, by site, by walk and by district. */
export function SitingEffect({ told }: { told: SitingPreviewReply }) {
  return (
    <>
      <Summary told={told} />
      <MapChoice told={told} />
      <SiteCards told={told} />
      <AcceptSection />
      <Proof />
      <Forecast told={told} />
      <WalkHistogram histogram={told.histogram} />
      <DistrictTable districts={told.byDistrict} />
      <SitingExport told={told} />
    </>
  );
}

function Summary({ told }: { told: SitingPreviewReply }) {
  const { before, after, demand, existing, sites, closed } = told;
  const changes = sites.length > 0 || closed.length > 0;
  const whom = t(PEOPLE_WORDS[sitingAsk.value.kind]);
  const share = demand.people > 0 ? (after.served / demand.people) * 100 : 0;
  const rows: readonly (readonly [Word, number | null, number | null, boolean])[] = [
    ['sitingRowServed', before.served, after.served, false],
    ['sitingRowUnserved', before.unserved, after.unserved, false],
    ['sitingRowNoPlace', before.leftWithoutPlace, after.leftWithoutPlace, false],
    ['sitingRowDesert', before.inDesert, after.inDesert, false],
    ['sitingRowWalk', before.walkMinutesMean, after.walkMinutesMean, true],
    ['sitingRowWalk95', before.walkMinutesP95, after.walkMinutesP95, true],
  ];
  return (
    <section class="siting-summary" aria-labelledby="siting-summary-title">
      <h2 id="siting-summary-title" class="panel-subtitle">
        {t(changes ? 'sitingWithNew' : 'sitingToday')}
      </h2>
      <p class="siting-headline" role="status">
        <strong>{formatNumber(share, 0)} %</strong>{' '}
        {t('sitingHeadline', { whom, n: people(demand.people), minutes: formatNumber(withinMin.value) })}
      </p>
      <table class="siting-table">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t('sitingMeasure')}</span>
            </th>
            <th scope="col">{t('sitingBefore')}</th>
            {changes && <th scope="col">{t('sitingAfter')}</th>}
            {changes && <th scope="col">{t('sitingDifference')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(([word, was, is, isTime]) =>
            was === null && is === null ? null : (
              <tr key={word}>
                <th scope="row">{t(word, { n: formatNumber(withinMin.value) })}</th>
                <td>{isTime ? minutes(was) : people(was ?? 0)}</td>
                {changes && <td>{isTime ? minutes(is) : people(is ?? 0)}</td>}
                {changes && <td>{isTime ? minutesDifference(was, is) : signed((is ?? 0) - (was ?? 0))}</td>}
              </tr>
            ),
          )}
        </tbody>
      </table>
      <p class="quiet">
        {tn('sitingExistingNow', existing.facilities, { n: existing.facilities })}
        {existing.places > 0 && `, ${tn('placesForPeople', existing.places, { n: existing.places })}`}
        {existing.withoutCapacity > 0 && `, ${t('sitingWithoutCapacity', { n: existing.withoutCapacity })}`}.{' '}
        {existing.waiting !== null && `${t('sitingWaiting', { n: people(existing.waiting) })} `}
        {existing.toOpen > 0 &&
          `${tn('sitingToOpen', existing.toOpen, { n: existing.toOpen, places: existing.toOpenPlaces })} `}
        {t(demand.from === 'cells' ? 'sitingFromCells' : 'sitingFromBuildings', { n: demand.points })}
        {demand.planned > 0 && ` ${t('sitingPlanned', { n: people(demand.planned) })}`}
        {demand.offNetwork > 0 &&
          ` ${t('sitingOffNetwork', { n: demand.offNetwork, people: people(demand.offNetworkPeople) })}`}
        {demand.farthestOffM > LONG_OFF_M &&
          ` ${t('sitingFarthestOff', { m: formatLength(demand.farthestOffM) })}`}
      </p>
      {demand.cutOffPeople >= 0.5 && (
        <p class="what-if-note warning">{t('sitingCutOff', { people: people(demand.cutOffPeople) })}</p>
      )}
    </section>
  );
}

/** A way to the street that is longer than this is told. */
const LONG_OFF_M = 50;

const minutesDifference = (was: number | null, is: number | null): string => {
  if (was === null || is === null) return '–';
  const difference = Math.round((is - was) * 10) / 10;
  return `${difference > 0 ? '+' : ''}${formatNumber(difference, 1)}`;
};

const MAP_WORDS: Readonly<Record<SitingMap, Word>> = {
  reach: 'sitingMapReach',
  walk: 'sitingMapWalk',
  people: 'sitingMapPeople',
};

function MapChoice({ told }: { told: SitingPreviewReply }) {
  const shown = sitingMap.value;
  return (
    <section class="siting-map" aria-label={t('sitingMap')}>
      <fieldset class="segmented" aria-label={t('sitingMap')}>
        {SITING_MAPS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={shown === each}
            onClick={() => {
              sitingMap.value = each;
            }}
          >
            {t(MAP_WORDS[each])}
          </button>
        ))}
      </fieldset>
      <ul class="siting-legend">
        {[...classesOf(shown, told.points, squareSideM(told.demand.from)), STANDING].map((each, index) => (
          <li key={index}>
            <Sign of={each} />
            {t(each.word, each.values)}
          </li>
        ))}
      </ul>
      {shown !== 'people' && <p class="quiet">{t('sitingCircles')}</p>}
    </section>
  );
}

function Sign({ of: { ink, shape } }: { of: SitingClass }) {
  const colour = ink[theme.value];
  return (
    <svg class="siting-sign" viewBox="0 0 16 16" aria-hidden="true">
      {shape === 'square' ? (
        <rect x="1" y="1" width="14" height="14" fill={colour} />
      ) : (
        <circle
          cx="8"
          cy="8"
          r="5.5"
          fill={colour}
          fill-opacity={shape === 'ring' ? 0.12 : shape === 'disk' ? 0.7 : 1}
          stroke={shape === 'bold' ? 'var(--ink)' : colour}
          stroke-width={shape === 'disk' ? 0 : 2}
        />
      )}
      {shape === 'cross' && <path d="M3 3 13 13M13 3 3 13" stroke="var(--ink)" stroke-width="2" />}
    </svg>
  );
}
