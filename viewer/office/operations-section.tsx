import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { LayerFreshness, OperationsState } from '../../core/wire/operations.ts';
import { getJson } from '../api/city-api.ts';
import { formatCount, formatDate, formatNumber, formatTime, megabytes } from '../format/number.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { t } from '../text/text.ts';
import { NotReady } from './not-ready.tsx';

const EVERY_MS = 15_000;

const operations = signal<Load<OperationsState>>(LOADING);
const read = () => loadInto(operations, () => getJson<OperationsState>('api/operations', undefined, ''));

/** How the service itself is doing: load, errors, queue, freshness of layers, storage. */
export function OperationsSection() {
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const load = operations.value;
  if (load.kind !== 'ready') return <NotReady load={load} />;
  const { at, server, queues, layers, storage } = load.value;
  return (
    <section class="operations" aria-label={t('operationsTitle')}>
      <p class="quiet">{t('operationsAt', { time: formatTime(Date.parse(at)) })}</p>
      <h2>{t('operationsRequests', { minutes: server.minutes })}</h2>
      <Requests doors={server.doors} />
      <h2>{t('operationsServer')}</h2>
      <ServerState server={server} />
      <h2>{t('operationsQueue')}</h2>
      <Queues queues={queues} />
      <h2>{t('operationsStorage')}</h2>
      <Storage storage={storage} />
      <h2>{t('operationsFreshness')}</h2>
      <Freshness layers={layers} />
    </section>
  );
}

function Requests({ doors }: Pick<OperationsState['server'], 'doors'>) {
  if (doors.length === 0) return <p class="quiet">{t('operationsNoRequests')}</p>;
  const columns = [
    ...[t('operationsCount'), t('operationsRefused'), t('operationsFailedCount')],
    ...[t('operationsSent'), t('operationsP95')],
  ];
  return (
    <Table first={t('operationsDoor')} columns={columns}>
      {doors.map(({ door, requests, refused, failed, bytes, p95S }) => (
        <tr key={door}>
          <th scope="row">{door}</th>
          <td class="number">{formatCount(requests)}</td>
          <td class="number">{formatCount(refused)}</td>
          <td class={failed > 0 ? 'number operations-bad' : 'number'}>{formatCount(failed)}</td>
          <td class="number">{megabytes(bytes)}</td>
          <td class="number">{p95S === null ? t('operationsBeyond') : `${formatNumber(p95S)} s`}</td>
        </tr>
      ))}
    </Table>
  );
}

function ServerState({ server }: Pick<OperationsState, 'server'>) {
  const rows = [
    ...server.pools.map(({ pool, open, idle, waiting, most }) => ({
      ...{ title: t('operationsPool', { name: pool }), used: formatCount(open - idle) },
      ...{ most: formatCount(most), waiting: formatCount(waiting) },
    })),
    ...server.caches.map(({ cache, bytes, mostBytes }) => ({
      ...{ title: t('operationsCache', { name: cache }), used: megabytes(bytes) },
      ...{ most: megabytes(mostBytes), waiting: '' },
    })),
  ];
  return (
    <>
      <p>
        {t('operationsMemory', {
          mb: megabytes(server.residentBytes),
          ms: formatNumber(server.eventLoopP99S * 1000, 0),
          since: formatDate(server.startedAt, true) ?? '–',
        })}
      </p>
      <Table
        first={t('operationsWhat')}
        columns={[t('operationsUsed'), t('operationsMost'), t('operationsWaiting')]}
      >
        {rows.map(({ title, used, most, waiting }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td class="number">{used}</td>
            <td class="number">{most}</td>
            <td class="number">{waiting}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Queues({ queues }: Pick<OperationsState, 'queues'>) {
  if (queues.length === 0) return <p class="quiet">{t('operationsQueueEmpty')}</p>;
  const columns = [
    ...[t('operationsWaiting'), t('operationsRunning'), t('operationsGivenUp'), t('operationsOldest')],
  ];
  return (
    <Table first={t('operationsTask')} columns={columns}>
      {queues.map(({ task, waiting, running, failed, oldestS }) => (
        <tr key={task}>
          <th scope="row">{task}</th>
          <td class="number">{formatCount(waiting)}</td>
          <td class="number">{formatCount(running)}</td>
          <td class={failed > 0 ? 'number operations-bad' : 'number'}>{formatCount(failed)}</td>
          <td class="number">{oldestS === null ? '–' : formatNumber(oldestS, 0)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Storage({ storage }: Pick<OperationsState, 'storage'>) {
  const { databaseBytes, schemas, freeBytes, archive } = storage;
  const named = schemas.map(({ schema, bytes }) => `${schema} ${megabytes(bytes)}`).join(', ');
  return (
    <>
      <p>{t('operationsDatabase', { mb: megabytes(databaseBytes), schemas: named })}</p>
      {freeBytes !== null && <p>{t('operationsFree', { mb: megabytes(freeBytes) })}</p>}
      <p class={archive?.failedSinceThen ? 'operations-bad' : undefined}>{archiveLine(archive)}</p>
    </>
  );
}

function archiveLine(archive: OperationsState['storage']['archive']): string {
  if (archive === null) return t('operationsArchiveOff');
  const time = archive.lastAt === null ? '–' : (formatDate(archive.lastAt, true) ?? '–');
  if (archive.failedSinceThen) return t('operationsArchiveFails', { time });
  return archive.lastAt === null ? t('operationsArchiveNone') : t('operationsArchiveLast', { time });
}

const RANK = { stale: 0, never: 1, fresh: 2 } as const;
const stateOf = ({ isStale, loadedAt }: LayerFreshness): keyof typeof RANK =>
  isStale ? 'stale' : loadedAt === null ? 'never' : 'fresh';

/** What needs somebody first. */
function Freshness({ layers }: Pick<OperationsState, 'layers'>) {
  const sorted = layers.toSorted(
    (a, b) => RANK[stateOf(a)] - RANK[stateOf(b)] || a.layer.localeCompare(b.layer),
  );
  const count = (state: keyof typeof RANK) =>
    formatCount(layers.filter((each) => stateOf(each) === state).length);
  const words = { stale: t('operationsStale'), never: t('operationsNever'), fresh: t('operationsFresh') };
  return (
    <>
      <p>
        {t('operationsLayerLine', { fresh: count('fresh'), stale: count('stale'), empty: count('never') })}
      </p>
      <Table
        first={t('operationsLayer')}
        columns={[
          ...[t('operationsObjects'), t('operationsLoaded'), t('operationsLimit'), t('operationsState')],
        ]}
      >
        {sorted.map((each) => (
          <tr key={each.layer}>
            <th scope="row">{each.layer}</th>
            <td class="number">{formatCount(each.objects)}</td>
            <td class="number">{each.loadedAt === null ? '–' : formatDate(each.loadedAt, true)}</td>
            <td class="number">{formatCount(each.freshnessDays)}</td>
            <td class={each.isStale ? 'number operations-bad' : 'number'}>{words[stateOf(each)]}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Table({
  first,
  columns,
  children,
}: {
  first: string;
  columns: readonly string[];
  children: ComponentChildren;
}) {
  return (
    <div class="office-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((column) => (
              <th key={column} scope="col" class="number">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
