import { formatAge } from '../format/age.ts';
import { nowMs } from '../live/live-state.ts';
import { t, tn } from '../text/text.ts';
import { vehiclesRead } from './dashboard-state.ts';
import { Read } from './reading.tsx';

/** Later than this is told as late. */
const LATE_S = 180;

/** How many vehicles are seen, how many of them are late, and which operator's feed is silent. */
export function VehiclesNow() {
  return (
    <Read of={vehiclesRead.value}>
      {({ vehicles, sources }) => {
        const live = vehicles.filter(({ status }) => status === 'live');
        const late = live.filter(({ delayS }) => delayS !== null && delayS >= LATE_S);
        const doubtful = vehicles.filter(({ status }) => status === 'suspect');
        return (
          <>
            {sources.length === 0 && vehicles.length === 0 && <p class="quiet">{t('dashboardNoTransit')}</p>}
            {vehicles.length > 0 && (
              <p>
                <strong>{tn('dashboardVehicles', live.length, { n: live.length })}</strong>,{' '}
                {tn('dashboardLate', late.length, { n: late.length, min: LATE_S / 60 })}
                {doubtful.length > 0 &&
                  `, ${tn('dashboardDoubtful', doubtful.length, { n: doubtful.length })}`}
              </p>
            )}
            <ul class="plain-list">
              {sources.map(({ provider, okAt, problem }) => (
                <li key={provider} class={problem === null ? '' : 'warning'}>
                  {provider}:{' '}
                  {problem ??
                    (okAt === null ? t('dashboardNever') : formatAge(nowMs.value - Date.parse(okAt)))}
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Read>
  );
}
