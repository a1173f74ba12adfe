import { VALUE_STATUSES, type ValueStatus } from '../../core/live/value-status.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { formatCount, formatDate } from '../format/number.ts';
import { sensors } from '../live/live-state.ts';
import { said, t, tn, type Word } from '../text/text.ts';
import { layersRead } from './dashboard-state.ts';
import { Read } from './reading.tsx';

const STATUS_WORDS: Readonly<Record<ValueStatus, Word>> = {
  ok: 'dashboardOk',
  suspect: 'dashboardSuspect',
  stale: 'dashboardStale',
  outage: 'dashboardOutage',
  estimated: 'dashboardEstimated',
  forecast: 'dashboardForecast',
  none: 'dashboardNone',
};

/** How far the data can be trusted: what sensors are silent or in doubt, and how old each register is. */
export function DataState() {
  return (
    <>
      <SensorHealth />
      <Read of={layersRead.value}>{({ layers }) => <Registers layers={layers} />}</Read>
    </>
  );
}

function SensorHealth() {
  const streams = sensors.value.flatMap(({ datastreams }) => datastreams);
  if (streams.length === 0) return <p class="quiet">{t('liveEmpty')}</p>;
  return (
    <ul class="health" aria-label={t('dashboardSensorHealth')}>
      {VALUE_STATUSES.map((status) => {
        const count = streams.filter((stream) => stream.status === status).length;
        return (
          <li key={status} class={`${status} ${count === 0 ? 'zero' : ''}`}>
            <strong>{count}</strong> {t(STATUS_WORDS[status])}
          </li>
        );
      })}
    </ul>
  );
}

function Registers({ layers }: { layers: readonly WireLayer[] }) {
  const ofCity = layers.filter(({ dataset }) => dataset === 'city');
  const stale = ofCity.filter(({ status }) => status.stale).length;
  // Those that nobody should rely on come first.
  const sorted = ofCity.toSorted(
    (a, b) =>
      Number(b.status.stale) - Number(a.status.stale) || (b.status.ageDays ?? 0) - (a.status.ageDays ?? 0),
  );
  return (
    <>
      <p>
        {tn('dashboardRegisters', ofCity.length, { n: ofCity.length })},{' '}
        {tn('dashboardStaleRegisters', stale, { n: stale })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={t('dashboardRegistersTable')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('dashboardRegister')}</th>
              <th scope="col" class="number">
                {t('dashboardObjects')}
              </th>
              <th scope="col">{t('dashboardLoaded')}</th>
              <th scope="col" class="number">
                {t('dashboardAge')}
              </th>
              <th scope="col" class="number">
                {t('dashboardLimit')}
              </th>
              <th scope="col">{t('dashboardSource')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ name, title, status, freshnessDays }) => (
              <tr key={name} class={status.stale ? 'stale' : ''}>
                <th scope="row">
                  {said(title)} {status.stale && <span class="chip warning">{t('dashboardStale')}</span>}
                </th>
                <td class="number">{formatCount(status.count)}</td>
                <td>{(status.loadedAt && formatDate(status.loadedAt)) ?? t('dashboardNever')}</td>
                <td class="number">{status.ageDays ?? '–'}</td>
                <td class="number">{freshnessDays}</td>
                <td>{status.source ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
