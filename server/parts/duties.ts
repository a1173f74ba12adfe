/** What goes on beside requests. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RealtimeFeed } from '../../core/transit/realtime.ts';
import type { Config } from '../config.ts';
import { demoVehicles } from '../lifecycle/demo.ts';
import { deliverAlerts } from '../live/deliver-alerts.ts';
import { followVehicles, type VehicleSource } from '../live/follow-vehicles.ts';
import { keepSummaries } from '../live/keep-summaries.ts';
import { tellOrders } from '../live/tell-orders.ts';
import { type Remembered, watchQuality } from '../live/watch-quality.ts';
import type { Log } from '../log.ts';
import { deliveryBook } from '../store/deliveries.ts';
import type { LayersProvider } from '../store/features.ts';
import { keepFindings } from '../store/keep-findings.ts';
import { LEAD } from '../store/lead.ts';
import { makeMonths } from '../store/observations.ts';
import { forgetOldPackages } from '../store/order-book.ts';
import { orderNoticeBook } from '../store/order-notices.ts';
import type { FindingsReport } from '../store/parcel-findings.ts';
import type { Pool } from '../store/pool.ts';
import { qualityBook } from '../store/quality.ts';
import { dropOld } from '../store/retention.ts';
import { settleSummaries } from '../store/summaries.ts';
import { recordFeed, recordSource } from '../store/vehicles.ts';

export interface Duties {
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** How often kept findings are held against what has changed. */
const FINDINGS_EVERY_MS = 60_000;
/** How often packages of orders are looked through for those whose time is over. */
const PACKAGES_EVERY_MS = 600_000;

/** Starts what only one server on a database may do at a time; each begins again shortly when it broke off. */
export async function leadDuties(
  pool: Pool,
  layers: LayersProvider,
  config: Config,
  log: Log,
): Promise<Duties> {
  const monthly = setInterval(() => void makeMonths(pool).catch(() => {}), DAY_MS).unref();
  /** Work that is told in the log when it breaks off; what is done stays. */
  const led = (lock: number, work: (signal: AbortSignal) => Promise<void>, brokeOff: string) =>
    pool.lead(lock, async (signal) => {
      try {
        await work(signal);
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error }, brokeOff);
        throw error;
      }
    });
  const retention = { rawDays: config.liveRawDays, fiveMinuteDays: config.liveFiveMinuteDays };
  const summaries = { settle: () => settleSummaries(pool), dropOld: () => dropOld(pool, retention) };
  const onDropped = (tables: readonly string[]) => log.info({ tables }, 'old values dropped');
  const onRefreshed = (report: FindingsReport) => log.info(report, 'findings of parcels brought up to date');
  const { alerts } = config;
  const targets = {
    ...alerts,
    secret: alerts.webhookSecret?.reveal(),
    allowPrivate: alerts.allowPrivateWebhooks,
    smtpUrl: alerts.smtpUrl?.reveal(),
    from: alerts.emailFrom,
    publicUrl: config.publicUrl,
  };
  const duties = [
    led(LEAD.summaries, (signal) => keepSummaries(summaries, onDropped, signal), 'summing up failed'),
    led(
      LEAD.findings,
      (signal) => keepFindings({ pool, layers, everyMs: FINDINGS_EVERY_MS, onRefreshed }, signal),
      'the refresh of findings broke off',
    ),
    led(
      LEAD.quality,
      (signal) => watchQuality(qualityBook<Remembered>(pool), signal),
      'the watch of quality failed',
    ),
    led(
      LEAD.deliveries,
      (signal) => deliverAlerts(deliveryBook(pool), targets, signal),
      'telling alerts outside failed',
    ),
  ];
  const { smtpUrl, from, publicUrl } = targets;
  const onGivenUp = (order: string, channel: string) =>
    log.warn({ order, channel }, 'whoever ordered could not be told; the address is given up');
  duties.push(
    led(
      LEAD.orderNotices,
      (signal) => tellOrders(orderNoticeBook(pool), { smtpUrl, from, publicUrl, onGivenUp }, signal),
      'telling of orders failed',
    ),
    led(
      LEAD.orders,
      async (signal) => {
        while (!signal.aborted) {
          const packages = await forgetOldPackages(pool);
          if (packages > 0) log.info({ packages }, 'packages of orders removed: their time is over');
          await sleep(PACKAGES_EVERY_MS, undefined, { signal }).catch(() => {});
        }
      },
      'the removal of old packages failed',
    ),
  );
  const vehicles = await vehicleSources(pool, config);
  if (vehicles.length > 0) {
    const recorder = {
      record: (provider: string, feed: RealtimeFeed) => recordFeed(pool, provider, feed),
      tellSource: (source: Parameters<typeof recordSource>[1]) => recordSource(pool, source),
    };
    duties.push(
      pool.lead(LEAD.vehicles, (signal) =>
        followVehicles(vehicles, config.vehicles.intervalMs, recorder, signal),
      ),
    );
  }
  return {
    async close() {
      clearInterval(monthly);
      for (const duty of duties) await duty.close();
    },
  };
}

/** The feeds that the configuration names, else the vehicles of the demo city where there is one. */
async function vehicleSources(pool: Pool, { vehicles, demo }: Config): Promise<readonly VehicleSource[]> {
  if (vehicles.feeds !== undefined) {
    return vehicles.feeds.map((address) => ({ address, provider: new URL(address).host }));
  }
  const make = demo === 'none' ? undefined : await demoVehicles(pool);
  return make === undefined ? [] : [{ address: 'demo:vehicles', provider: 'demo', make }];
}
