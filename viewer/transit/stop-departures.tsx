import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DeparturesReply } from '../../core/wire/transit.ts';
import { getJson } from '../api/city-api.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { select } from '../state/twin-state.ts';
import { VEHICLES } from '../state/vehicles-name.ts';
import { t } from '../text/text.ts';
import { CallTime } from './vehicle-card.tsx';
import { LineBadge } from './vehicle-words.tsx';

const ASK_AGAIN_MS = 15_000;
const SHOWN = 8;

/** The next departures of a stop; each says whether it is live or by the timetable alone. */
export function StopDepartures({ stopId }: { stopId: string }) {
  const state = useSignal<Load<DeparturesReply>>(LOADING);
  useEffect(() => {
    const leaving = new AbortController();
    const address = `api/live/stops/${encodeURIComponent(stopId)}/departures?limit=${SHOWN}`;
    const read = () =>
      loadInto(
        state,
        () => getJson<DeparturesReply>(address, leaving.signal, ''),
        () => !leaving.signal.aborted,
      );
    state.value = LOADING;
    void read();
    const timer = setInterval(read, ASK_AGAIN_MS);
    return () => {
      leaving.abort();
      clearInterval(timer);
    };
  }, [stopId]);
  return (
    <section class="transit-departures scroll" aria-label={t('transitDepartures')}>
      <h3 class="transit-subtitle">{t('transitDepartures')}</h3>
      <Content state={state.value} />
    </section>
  );
}

function Content({ state }: { state: Load<DeparturesReply> }) {
  if (state.kind === 'loading') {
    return <div class="skeleton card-skeleton" role="status" aria-label={t('transitLoading')} />;
  }
  if (state.kind === 'failed')
    return <p role="alert">{t('transitDeparturesFailed', { reason: state.reason })}</p>;
  const { departures, now } = state.value;
  if (departures.length === 0) return <p class="quiet">{t('transitNoDepartures')}</p>;
  return (
    <ol class="transit-calls">
      {departures.map((departure) => (
        <Departure
          key={`${departure.tripId} ${departure.plannedAt}`}
          departure={departure}
          nowMs={Date.parse(now)}
        />
      ))}
    </ol>
  );
}

/** Sooner than this, departures are told in minutes. */
const SOON_MIN = 20;

function Departure({
  departure: { line, kind, headsign, plannedAt, expectedAt, cancelled, vehicle },
  nowMs,
}: {
  departure: DeparturesReply['departures'][number];
  nowMs: number;
}) {
  const min = Math.max(0, Math.floor((Date.parse(expectedAt ?? plannedAt) - nowMs) / 60_000));
  const content = (
    <>
      <LineBadge line={line} kind={kind} />
      <span class="transit-headsign">{headsign}</span>
      {cancelled ? (
        <span class="chip warning">{t('transitCancelled')}</span>
      ) : (
        <span class={`chip ${expectedAt === null ? '' : 'success'}`}>
          {t(expectedAt === null ? 'transitPlanned' : 'transitLive')}
        </span>
      )}
      <span class="transit-when">
        {!cancelled && min < SOON_MIN ? (
          <strong>{min === 0 ? t('transitNow') : t('transitInMinutes', { min })}</strong>
        ) : (
          <CallTime plannedAt={plannedAt} expectedAt={expectedAt} />
        )}
      </span>
    </>
  );
  return (
    <li>
      {vehicle === null ? (
        <span class="transit-departure">{content}</span>
      ) : (
        <button
          type="button"
          class="transit-departure"
          onClick={() => select({ layer: VEHICLES, id: vehicle })}
        >
          {content}
        </button>
      )}
    </li>
  );
}
