import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { type DemoSize, generateDemoCity } from '../../core/demo-city/generate.ts';
import { demoSensors } from '../../core/demo-city/sensors.ts';
import { type SimulatedFault, simulatedDay } from '../../core/demo-city/simulated-day.ts';
import { TwinError, unavailable } from '../../core/errors.ts';
import { storeAccounts } from '../../server/store/accounts.ts';
import { interruptible, reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';
import { simulateVehiclesCommand } from './simulate-vehicles.ts';

interface SimulateFlags {
  readonly url: string;
  readonly token?: string;
  readonly speed: number;
  readonly once?: boolean;
  readonly faults?: number;
  readonly truth?: string;
  readonly json?: boolean;
}

/** `simulate sensors`: the demo city's sensors send what they measure, as any sender would. */
export function simulateCommand(): Command {
  const sensors = new Command('sensors')
    .description('send the values of the demo city’s sensors to a running service, until Ctrl-C')
    .option('--url <address>', 'where the service is', process.env['BLIZNIAK_URL'] ?? 'http://127.0.0.1:8080')
    .option('--token <token>', 'of a staff account (default: BLIZNIAK_TOKEN, else one made in the database)')
    .option('--speed <times>', 'how much faster than the day the values change and come', positive, 1)
    .option('--once', 'one value of every sensor, then end')
    .option(
      '--faults <seed>',
      'let things go wrong within a day: frozen, lying, wild, silent sensors, a wrong clock; smog too',
      whole,
    )
    .option('--truth <file>', 'write what goes wrong, and when, into a JSON file (with --faults)')
    .option('--json', 'print the result as one JSON document on standard output')
    .action(async (flags: SimulateFlags) => {
      process.exitCode = await simulate(flags);
    });
  return new Command('simulate')
    .description('make up what a city would send')
    .addCommand(sensors)
    .addCommand(simulateVehiclesCommand());
}

/** A datastream of the service and what the demo city measures there. */
interface Sender {
  readonly address: string;
  readonly intervalMs: number;
  /** What is sent at a moment, with the time that the sensor gives it; undefined = nothing. */
  readonly sentAt: (timeMs: number) => { readonly timeMs: number; readonly value: number } | undefined;
}

async function simulate(flags: SimulateFlags): Promise<number> {
  const { signal, release } = interruptible();
  const sent = { written: 0, failed: 0 };
  let status = 0;
  let failure: string | undefined;
  try {
    const url = flags.url.replace(/\/+$/, '');
    const startMs = Date.now();
    const { senders, faults } = await findSenders(url, startMs, flags.faults, signal);
    if (flags.truth !== undefined) {
      writeFileSync(flags.truth, truthOf(faults, startMs, flags.speed));
    }
    const token = flags.token ?? process.env['BLIZNIAK_TOKEN'] ?? (await makeToken());
    const post = async (sender: Sender, timeMs: number, now: Date) => {
      const said = sender.sentAt(timeMs);
      if (said === undefined) return;
      // A clock that is ahead is ahead by as much, however fast the day goes.
      const phenomenonTime = new Date(now.getTime() + said.timeMs - timeMs);
      const isSent = await postValue(sender.address, phenomenonTime, said.value, token, signal);
      if (isSent) sent.written++;
      else sent.failed++;
    };
    if (flags.once) {
      const now = new Date();
      for (const sender of senders) await post(sender, now.getTime(), now);
    } else {
      process.stderr.write(`Sending to ${url} from ${senders.length} datastreams; Ctrl-C ends\n`);
      await keepSending(senders, startMs, flags.speed, post, signal);
    }
  } catch (error) {
    if (!signal.aborted) {
      status = reportFailure(error);
      failure = error instanceof Error ? error.message : String(error);
    }
  } finally {
    release();
  }
  if (sent.failed > 0) status = 1;
  if (flags.json) {
    const result = {
      command: 'simulate sensors',
      ok: status === 0,
      ...sent,
      ...(failure && { error: failure }),
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else if (failure === undefined) {
    process.stdout.write(`${status === 0 ? '✓' : '✗'} ${sent.written} values sent, ${sent.failed} failed\n`);
  }
  return status;
}

/** The truth in the times of the clock: a day that goes faster has its faults sooner. */
function truthOf(faults: readonly SimulatedFault[], startMs: number, speed: number): string {
  const clock = (ms: number) => new Date(startMs + (ms - startMs) / speed).toISOString();
  const told = faults.map(({ fromMs, toMs, ...fault }) => ({
    ...fault,
    from: clock(fromMs),
    to: clock(toMs),
  }));
  return `${JSON.stringify({ faults: told }, null, 2)}\n`;
}

/** Every datastream sends when its interval, shortened by the speed, has passed; the first at once, spread a little. */
async function keepSending(
  senders: readonly Sender[],
  begunMs: number,
  speed: number,
  post: (sender: Sender, timeMs: number, now: Date) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const due = senders.map((sender, n) => ({ sender, atMs: begunMs + (n * 1000) / Math.max(1, speed) }));
  while (!signal.aborted) {
    const next = due.reduce((a, b) => (b.atMs < a.atMs ? b : a));
    await sleep(Math.max(0, next.atMs - Date.now()), undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const now = new Date();
    // The curves run faster; the times are those of the clock, so that the values are fresh.
    await post(next.sender, begunMs + (now.getTime() - begunMs) * speed, now);
    next.atMs = Math.max(next.atMs + next.sender.intervalMs / speed, Date.now());
  }
}

async function postValue(
  address: string,
  phenomenonTime: Date,
  result: number,
  token: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const reply = await fetch(`${address}/Observations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ phenomenonTime: phenomenonTime.toISOString(), result }),
      signal,
    });
    const text = await reply.text();
    if (reply.ok) return true;
    if (reply.status === 401 || reply.status === 403) throw new TwinError('forbidden', text.trim());
    process.stderr.write(`${address}: ${reply.status} ${text.trim()}\n`);
  } catch (error) {
    if (error instanceof TwinError || signal.aborted) throw error;
    process.stderr.write(`${address}: no connection, going on\n`);
  }
  return false;
}

interface Page<T> {
  readonly value: readonly T[];
  readonly '@iot.nextLink'?: string;
}
interface ThingFound {
  readonly properties: { readonly externalId?: string };
  readonly 'Datastreams@iot.navigationLink': string;
}

/**
 * The sensors of a demo city that the service has, with their curves.
 * @param faults seed of what goes wrong in the day after `startMs`; undefined = nothing does
 */
async function findSenders(
  url: string,
  startMs: number,
  faults: number | undefined,
  signal: AbortSignal,
): Promise<{ readonly senders: readonly Sender[]; readonly faults: readonly SimulatedFault[] }> {
  const things = await readAll<ThingFound>(`${url}/sta/v1.1/Things?$top=1000`, signal);
  const senders: Sender[] = [];
  const cities = new Map<string, ReturnType<typeof simulated>>();
  const simulated = (demo: { readonly size: DemoSize; readonly seed: number }) => {
    const sensors = demoSensors(generateDemoCity(demo));
    return {
      sensors,
      day: faults === undefined ? undefined : simulatedDay(sensors, { seed: faults, startMs }),
    };
  };
  for (const thing of things) {
    const id = thing.properties.externalId ?? '';
    const [, size, seed] = /^demo-(district|city|metropolis)-(\d+)\//.exec(id) ?? [];
    if (size === undefined) continue;
    const key = `${size} ${seed}`;
    const demo = { size: size as DemoSize, seed: Number(seed) };
    const city = cities.get(key) ?? simulated(demo);
    cities.set(key, city);
    const { sensors, day } = city;
    const streams = sensors.find((sensor) => sensor.thing.externalId === id)?.streams ?? [];
    const found = await readAll<{ name: string; '@iot.selfLink': string }>(
      thing['Datastreams@iot.navigationLink'],
      signal,
    );
    for (const stream of streams) {
      const { measure, intervalS, valueAt } = stream;
      const datastream = found.find(({ name }) => name === measure.observedProperty.name);
      if (datastream === undefined) continue;
      senders.push({
        address: datastream['@iot.selfLink'],
        intervalMs: intervalS * 1000,
        sentAt:
          day?.streams.find((one) => one.stream === stream)?.sentAt ??
          ((timeMs) => ({ timeMs, value: valueAt(timeMs) })),
      });
    }
  }
  if (senders.length > 0)
    return { senders, faults: [...cities.values()].flatMap(({ day }) => day?.faults ?? []) };
  throw unavailable(`The service at ${url} has no sensors of the demo city; start it with DEMO=district`);
}

async function readAll<T>(address: string, signal: AbortSignal): Promise<readonly T[]> {
  const all: T[] = [];
  for (let next: string | undefined = address; next !== undefined; ) {
    const reply: Response = await fetch(next, { signal }).catch((error: unknown) => {
      throw unavailable(`There is no service at ${new URL(address).origin}; start it, or give --url`, error);
    });
    if (!reply.ok) throw unavailable(`${next}: ${reply.status} ${(await reply.text()).trim().slice(0, 300)}`);
    const page = (await reply.json()) as Page<T>;
    all.push(...page.value);
    next = page['@iot.nextLink'];
  }
  return all;
}

const TOKEN_DAYS = 1;

/** Whoever may open the database may also send: a token for a day. */
const makeToken = (): Promise<string> =>
  withDatabase(({ pool }) =>
    storeAccounts(pool).issue('staff', {
      label: 'simulate sensors',
      expiresAt: new Date(Date.now() + TOKEN_DAYS * 86_400_000),
    }),
  );

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10_000)) throw new InvalidArgumentError('It must be a number from 0 to 10000.');
  return value;
}
