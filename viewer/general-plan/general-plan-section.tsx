import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { AccessStandardsResult } from '../../core/analysis/plan/access-standards.ts';
import type { InfillResult } from '../../core/analysis/plan/infill.ts';
import type { ZoneBalanceResult } from '../../core/analysis/plan/zone-balance.ts';
import { formatCount, formatLength, formatNumber, formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { saveFile } from '../state/save-file.ts';
import { select } from '../state/twin-state.ts';
import { StudyProgress } from '../sun/study-progress.tsx';
import { said, t, type Word } from '../text/text.ts';
import { accessStandards, followPlanCity, infill, type PlanStudy, zoneBalance } from './plan-study.ts';

/** Balance of zones, building-infill areas and access standards of the general plan. */
export function GeneralPlanSection() {
  useEffect(() => followPlanCity(), []);
  return (
    <details class="plan-tools">
      <summary>{t('planTools')}</summary>
      <Tool study={zoneBalance} title="planBalance" hint="planBalanceHint">
        {(result) => <Balance result={result} />}
      </Tool>
      <Tool study={accessStandards} title="planAccess" hint="planAccessHint">
        {(result) => <Access result={result} />}
      </Tool>
      <Tool study={infill} title="planInfill" hint="planInfillHint">
        {(result) => <Infill result={result} />}
      </Tool>
    </details>
  );
}

function Tool<T>({
  study,
  title,
  hint,
  children,
}: {
  study: PlanStudy<T>;
  title: Word;
  hint: Word;
  children: (result: T) => ComponentChildren;
}) {
  const state = study.state.value;
  const id = `plan-${study.model}`;
  return (
    <section class="plan-tool" aria-labelledby={id}>
      <h3 id={id}>{t(title)}</h3>
      <p class="quiet">{t(hint)}</p>
      {state.kind === 'busy' ? (
        <StudyProgress label={t('planBusy')} percent={state.percent} onStop={() => study.stop()} />
      ) : (
        state.kind !== 'ready' && (
          <button
            type="button"
            class="button"
            aria-describedby={id}
            onClick={() => {
              void study.ask();
            }}
          >
            <Icon name="play" />
            {t('planCount')}
          </button>
        )
      )}
      {state.kind === 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('planFailed', { reason: state.reason })}
        </p>
      )}
      {state.kind === 'ready' && children(state.value)}
    </section>
  );
}

const hectares = (m2: number): string => formatNumber(m2 / 10_000, m2 < 100_000 ? 2 : 1);

function Balance({ result }: { result: ZoneBalanceResult }) {
  const { zones, actM2, openM2, doubleM2, notAdmittedM2, matrix } = result;
  if (zones.length === 0) return <p>{t('planNone')}</p>;
  return (
    <>
      <table class="plan-table">
        <caption>{t('planAct', { act: result.act ?? '–', area: hectares(actM2) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('planZone')}</th>
            <th scope="col">{t('planHa')}</th>
            <th scope="col">%</th>
            <th scope="col">{t('planBuilt')}</th>
            <th scope="col">{t('planMostBuilt')}</th>
          </tr>
        </thead>
        <tbody>
          {zones.map(({ zone, areaM2, share, builtM2, mostBuiltM2, ...names }) => (
            <tr key={zone}>
              <th scope="row" title={said(names)}>
                <b>{zone}</b> {said(names)}
              </th>
              <td>{hectares(areaM2)}</td>
              <td>{formatNumber(share * 100, 1)}</td>
              <td>{hectares(builtM2)}</td>
              <td>{mostBuiltM2 === null ? '–' : hectares(mostBuiltM2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {t('planOpenDouble', {
          open: formatQuantity(openM2, 'm2', 0),
          double: formatQuantity(doubleM2, 'm2', 0),
        })}
      </p>
      <p>{t('planNotAdmitted', { area: hectares(notAdmittedM2) })}</p>
      {notAdmittedM2 >= SMALLEST_M2 && (
        <ul class="plan-list">
          {matrix
            .filter(({ admitted, areaM2 }) => admitted === 'no' && areaM2 >= SMALLEST_M2)
            .toSorted((a, b) => b.areaM2 - a.areaM2)
            .slice(0, MOST_LISTED)
            .map(({ zone, use, areaM2 }) => (
              <li key={`${zone} ${use}`}>{t('planUseInZone', { use, zone, area: hectares(areaM2) })}</li>
            ))}
        </ul>
      )}
    </>
  );
}

const MOST_LISTED = 8;
/** Half of the last figure that is shown, and what borders drawn twice come to. */
const SMALLEST_M2 = 50;

function Access({ result }: { result: AccessStandardsResult }) {
  const { standards, school, greenAreas, greenArea, homes, offStreet, byDistrict, missing } = result;
  const rows = [
    school && {
      name: t('planSchool', { within: formatLength(standards.maxSchoolM ?? 0) }),
      ...school,
    },
    greenAreas && {
      name: t('planGreenAreas', {
        within: formatLength(standards.maxGreenAreasM ?? 0),
        least: formatNumber(standards.minGreenAreasHa ?? 0, 1),
      }),
      ...greenAreas,
    },
    greenArea && {
      name: t('planGreenArea', {
        within: formatLength(standards.maxGreenAreaM ?? 0),
        least: formatNumber(standards.minGreenAreaHa ?? 0, 1),
      }),
      ...greenArea,
    },
  ].filter((row) => row !== null);
  if (rows.length === 0) return <p>{t('planNoStandards')}</p>;
  return (
    <>
      <table class="plan-table">
        <caption>{t('planHomes', { n: formatCount(homes), off: formatCount(offStreet) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('planStandard')}</th>
            <th scope="col">{t('planMet')}</th>
            <th scope="col">{t('planMissed')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, met, missed }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatCount(met)}</td>
              <td>{formatCount(missed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table class="plan-table">
        <caption>{t('planMissedByDistrict')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('planDistrict')}</th>
            <th scope="col">{t('planHouses')}</th>
            {school && <th scope="col">{t('planSchoolShort')}</th>}
            {greenAreas && <th scope="col">{t('planGreenAreasShort')}</th>}
            {greenArea && <th scope="col">{t('planGreenAreaShort')}</th>}
          </tr>
        </thead>
        <tbody>
          {byDistrict.map((each) => (
            <tr key={each.district ?? ''}>
              <th scope="row">{each.district ?? '–'}</th>
              <td>{formatCount(each.homes)}</td>
              {school && <td>{formatCount(each.schoolMissed)}</td>}
              {greenAreas && <td>{formatCount(each.greenAreasMissed)}</td>}
              {greenArea && <td>{formatCount(each.greenAreaMissed)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {missing.length > 0 && (
        <>
          <p>{t('planFarthest')}</p>
          <ul class="plan-list">
            {missing.slice(0, MOST_LISTED).map(({ building, schoolM, greenHa, greenAreaM }) => (
              <li key={building}>
                <button
                  type="button"
                  class="text-button"
                  onClick={() => {
                    select({ layer: 'buildings', id: building });
                    flyToSelected();
                  }}
                >
                  <bdi dir="ltr">{building}</bdi>
                </button>{' '}
                <span class="quiet">
                  {t('planHomeMisses', {
                    school: schoolM === null ? '> 6 km' : formatLength(schoolM),
                    green: formatNumber(greenHa, 1),
                    large: greenAreaM === null ? '> 6 km' : formatLength(greenAreaM),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Infill({ result }: { result: InfillResult }) {
  const { buildings, pbM2, puM2, ppM2, areas } = result;
  return (
    <>
      <table class="plan-table">
        <caption>
          {t('planGroups', {
            n: formatCount(buildings.inGroups),
            of: formatCount(buildings.counted),
            areas: formatCount(areas.length),
          })}
        </caption>
        <tbody>
          {(
            [
              ['planPb', pbM2],
              ['planPu', puM2],
              ['planPp', ppM2],
            ] as const
          ).map(([word, m2]) => (
            <tr key={word}>
              <th scope="row">{t(word)}</th>
              <td>{hectares(m2)} ha</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <button type="button" class="button" onClick={() => saveFile(geoJsonOf(result), 'ouz.geojson')}>
          <Icon name="download" />
          GeoJSON
        </button>
      </p>
    </>
  );
}

function geoJsonOf({ areas }: InfillResult): Blob {
  const features = areas.map(({ geometry, ...properties }) => ({ type: 'Feature', geometry, properties }));
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2177' } };
  const text = JSON.stringify({ type: 'FeatureCollection', crs, features });
  return new Blob([text], { type: 'application/geo+json' });
}
