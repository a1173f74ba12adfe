import { useEffect } from 'preact/hooks';
import type { Consequences } from '../../../core/wire/consequences.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { formatDate, formatQuantity } from '../../format/number.ts';
import { Icon } from '../../frame/icon.tsx';
import { said, t, tn } from '../../text/text.ts';
import { hasTraffic, TrafficHour } from '../../traffic/traffic-hour.tsx';
import { ConsequenceFindings } from './consequence-findings.tsx';
import {
  askConsequences,
  callOffConsequences,
  consequences,
  followConsequences,
  trafficHour,
} from './consequences-state.ts';
import { ConsequencesTable } from './consequences-table.tsx';
import { ParcelFindings } from './parcel-findings.tsx';

/** What follows from the scenario: one table of differences, what it breaks, and what nobody has looked at. */
export function ConsequencesSection({ scenario }: { scenario: ScenarioReply }) {
  useEffect(followConsequences, []);
  if (scenario.edits.length === 0) return null;
  return (
    <section class="consequences" aria-labelledby="consequences-title">
      <h3 id="consequences-title" class="panel-subtitle">
        {t('consequencesTitle')}
      </h3>
      <Body />
    </section>
  );
}

function Body() {
  const state = consequences.value;
  if (state.kind === 'none') {
    return (
      <button type="button" class="button" onClick={askConsequences}>
        <Icon name="table" />
        {t('consequencesAsk')}
      </button>
    );
  }
  if (state.kind === 'failed') {
    return (
      <div class="panel-message" role="alert">
        <p>{t('consequencesFailed', { reason: state.reason })}</p>
        <button type="button" class="button" onClick={askConsequences}>
          {t('retry')}
        </button>
      </div>
    );
  }
  const table = state.kind === 'ready' ? state.table : state.before;
  const isTraffic = state.kind === 'busy' && state.isTraffic === true;
  const words = isTraffic ? 'consequencesTraffic' : table ? 'consequencesAgain' : 'consequencesBusy';
  return (
    <>
      {state.kind === 'busy' && (
        <div class="consequences-busy">
          <span role="status">{t(words)}…</span>
          <button type="button" class="button" onClick={callOffConsequences}>
            {t('consequencesCallOff')}
          </button>
          <progress
            aria-label={t(words)}
            {...(state.percent === undefined ? {} : { value: state.percent, max: 100 })}
          />
        </div>
      )}
      {table && (
        <div class={`consequences-body ${state.kind === 'busy' && !isTraffic ? 'consequences-old' : ''}`}>
          <Result result={table.result} />
        </div>
      )}
    </>
  );
}

const M2_IN_HA = 10_000;

function Result({ result }: { result: Consequences }) {
  const { rows, findings, parcelChecks, notAssessed, area, lawDate } = result;
  const unknown = [
    ...rows.flatMap(({ name, title, state, reason, pending }) =>
      state === 'not-assessed' && !pending ? [{ name, title, reason }] : [],
    ),
    ...notAssessed,
  ];
  const steady = rows.filter(
    ({ state, delta }) => state === 'unchanged' || (state === 'computed' && delta === 0),
  );
  return (
    <>
      {hasTraffic(rows) && (
        <TrafficHour
          hour={trafficHour.value}
          onChange={(hour) => {
            trafficHour.value = hour;
          }}
        />
      )}
      <ConsequencesTable rows={rows.filter(({ delta }) => delta !== undefined && delta !== 0)} />
      <ConsequenceFindings findings={findings} />
      <ParcelFindings checks={parcelChecks} />
      <details class="not-assessed" open>
        <summary>
          <span aria-hidden="true">? </span>
          {tn('consequencesUnknown', unknown.length, { n: unknown.length })}
        </summary>
        <ul class="findings">
          {unknown.map(({ name, title, reason }) => (
            <li key={name}>
              {said(title)}
              {reason && <span class="quiet"> {said(reason)}</span>}
            </li>
          ))}
        </ul>
      </details>
      {steady.length > 0 && (
        <details>
          <summary>{tn('consequencesSteady', steady.length, { n: steady.length })}</summary>
          <ul class="findings">
            {steady.map(({ name, title }) => (
              <li key={name}>{said(title)}</li>
            ))}
          </ul>
        </details>
      )}
      <p class="quiet">
        {t('consequencesWhere', {
          area: formatQuantity(area.areaM2 / M2_IN_HA, 'ha', 1),
          day: formatDate(lawDate) ?? lawDate,
        })}
      </p>
    </>
  );
}
