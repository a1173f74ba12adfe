import { useSignal } from '@preact/signals';
import { STREET_ORDERS, type StreetOrder, streetRows } from '../../core/analysis/traffic/street-rows.ts';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import type { TrafficLink } from '../../core/wire/traffic-link.ts';
import { formatNumber } from '../format/number.ts';
import { t, type Word } from '../text/text.ts';
import { showStreet } from './show-street.ts';
import { seconds, signedText } from './traffic-words.ts';

const [MOST_ROWS, MOST_ROWS_OPEN] = [5, 50] as const;
const ORDER_WORDS: Readonly<Record<StreetOrder, Word>> = {
  more: 'trafficOrderMore',
  less: 'trafficOrderLess',
  slower: 'trafficOrderSlower',
  loaded: 'trafficOrderLoaded',
};

/** The worst and the best streets; each leads to its place on the map. */
export function StreetTable({ result }: { result: TrafficResult }) {
  const chosen = useSignal<StreetOrder>('more');
  const isAll = useSignal(false);
  const order = result.after ? chosen.value : 'loaded';
  const rows = streetRows(result.links, order, isAll.value ? MOST_ROWS_OPEN : MOST_ROWS);
  return (
    <section aria-labelledby="traffic-streets-title">
      <h2 id="traffic-streets-title" class="panel-subtitle">
        {t('trafficStreets')}
      </h2>
      {result.after && (
        <fieldset class="segmented traffic-orders" aria-label={t('trafficStreets')}>
          {STREET_ORDERS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={chosen.value === each}
              onClick={() => {
                chosen.value = each;
              }}
            >
              {t(ORDER_WORDS[each])}
            </button>
          ))}
        </fieldset>
      )}
      {rows.length === 0 ? (
        <p class="quiet">{t('trafficNoStreets')}</p>
      ) : (
        <table class="siting-table traffic-streets">
          <thead>
            <tr>
              <th scope="col">{t('trafficStreet')}</th>
              <th scope="col">{t('trafficFlowColumn')}</th>
              <th scope="col">{t('trafficLoadColumn')}</th>
              <th scope="col">{t('trafficDelayColumn')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((link) => (
              <Row key={link.id} link={link} />
            ))}
          </tbody>
        </table>
      )}
      {(rows.length === MOST_ROWS || isAll.value) && (
        <button
          type="button"
          class="text-button"
          onClick={() => {
            isAll.value = !isAll.value;
          }}
        >
          {t(isAll.value ? 'trafficFewer' : 'trafficMoreStreets')}
        </button>
      )}
    </section>
  );
}

function Row({ link }: { link: TrafficLink }) {
  const { name, road, after: now, difference } = link;
  return (
    <tr>
      <th scope="row">
        <button type="button" class="text-button" onClick={() => showStreet(link)}>
          {name ?? road}
        </button>
      </th>
      <td>{difference ? signedText(difference.flowVehPerH) : formatNumber(now?.flowVehPerH ?? 0, 0)}</td>
      <td>{now ? `${formatNumber(100 * now.vOverC, 0)} %` : '–'}</td>
      <td>{difference ? signedText(difference.delayS, 1) : seconds(now?.delayS ?? 0)}</td>
    </tr>
  );
}
