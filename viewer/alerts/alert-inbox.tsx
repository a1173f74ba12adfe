import { useSignal } from '@preact/signals';
import type { Alert } from '../../core/wire/alerts.ts';
import { formatAge } from '../format/age.ts';
import { formatDate } from '../format/number.ts';
import { Icon, type IconName } from '../frame/icon.tsx';
import { nowMs } from '../live/live-state.ts';
import { isStaff } from '../state/session.ts';
import { said, t, tn, type Word } from '../text/text.ts';
import { AlertForm } from './alert-form.tsx';
import { alertsState, openAlerts } from './alerts-state.ts';

const FILTERS = ['open', 'mine', 'closed'] as const;
type Filter = (typeof FILTERS)[number];
const FILTER_WORDS: Readonly<Record<Filter, Word>> = {
  open: 'alertFilterOpen',
  mine: 'alertFilterTaken',
  closed: 'alertFilterClosed',
};
const OF_FILTER: Readonly<Record<Filter, Alert['state']>> = {
  open: 'open',
  mine: 'acknowledged',
  closed: 'closed',
};
const SEVERITY: Readonly<Record<Alert['severity'], { readonly word: Word; readonly icon: IconName }>> = {
  critical: { word: 'alertCritical', icon: 'warning' },
  warning: { word: 'alertWarning', icon: 'warning' },
  info: { word: 'alertInfo', icon: 'activity' },
};

/** What somebody must see to: new, taken on, closed. Staff take on, hand over and close with a reason. */
export function AlertInbox() {
  const filter = useSignal<Filter>('open');
  const state = alertsState.value;
  if (state.kind === 'loading') return <p class="panel-message quiet">{t('alertsLoading')}</p>;
  if (state.kind === 'failed') {
    return (
      <p class="panel-message warning" role="alert">
        {state.reason}
      </p>
    );
  }
  const { alerts, more } = state.value;
  const shown = alerts.filter((alert) => alert.state === OF_FILTER[filter.value]);
  return (
    <>
      <fieldset class="segmented" aria-label={t('alertsTitle')}>
        {FILTERS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={filter.value === one}
            onClick={() => {
              filter.value = one;
            }}
          >
            {t(FILTER_WORDS[one])}{' '}
            <span class="quiet">{alerts.filter((alert) => alert.state === OF_FILTER[one]).length}</span>
          </button>
        ))}
      </fieldset>
      {shown.length === 0 ? (
        <p class="panel-message quiet">{t(filter.value === 'open' ? 'alertsNoneOpen' : 'alertsNone')}</p>
      ) : (
        <ul class="alerts">
          {shown.map((alert) => (
            <AlertRow key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
      {more && <p class="quiet">{t('alertsMore')}</p>}
      {!isStaff.value && openAlerts.value.length > 0 && <p class="quiet">{t('alertsStaffOnly')}</p>}
    </>
  );
}

function AlertRow({ alert }: { alert: Alert }) {
  const isOpen = useSignal(false);
  const severity = SEVERITY[alert.severity];
  return (
    <li class={`alert ${alert.severity} ${alert.state}`}>
      <button
        type="button"
        class="alert-head"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <Icon name={severity.icon} />
        <span class="alert-title">{said(alert.title)}</span>
        <span class="alert-severity">{t(severity.word)}</span>
        <span class="alert-sub">
          {said(alert.message)} ·{' '}
          <time dateTime={alert.since} title={formatDate(alert.since, true)}>
            {t('alertSince', { age: formatAge(nowMs.value - Date.parse(alert.since)) })}
          </time>
          {alert.overAt !== null && <> · {t('alertOver')}</>}
          {alert.owner && <> · {t('alertOwnedBy', { owner: alert.owner })}</>}
        </span>
      </button>
      {isOpen.value && (
        <div class="alert-body">
          <p>
            {t(alert.rule === null ? 'alertAboutCity' : 'alertAboutSensor')}{' '}
            {alert.thing !== null && <a href={`./#pick=sensors/${alert.thing}`}>{t('alertShowOnMap')}</a>}
          </p>
          {/* What was read before signing in does not say whose it is: the form waits until it is told. */}
          {isStaff.value && alert.owner !== undefined && <AlertForm alert={alert} />}
          <History alert={alert} />
          <Deliveries alert={alert} />
        </div>
      )}
    </li>
  );
}

const STATE_WORDS: Readonly<Record<Alert['state'], Word>> = {
  open: 'alertStateOpen',
  acknowledged: 'alertStateTaken',
  closed: 'alertStateClosed',
};

function History({ alert: { history = [] } }: { alert: Alert }) {
  if (history.length === 0) return null;
  return (
    <>
      <h3>{t('alertHistory')}</h3>
      <ol class="alert-history">
        {history.map(({ revision, at, who, state, owner, reason }) => (
          <li key={revision}>
            <time dateTime={at}>{formatDate(at, true)}</time> {who}: {t(STATE_WORDS[state])}
            {owner && `, ${t('alertOwnedBy', { owner })}`}
            {reason && ` – ${reason}`}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Whether those who were to be told by mail or by machine were told. */
function Deliveries({ alert: { deliveries = [] } }: { alert: Alert }) {
  if (deliveries.length === 0) return null;
  const count = (state: string) => deliveries.filter((one) => one.state === state).length;
  const failed = deliveries.find(({ state }) => state === 'failed');
  return (
    <p class={failed ? 'warning' : 'quiet'}>
      {tn('alertDelivered', count('delivered'), { n: count('delivered') })}
      {count('waiting') > 0 && `, ${tn('alertWaiting', count('waiting'), { n: count('waiting') })}`}
      {failed && `, ${t('alertNotDelivered', { target: failed.target, problem: failed.problem ?? '' })}`}
    </p>
  );
}
