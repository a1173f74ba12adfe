/** How each provider that is asked over HTTP is asked; what is read is given out answer by answer. */
import { airlyInstallations, takeAirlyMeasurements } from '../../core/live/adapters/airly.ts';
import { type GiosPost, giosPosts, giosStations, takeGiosValues } from '../../core/live/adapters/gios.ts';
import { takeMapped } from '../../core/live/adapters/mapping.ts';
import type { DeviceFacts, Taken } from '../../core/live/adapters/reading.ts';
import { takeSensorCommunity } from '../../core/live/adapters/sensor-community.ts';
import type { SensorSource } from '../../core/wire/sensor-source.ts';
import type { GetText } from './get-text.ts';

export interface Answer {
  readonly taken: Taken;
  readonly sent: string;
  /** What was said of it is taken care of: the same need not be sent again. */
  accept(): void;
}

/** Asks once. @throws TwinError unavailable, UnreadablePayload */
export type AskProvider = (signal: AbortSignal) => AsyncGenerator<Answer>;

const GIOS = 'https://api.gios.gov.pl/pjp-api/v1/rest';
const AIRLY = 'https://airapi.airly.eu/v2';
const DAY_MS = 86_400_000;

export function providerAsker(source: SensorSource, get: GetText): AskProvider | undefined {
  const { adapter, url, mapping, devices = [] } = source;
  if (adapter === 'gios') return askGios(withoutSlash(url ?? GIOS), devices, get);
  if (adapter === 'airly') return askAirly(withoutSlash(url ?? AIRLY), devices, get);
  if (url === undefined) return undefined;
  return async function* (signal) {
    const answer = await get(url, signal);
    if (answer === undefined) return;
    const taken =
      mapping === undefined
        ? takeSensorCommunity(answer.text)
        : takeMapped(answer.text, mapping, '', new Date());
    yield { taken, sent: answer.text, accept: answer.accept };
  };
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** Facts change seldom: they are asked for once a day. */
function daily<T>(read: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let held: { readonly value: T; readonly until: number } | undefined;
  return async (signal) => {
    if (held === undefined || held.until < Date.now())
      held = { value: await read(signal), until: Date.now() + DAY_MS };
    return held.value;
  };
}

/** Without a validator, so that there always is an answer. */
async function textOf(get: GetText, url: string, signal: AbortSignal): Promise<string> {
  return (await get(url, signal))?.text ?? '';
}

function askGios(root: string, stationIds: readonly string[], get: GetText): AskProvider {
  const facts = daily(async (signal) => {
    const posts: GiosPost[] = [];
    for (const station of stationIds) {
      posts.push(
        ...giosPosts(
          await textOf(get, `${root}/station/sensors/${encodeURIComponent(station)}?size=100`, signal),
        ),
      );
    }
    const wanted = new Set(stationIds);
    const stations: DeviceFacts[] = [];
    for (let page = 0; page < 20 && stations.length < wanted.size; page++) {
      const listed = giosStations(await textOf(get, `${root}/station/findAll?page=${page}&size=500`, signal));
      if (listed.length === 0) break;
      stations.push(...listed.filter(({ id }) => wanted.has(id)));
      if (listed.length < 500) break;
    }
    return { posts, stations };
  });
  return async function* (signal) {
    const { posts, stations } = await facts(signal);
    for (const post of posts) {
      const answer = await get(`${root}/data/getData/${post.id}?size=100`, signal);
      if (answer === undefined) continue;
      const taken = takeGiosValues(answer.text, post);
      const devices = stations.filter(({ id }) => id === post.stationId);
      yield { taken: { ...taken, devices }, sent: answer.text, accept: answer.accept };
    }
  };
}

function askAirly(root: string, ids: readonly string[], get: GetText): AskProvider {
  const facts = daily(async (signal) => {
    const installations: DeviceFacts[] = [];
    for (const id of ids) {
      installations.push(
        ...airlyInstallations(await textOf(get, `${root}/installations/${encodeURIComponent(id)}`, signal)),
      );
    }
    return installations;
  });
  return async function* (signal) {
    const installations = await facts(signal);
    for (const id of ids) {
      const answer = await get(
        `${root}/measurements/installation?installationId=${encodeURIComponent(id)}`,
        signal,
      );
      if (answer === undefined) continue;
      const taken = takeAirlyMeasurements(answer.text, id, new Date());
      const devices = installations.filter((one) => one.id === id);
      yield { taken: { ...taken, devices }, sent: answer.text, accept: answer.accept };
    }
  };
}
