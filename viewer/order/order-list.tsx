import { crsTitle } from '../../core/geo/crs-title.ts';
import { ORDER_FORMAT_FACTS } from '../../core/order/order-formats.ts';
import { ORDER_PROFILES } from '../../core/order/order-profiles.ts';
import type { DataOrder, OrderArea } from '../../core/wire/order.ts';
import { SignInButton } from '../account/sign-in-button.tsx';
import { formatCount, formatDate, megabytes } from '../format/number.ts';
import { session } from '../state/session.ts';
import { language, said, t, tn } from '../text/text.ts';
import {
  cancelOrder,
  fileAddress,
  forgetOrder,
  isKeptHere,
  isUnderWay,
  listProblem,
  orders,
  putAgain,
} from './order-mine.ts';

const STATE_WORDS = {
  waiting: 'orderWaiting',
  running: 'orderRunning',
  ready: 'orderReady',
  failed: 'orderFailed',
  cancelled: 'orderCancelled',
  expired: 'orderExpired',
} as const satisfies Record<DataOrder['state'], string>;

/** What was ordered in this browser, and by the account anywhere, the newest first. */
export function OrderList() {
  return (
    <section aria-labelledby="orders-mine">
      <h2 id="orders-mine">{t('orderMine')}</h2>
      {listProblem.value !== undefined && (
        <p class="what-if-note warning" role="alert">
          {t('orderMineFailed', { reason: listProblem.value })}
        </p>
      )}
      {orders.value.length === 0 && <p class="quiet">{t('orderMineNone')}</p>}
      <ul class="order-list">
        {orders.value.map((order) => (
          <OrderItem key={order.id} order={order} />
        ))}
      </ul>
      {!session.value && (
        <p class="quiet">
          {t('orderMineHere')} <SignInButton />
        </p>
      )}
    </section>
  );
}

function OrderItem({ order: made }: { order: DataOrder }) {
  const { order, state } = made;
  const formats = order.formats.map((format) => said(ORDER_FORMAT_FACTS[format].title)).join(', ');
  return (
    <li class={`order-item ${state}`}>
      <p class="order-head">
        <b>{areaWords(order.area)}</b>
        <span class={`chip order-state ${state}`} role="status">
          {t(STATE_WORDS[state])}
          {state === 'running' && ` ${made.progress} %`}
        </span>
      </p>
      <p class="quiet">
        {[
          formats,
          crsTitle(order.srid, language.value),
          tn('orderObjects', made.objects, { n: formatCount(made.objects) }),
          ...(made.bytes === null ? [] : [`${megabytes(made.bytes)} MB`]),
        ].join(' · ')}
      </p>
      <p class="quiet">{circumstances(made).join(' · ')}</p>
      {isUnderWay(made) && (
        <progress
          max="100"
          aria-label={t(STATE_WORDS[state])}
          {...(state === 'running' && { value: made.progress })}
        />
      )}
      {made.problem && <p class="what-if-note warning">{made.problem.message}</p>}
      {state === 'expired' && <p class="quiet">{t('orderExpiredHint')}</p>}
      <Actions order={made} />
    </li>
  );
}

/** When, for whom, for which case, of which city, and how long it is kept. */
function circumstances({ order, createdAt, at, scenario, keptUntil }: DataOrder): readonly string[] {
  return [
    formatDate(createdAt, true) ?? createdAt,
    ...(order.profile === 'public' ? [] : [said(ORDER_PROFILES[order.profile].title)]),
    ...(order.caseNumber === undefined ? [] : [order.caseNumber]),
    ...(order.client === undefined ? [] : [t('orderForClient', { client: order.client })]),
    ...(order.since === undefined
      ? []
      : [t('orderChangesSince', { day: formatDate(order.since) ?? order.since })]),
    ...(at === null ? [] : [t('orderCityDay', { day: formatDate(at) ?? at })]),
    ...(scenario === null ? [] : [t('orderCityScenario', { title: scenario })]),
    ...(keptUntil === null ? [] : [t('orderKeptUntil', { day: formatDate(keptUntil) ?? keptUntil })]),
  ];
}

function Actions({ order: made }: { order: DataOrder }) {
  return (
    <p class="order-row">
      {made.state === 'ready' && (
        <a class="button primary" href={fileAddress(made.id)} download={made.fileName}>
          {t('orderFetch')}
        </a>
      )}
      {isUnderWay(made) ? (
        <button type="button" class="button" onClick={() => void cancelOrder(made.id)}>
          {t('orderCancel')}
        </button>
      ) : (
        <button type="button" class="button" onClick={() => void putAgain(made)}>
          {t('orderAgain')}
        </button>
      )}
      {!isUnderWay(made) && isKeptHere(made.id) && !session.value && (
        <button type="button" class="button" onClick={() => forgetOrder(made.id)}>
          {t('orderForget')}
        </button>
      )}
    </p>
  );
}

/** Which ground it was, in words. */
function areaWords(area: OrderArea): string {
  switch (area.kind) {
    case 'city':
      return t('orderAreaCity');
    case 'polygon':
      return t('orderOfDrawn');
    case 'parcels': {
      const [first = '', ...more] = area.ids;
      const ids = more.length === 0 ? first : `${first} + ${formatCount(more.length)}`;
      return t('orderOfParcels', { ids, m: formatCount(area.bufferM) });
    }
    case 'street':
      return t('orderOfStreet', { name: area.name, m: formatCount(area.widthM) });
    case 'place':
      return t('orderOfPlace', { m: formatCount(area.radiusM) });
    case 'district':
      return t('orderOfDistrict', { id: area.id });
    case 'precinct':
      return t('orderOfPrecinct', { id: area.id });
    case 'sheet':
      return t('orderOfSheet', { name: area.name });
  }
}
