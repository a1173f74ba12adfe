import { crsTitle } from '../../core/geo/crs-title.ts';
import type { DataOrder } from '../../core/wire/order.ts';
import { formatCount } from '../format/number.ts';
import { language, t, tn } from '../text/text.ts';
import { cancelOrder, fileAddress, forgetOrder, isUnderWay, orders, putOrder } from './order-state.ts';

const STATE_WORDS = {
  waiting: 'orderWaiting',
  running: 'orderRunning',
  ready: 'orderReady',
  failed: 'orderFailed',
  cancelled: 'orderCancelled',
  expired: 'orderExpired',
} as const satisfies Record<DataOrder['state'], string>;

/** What was ordered in this browser, the newest first. */
export function OrderList() {
  if (orders.value.length === 0) return null;
  return (
    <section aria-labelledby="orders-mine">
      <h2 id="orders-mine">{t('orderMine')}</h2>
      <ul class="order-list">
        {orders.value.map((order) => (
          <OrderItem key={order.id} order={order} />
        ))}
      </ul>
    </section>
  );
}

function OrderItem({ order: made }: { order: DataOrder }) {
  const again = made.order;
  return (
    <li>
      <p role="status">
        <b>{again.formats.join(', ').toUpperCase()}</b> · {crsTitle(again.srid, language.value)} ·{' '}
        {tn('orderObjects', made.objects, { n: formatCount(made.objects) })}
        <br />
        <span class="quiet">
          {new Date(made.createdAt).toLocaleString(document.documentElement.lang)} ·{' '}
          {t(STATE_WORDS[made.state])}
        </span>
      </p>
      {isUnderWay(made) && <progress max="100" value={made.progress} aria-label={t('orderRunning')} />}
      {made.problem && <p class="what-if-note warning">{made.problem.message}</p>}
      <p class="order-row">
        {made.state === 'ready' && (
          <a class="button primary" href={fileAddress(made.id)} download={made.fileName}>
            {t('orderFetch')}
          </a>
        )}
        {isUnderWay(made) && (
          <button type="button" class="button" onClick={() => void cancelOrder(made.id)}>
            {t('orderCancel')}
          </button>
        )}
        {!isUnderWay(made) && (
          <>
            <button type="button" class="button" onClick={() => void putOrder(again)}>
              {t('orderAgain')}
            </button>
            <button type="button" class="button" onClick={() => forgetOrder(made.id)}>
              {t('orderForget')}
            </button>
          </>
        )}
      </p>
    </li>
  );
}
