import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { VehicleReply, WireVehicle } from '../../core/wire/transit.ts';
import { getJson } from '../api/city-api.ts';
import { formatAge } from '../format/age.ts';
import { formatQuantity, formatTime } from '../format/number.ts';
import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { connection, nowMs } from '../live/live-state.ts';
import { flyTo, select, selection } from '../state/twin-state.ts';
import { VEHICLES } from '../state/vehicles-name.ts';
import { t, type Word } from '../text/text.ts';
import { vehicleBox } from './vehicle-box.ts';
import { isStale, reply, selectedVehicle } from './vehicle-state.ts';
import { DelayChip, KIND_WORD, LineBadge } from './vehicle-words.tsx';

/** The selected vehicle: where it goes, how late it is, how old its position is, and where it stops next. */
export function VehicleCard() {
  if (selection.value?.layer !== VEHICLES) return null;
  const vehicle = selectedVehicle.value;
  return (
    <section class="card" aria-label={t('transitVehicle')}>
      <header class="card-head">
        <span class="card-layer live-card-kind">
          {t(vehicle ? KIND_WORD[vehicle.kind] : 'transitVehicle')}
        </span>
        <CloseButton byEscape onClick={() => select(undefined)} />
      </header>
      {vehicle ? (
        <Opened key={vehicle.id} vehicle={vehicle} />
      ) : (
        <p class="card-body">{t(connection.value.kind === 'live' ? 'transitVehicleGone' : 'liveWaiting')}</p>
      )}
    </section>
  );
}

const DOUBT: Readonly<Record<NonNullable<WireVehicle['doubt']>, Word>> = {
  future: 'transitDoubtFuture',
  old: 'transitDoubtOld',
  outside: 'transitDoubtOutside',
  jump: 'transitDoubtJump',
};

function Opened({ vehicle }: { vehicle: WireVehicle }) {
  const { id, line, kind, headsign, at, delayS, speedKmH, doubt } = vehicle;
  const stops = useSignal<VehicleReply['nextStops']>([]);
  useEffect(() => {
    const leaving = new AbortController();
    getJson<VehicleReply>(`api/live/vehicles/${encodeURIComponent(id)}`, leaving.signal, '').then(
      ({ nextStops }) => {
        stops.value = nextStops;
      },
      // What was known of the stops stays; the age of the position tells the rest.
      () => {},
    );
    return () => leaving.abort();
  }, [id, at]);
  return (
    <>
      <h2 class="card-id transit-title">
        <LineBadge line={line} kind={kind} />
        {headsign !== null && <span>{t('transitTowards', { headsign })}</span>}
      </h2>
      <div class="card-body scroll">
        <p class="transit-facts">
          <DelayChip delayS={delayS} />
          {speedKmH !== null && (
            <span>
              {t('transitSpeed')}: {formatQuantity(Math.round(speedKmH), 'km/h')}
            </span>
          )}
        </p>
        <p class="transit-facts">
          <span>
            {t('transitPosition')}: <time dateTime={at}>{formatAge(nowMs.value - Date.parse(at))}</time>
          </span>
          {doubt !== null && <span class="chip warning">{t(DOUBT[doubt])}</span>}
          {doubt === null && isStale(vehicle, nowMs.value) && (
            <span class="chip warning">{t('transitStale')}</span>
          )}
        </p>
        {stops.value.length > 0 && (
          <>
            <h3 class="transit-subtitle">{t('transitNextStops')}</h3>
            <ol class="transit-calls">
              {stops.value.map((call) => (
                <li key={`${call.stopId} ${call.plannedAt}`}>
                  <button
                    type="button"
                    class="transit-call"
                    onClick={() => select({ layer: 'stops', id: call.stopId })}
                  >
                    <span class="live-name">{call.name}</span>
                    <CallTime plannedAt={call.plannedAt} expectedAt={call.expectedAt} />
                  </button>
                </li>
              ))}
            </ol>
          </>
        )}
        {reply.value?.synthetic && (
          <p class="card-origin quiet">
            <span class="chip warning">{t('synthetic')}</span>
          </p>
        )}
      </div>
      <footer class="card-actions">
        <button type="button" class="button primary" onClick={() => flyTo(vehicleBox(vehicle))}>
          <Icon name="focus" />
          {t('zoomTo')}
        </button>
      </footer>
    </>
  );
}

interface CallTimeProps {
  readonly plannedAt: string;
  readonly expectedAt: string | null;
}

/** When it comes: what is foretold, with the planned time struck out where they differ by a minute. */
export function CallTime({ plannedAt, expectedAt }: CallTimeProps) {
  const planned = formatTime(Date.parse(plannedAt));
  const expected = expectedAt === null ? planned : formatTime(Date.parse(expectedAt));
  return (
    <span class="transit-time">
      {expected !== planned && <del>{planned}</del>}
      <time dateTime={expectedAt ?? plannedAt}>{expected}</time>
    </span>
  );
}
