import { useEffect } from 'preact/hooks';
import { ORDER_FORMAT_FACTS } from '../../core/order/order-formats.ts';
import { ORDER_FORMATS } from '../../core/wire/order.ts';
import { layers } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
import { stopOrderArea } from './order-area.ts';
import { OrderAreaFields } from './order-area-fields.tsx';
import { OrderCityField } from './order-city-field.tsx';
import { OrderContentFields } from './order-content-fields.tsx';
import { OrderEstimate } from './order-estimate.tsx';
import { OrderList } from './order-list.tsx';
import { OrderMapFields } from './order-map-fields.tsx';
import { followMine, isPutting, putOrder } from './order-mine.ts';
import { OrderNotifyFields } from './order-notify-fields.tsx';
import { followProfiles } from './order-profile.ts';
import { OrderProfileFields } from './order-profile-fields.tsx';
import { OrderRefusal } from './order-refusal.tsx';
import {
  estimate,
  followEstimate,
  isFormatOffered,
  isLayerOffered,
  isMapOf,
  missing,
  order,
  orderedFormats,
  orderedLayers,
  wantedOrder,
} from './order-state.ts';
import { OrderTicks } from './order-ticks.tsx';

/** The work space of orders: area, layers, formats, how much it is, and what was ordered. */
export function OrderPanel() {
  useEffect(() => {
    const stops = [followProfiles(), followEstimate(), followMine()];
    return () => {
      for (const stop of stops) stop();
      stopOrderArea();
    };
  }, []);
  return (
    <div class="what-if order">
      <p class="quiet">{t('orderIntro')}</p>
      <OrderProfileFields />
      <OrderAreaFields />
      <OrderCityField />
      <OrderTicks
        title={t('orderLayers')}
        all={layers.value
          .filter(({ name }) => isLayerOffered(name))
          .map(({ name, title }) => ({ name, label: said(title) }))}
        chosen={orderedLayers.value}
        choose={(names) => {
          orderedLayers.value = names;
        }}
      />
      <OrderTicks
        title={t('orderFormats')}
        isOpen
        all={ORDER_FORMATS.filter(isFormatOffered).map((name) => ({
          name,
          label: said(ORDER_FORMAT_FACTS[name].title),
        }))}
        chosen={orderedFormats.value}
        choose={(names) => {
          orderedFormats.value = names;
        }}
      />
      {isMapOf(orderedFormats.value) && <OrderMapFields />}
      <OrderContentFields />
      <OrderNotifyFields />
      <div class="order-foot">
        <OrderEstimate />
        <button
          type="button"
          class="button primary"
          disabled={
            !order.value || missing.value !== undefined || estimate.value.kind !== 'ready' || isPutting.value
          }
          onClick={() => wantedOrder.value && void putOrder(wantedOrder.value)}
        >
          {t('orderPut')}
        </button>
      </div>
      <OrderRefusal />
      <OrderList />
    </div>
  );
}
