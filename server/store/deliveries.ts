/** What is to be told of alerts outside, and what became of it. */
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

type Channel = 'webhook' | 'email';

interface DueRow {
  readonly id: number;
  readonly event: 'raised' | 'over';
  readonly channel: Channel;
  readonly target: string;
  readonly attempts: number;
  readonly alert_id: number;
  readonly severity: string;
  readonly title: { readonly pl: string; readonly en: string };
  readonly message: { readonly pl: string; readonly en: string };
  readonly began_at: string;
  readonly over_at: string | null;
  readonly value: number | null;
  readonly datastream_id: number | null;
  readonly thing_id: number | null;
}

const SEVERITIES = ['info', 'warning', 'critical'] as const;

export const deliveryBook = (pool: Pool) => ({
  /** Who is added to the settings later is told of what was raised within a day. */
  async plan(
    targets: readonly { readonly channel: Channel; readonly target: string }[],
    leastSeverity: (typeof SEVERITIES)[number],
  ): Promise<void> {
    if (targets.length === 0) return;
    const told = SEVERITIES.slice(SEVERITIES.indexOf(leastSeverity));
    // Of an end only those hear who were told of the beginning.
    await pool.read(sql`insert into alerting.delivery (alert_id, event, channel, target)
      select alert.id, event, channel, target
      from alerting.alert
      cross join unnest(${targets.map(({ channel }) => channel)}::text[],
        ${targets.map(({ target }) => target)}::text[]) as told (channel, target)
      cross join (values ('raised'), ('over')) as events (event)
      where raised_at > clock_timestamp() - interval '1 day' and severity = any(${[...told]}::text[])
        and (event = 'raised' or (over_at is not null and exists (select from alerting.delivery as before
          where before.alert_id = alert.id and before.event = 'raised' and before.state = 'delivered'
            and before.channel = told.channel and before.target = told.target)))
      on conflict do nothing`);
  },

  async due(limit: number) {
    const rows =
      await pool.read<DueRow>(sql`select delivery.id, event, channel, target, attempts, alert_id, severity,
        title, message, began_at, over_at, value, datastream_id, thing_id
      from alerting.delivery join alerting.alert on alert.id = alert_id
      where delivery.state = 'waiting' and next_at <= clock_timestamp() order by next_at limit ${limit}::bigint`);
    return rows.map(({ id, event, channel, target, attempts, ...row }) => ({
      id,
      event,
      channel,
      target,
      attempts,
      alert: {
        id: row.alert_id,
        severity: row.severity,
        title: row.title,
        message: row.message,
        since: row.began_at,
        overAt: row.over_at,
        value: row.value,
        datastream: row.datastream_id,
        thing: row.thing_id,
      },
    }));
  },

  async settle(
    id: number,
    outcome: 'delivered' | 'failed' | { readonly retryInS: number },
    problem: string | null,
  ): Promise<void> {
    const state = typeof outcome === 'string' ? outcome : 'waiting';
    const retryInS = typeof outcome === 'string' ? 0 : outcome.retryInS;
    await pool.read(sql`update alerting.delivery set state = ${state}::text, attempts = attempts + 1,
        problem = ${problem}::text, next_at = clock_timestamp() + make_interval(secs => ${retryInS}::integer),
        done_at = case when ${state}::text = 'waiting' then null else clock_timestamp() end
      where id = ${id}::bigint and state = 'waiting'`);
  },
});
