/** Alerts and thresholds as people see and change them. Raised and ended they are by the watch (`alerts-raised.ts`). */
import { invalidParameter, notFound, TwinError } from '../../core/errors.ts';
import { type Alert, isHysteresis, type NewThreshold, type Threshold } from '../../core/wire/alerts.ts';
import { isStaff } from '../access/identity.ts';
import type { Alerts } from '../services/alerts.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { NOTHING, sql, trusted } from './sql.ts';
import { inTransaction } from './transaction.ts';

const MOST_ALERTS = 500;

const ALERT = trusted(`id, severity, title, message, thing_id as thing, datastream_id as datastream,
  threshold_id as threshold, rule, began_at as since, over_at as "overAt", value, unit, raised_at as "raisedAt", state,
  revision`);

const FOR_STAFF = trusted(`, owner, reason,
  (select coalesce(jsonb_agg(jsonb_build_object('revision', revision, 'at', at, 'who', who, 'state', state,
      'owner', owner, 'reason', reason) order by revision), '[]')
    from alerting.alert_change where alert_id = alert.id) as history,
  (select coalesce(jsonb_agg(jsonb_build_object('event', event, 'channel', channel, 'target', target, 'state', state,
      'attempts', attempts, 'problem', problem, 'doneAt', done_at) order by id), '[]')
    from alerting.delivery where alert_id = alert.id) as deliveries`);

const THRESHOLD =
  trusted(`id, title, severity, kind, datastream_id as datastream, direction, enter_value as enter,
  leave_value as leave, after_s as "afterS", enabled, owner`);

/** The pool is that of the owner: the role of public requests does not see alerts at all. */
export function storeAlerts(pool: Pool): Alerts {
  return {
    async list({ states, since }, who, signal) {
      const withState = states === undefined ? NOTHING : sql`and state = any(${[...states]}::text[])`;
      const raised = since === undefined ? NOTHING : sql`and raised_at >= ${since}::timestamptz`;
      const rows = await pool.read<Alert>(
        sql`select ${ALERT}${isStaff(who) ? FOR_STAFF : NOTHING} from alerting.alert where true ${withState} ${raised}
          order by state = 'closed', raised_at desc, id desc limit ${MOST_ALERTS + 1}::bigint`,
        signal,
      );
      return { alerts: rows.slice(0, MOST_ALERTS), more: rows.length > MOST_ALERTS };
    },

    async change(id, { state, owner, reason, revision }, who) {
      await inTransaction(pool, async (connection) => {
        const stands = await lockAlert(connection, id);
        if (revision !== undefined && revision !== stands.revision) {
          throw new TwinError('conflict', `Alert ${id} is at revision ${stands.revision}; read it anew`, {
            parameter: 'revision',
          });
        }
        const next = state ?? stands.state;
        // What was said for a former state does not explain a new one.
        const why = reason ?? (next === stands.state ? stands.reason : null);
        const whose = owner === undefined ? (stands.owner ?? (next === 'open' ? null : who.who)) : owner;
        await connection.run(sql`with changed as (
            update alerting.alert set state = ${next}::text, owner = ${whose}::text, reason = ${why}::text,
              revision = revision + 1
            where id = ${id}::bigint returning *)
          insert into alerting.alert_change (alert_id, revision, who, state, owner, reason)
          select id, revision, ${who.who}::text, state, owner, reason from changed`);
      });
      const [alert] = await pool.read<Alert>(
        sql`select ${ALERT}${FOR_STAFF} from alerting.alert where id = ${id}::bigint`,
      );
      if (alert === undefined) throw noAlert(id);
      return alert;
    },

    async thresholds(who) {
      const rows = await pool.read<Threshold>(
        sql`select ${THRESHOLD} from alerting.threshold order by kind nulls last, datastream_id, enter_value, id`,
      );
      return isStaff(who) ? rows : rows.map(({ owner: _, ...open }) => open);
    },

    async addThreshold(wanted, who) {
      const [made] = await pool.read<Threshold>(insertThreshold(wanted, who.who)).catch((error: unknown) => {
        if (codeOf(error) !== FOREIGN_KEY) throw error;
        throw invalidParameter('datastream', `There is no datastream ${wanted.datastream}`);
      });
      if (made === undefined) throw new Error('the threshold was not written');
      return made;
    },

    async changeThreshold(id, changes, who) {
      return inTransaction(pool, async (connection) => {
        const [stands] = await connection.run<Threshold>(
          sql`select ${THRESHOLD} from alerting.threshold where id = ${id}::bigint for update`,
        );
        if (stands === undefined) throw notFound(`There is no threshold ${id}`, 'id');
        const next: Threshold = {
          ...stands,
          title: changes.title ?? stands.title,
          severity: changes.severity ?? stands.severity,
          enter: changes.enter ?? stands.enter,
          leave: changes.leave ?? stands.leave,
          afterS: changes.afterS ?? stands.afterS,
          enabled: changes.enabled ?? stands.enabled,
          owner: changes.owner === undefined ? stands.owner : changes.owner,
        };
        if (!isHysteresis(next)) throw invalidParameter('leave', 'leave must not lie beyond enter');
        const [changed] = await connection.run<Threshold>(sql`update alerting.threshold
          set title = ${JSON.stringify(next.title)}::jsonb, severity = ${next.severity}::text,
            enter_value = ${next.enter}::double precision, leave_value = ${next.leave}::double precision,
            after_s = ${next.afterS}::integer, enabled = ${next.enabled}::boolean, owner = ${next.owner ?? null}::text,
            changed_by = ${who.who}::text, changed_at = clock_timestamp()
          where id = ${id}::bigint returning ${THRESHOLD}`);
        return changed ?? next;
      });
    },
  };
}

const insertThreshold = (wanted: NewThreshold, who: string) => sql`insert into alerting.threshold
    (title, severity, kind, datastream_id, direction, enter_value, leave_value, after_s, enabled, owner, changed_by)
  values (${JSON.stringify(wanted.title)}::jsonb, ${wanted.severity}::text, ${wanted.kind}::text,
    ${wanted.datastream}::bigint, ${wanted.direction}::text, ${wanted.enter}::double precision,
    ${wanted.leave}::double precision, ${wanted.afterS}::integer, ${wanted.enabled}::boolean, ${wanted.owner}::text,
    ${who}::text)
  returning ${THRESHOLD}`;

interface Stands {
  readonly state: Alert['state'];
  readonly owner: string | null;
  readonly reason: string | null;
  readonly revision: number;
}

async function lockAlert(connection: Connection, id: number): Promise<Stands> {
  const [stands] = await connection.run<Stands>(
    sql`select state, owner, reason, revision from alerting.alert where id = ${id}::bigint for update`,
  );
  if (stands === undefined) throw noAlert(id);
  return stands;
}

const noAlert = (id: number) => notFound(`There is no alert ${id}`, 'id');

const FOREIGN_KEY = '23503';

function codeOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
