/** Keeps the live state: reads it once, follows the events of the service, and finds its way back after a break. */
import type { ObservationsEvent, SensorsReply, StatusEvent } from '../../core/wire/live.ts';
import { addressOf, getJson } from '../api/city-api.ts';
import { formatNumber, formatTime, unitSymbol } from '../format/number.ts';
import { announce, note } from '../state/announcer.ts';
import { obstructionNews } from '../state/obstruction-news.ts';
import { said, t } from '../text/text.ts';
import { vehiclesTold } from '../transit/vehicle-state.ts';
import { connection, nowMs, selectedSensor, sensors, takeObservations, takeState } from './live-state.ts';

/** The service says something every 15 s; a line that is silent for longer is dead. */
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
const TICK_MS = 5_000;
const REREAD_MS = 1_000;
/** Spoken news of the selected sensor, at most so often. */
const SPEAK_MS = 10_000;

/** Returns a function that stops following. */
export function followLive(): () => void {
  let source: EventSource | undefined;
  let isStopped = false;
  let pauseMs = FIRST_PAUSE_MS;
  let again: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let rereading: ReturnType<typeof setTimeout> | undefined;
  let aheadMs = 0;

  const tick = () => {
    nowMs.value = Date.now() + aheadMs;
  };
  const setClock = (serverNow: string) => {
    aheadMs = Date.parse(serverNow) - Date.now();
    tick();
  };
  const lose = () => {
    if (connection.peek().kind !== 'live') return;
    const sinceMs = Date.now();
    connection.value = { kind: 'lost', sinceMs };
    announce(t('liveLost', { time: formatTime(sinceMs) }));
  };
  const readState = async () => {
    const reply = await getJson<SensorsReply>('api/live/sensors');
    takeState(reply);
    setClock(reply.now);
  };
  const reconnect = () => {
    source?.close();
    source = undefined;
    clearTimeout(silence);
    lose();
    if (isStopped || again !== undefined) return;
    again = setTimeout(() => {
      again = undefined;
      connect();
    }, pauseMs);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  };
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(reconnect, SILENCE_MS);
  };

  const connect = () => {
    const stream = new EventSource(addressOf('events'));
    source = stream;
    let isRead = false;
    heard();
    stream.addEventListener('status', ({ data }: MessageEvent<string>) => {
      heard();
      const status = JSON.parse(data) as StatusEvent;
      setClock(status.now);
      if (!status.live) {
        isRead = false;
        lose();
        return;
      }
      if (isRead) return;
      isRead = true;
      readState().then(() => {
        if (source !== stream || !isRead) return;
        pauseMs = FIRST_PAUSE_MS;
        if (connection.peek().kind === 'lost') note(t('liveBackSpoken'));
        connection.value = { kind: 'live' };
      }, reconnect);
    });
    stream.addEventListener('observations', ({ data }: MessageEvent<string>) => {
      heard();
      const told = JSON.parse(data) as ObservationsEvent;
      const sound = told.observations.flatMap(({ result, flags, ...one }) =>
        typeof result === 'number' && !flags.includes('future') ? [{ ...one, result }] : [],
      );
      tick();
      if (takeObservations(sound)) readState().catch(() => {});
      speak();
    });
    stream.addEventListener('vehicles', () => {
      heard();
      vehiclesTold.value++;
    });
    stream.addEventListener('obstructions', () => {
      heard();
      obstructionNews.value++;
    });
    // Doubts change what values are worth, not the values.
    stream.addEventListener('quality', () => {
      heard();
      rereading ??= setTimeout(() => {
        rereading = undefined;
        readState().catch(() => {});
      }, REREAD_MS);
    });
    stream.addEventListener('reset', () => {
      heard();
      readState().catch(reconnect);
    });
    stream.addEventListener('end', reconnect);
    // A browser gives up for good on an answer such as 503; so we come back ourselves.
    stream.addEventListener('error', reconnect);
  };

  const timer = setInterval(tick, TICK_MS);
  const onHide = () => source?.close();
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) reconnect();
  };
  addEventListener('pagehide', onHide);
  addEventListener('pageshow', onShow);
  connect();
  return () => {
    isStopped = true;
    clearInterval(timer);
    clearTimeout(again);
    clearTimeout(silence);
    clearTimeout(rereading);
    source?.close();
    removeEventListener('pagehide', onHide);
    removeEventListener('pageshow', onShow);
    sensors.value = [];
  };
}

let spokenMs = 0;
let spoken = '';

/** Says the main value of the selected sensor when it has changed. */
function speak(): void {
  const sensor = selectedSensor.peek();
  const [main] = sensor?.datastreams ?? [];
  if (!sensor || !main?.latest || Date.now() - spokenMs < SPEAK_MS) return;
  const unit = main.unit === null ? '' : unitSymbol(said(main.unit));
  const text =
    `${said(sensor.title)}: ${said(main.title)} ${formatNumber(main.latest.result)} ${unit}`.trim();
  if (text === spoken) return;
  spoken = text;
  spokenMs = Date.now();
  announce(text);
}
