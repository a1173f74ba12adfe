import { formatAge } from '../format/age.ts';
import { nowMs } from '../live/live-state.ts';
import { flyTo, select, selection } from '../state/twin-state.ts';
import { VEHICLES } from '../state/vehicles-name.ts';
import { said, t, tn } from '../text/text.ts';
import { vehicleBox } from './vehicle-box.ts';
import { reply, vehicles, vehiclesShown, vehiclesWanted } from './vehicle-state.ts';
import { DelayChip, LineBadge } from './vehicle-words.tsx';

/** Public transport in the live panel: how many are on their way, messages to passengers, and how the feeds do. */
export function TransitSection() {
  const told = reply.value;
  if (told === undefined || (told.vehicles.length === 0 && told.sources.length === 0)) return null;
  const shown = vehicles.value;
  const suspect = told.vehicles.filter(({ status }) => status === 'suspect').length;
  return (
    <section class="live-kind transit-section">
      <div class="transit-head">
        <h2 class="panel-subtitle">{t('transitTitle')}</h2>
        <label class="live-shown">
          <input
            type="checkbox"
            checked={vehiclesWanted.value}
            onChange={(event) => {
              vehiclesWanted.value = event.currentTarget.checked;
            }}
          />
          {t('liveShowOnMap')}
        </label>
      </div>
      {told.sources
        .filter(({ problem }) => problem !== null)
        .map(({ provider, problem, okAt }) => (
          <p key={provider} class="transit-note warning">
            {provider}: {problem}
            {okAt !== null &&
              ` · ${t('transitSourceSince', { age: formatAge(nowMs.value - Date.parse(okAt)) })}`}
          </p>
        ))}
      {told.alerts.map(({ id, header, description }) => (
        <details key={id} class="transit-note">
          <summary>{said(header)}</summary>
          <p>{said(description)}</p>
        </details>
      ))}
      {vehiclesShown.value && (
        <>
          <p class="transit-note quiet">
            {shown.length === 0 ? t('transitNone') : tn('transitCount', shown.length, { n: shown.length })}
            {suspect > 0 && ` · ${tn('transitSuspect', suspect, { n: suspect })}`}
          </p>
          {shown.length > 0 && (
            <details class="transit-list">
              <summary>{t('transitList')}</summary>
              <ul>
                {shown.toSorted(byLine).map((vehicle) => (
                  <li key={vehicle.id}>
                    <button
                      type="button"
                      class="transit-departure"
                      aria-pressed={selection.value?.layer === VEHICLES && selection.value.id === vehicle.id}
                      onClick={() => {
                        select({ layer: VEHICLES, id: vehicle.id });
                        flyTo(vehicleBox(vehicle));
                      }}
                    >
                      <LineBadge line={vehicle.line} kind={vehicle.kind} />
                      <span class="transit-headsign">{vehicle.headsign}</span>
                      <DelayChip delayS={vehicle.delayS} />
                    </button>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </section>
  );
}

const byLine = (a: { line: string | null; id: string }, b: { line: string | null; id: string }): number =>
  (a.line ?? '').localeCompare(b.line ?? '', 'en', { numeric: true }) || a.id.localeCompare(b.id);
