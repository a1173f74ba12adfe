import { crsTitle } from '../../core/geo/crs-title.ts';
import { CHANGE_FORMATS } from '../../core/order/order-changes.ts';
import { ORDER_FORMAT_FACTS } from '../../core/order/order-formats.ts';
import { ORDER_SRIDS, type OrderRequest } from '../../core/wire/order.ts';
import { CheckField } from '../frame/check-field.tsx';
import { language, said, t } from '../text/text.ts';
import { isCut, orderedSrid, sinceDay } from './order-state.ts';

/** In which systems the files are, what becomes of objects at the edge, and whether only changes are wanted. */
export function OrderContentFields() {
  return (
    <>
      <label class="field">
        {t('orderCrs')}
        <select
          value={String(orderedSrid.value)}
          onChange={(event) => {
            orderedSrid.value = Number(event.currentTarget.value) as OrderRequest['srid'];
          }}
        >
          {ORDER_SRIDS.map((srid) => (
            <option key={srid} value={String(srid)}>
              {crsTitle(srid, language.value)}
            </option>
          ))}
        </select>
      </label>
      <p class="order-heights">
        <b>{t('orderHeights')}</b> PL-EVRF2007-NH <span class="quiet">{t('orderHeightsOnly')}</span>
      </p>
      <CheckField
        checked={isCut.value}
        onChange={(checked) => {
          isCut.value = checked;
        }}
      >
        {t('orderCut')}
      </CheckField>
      <label class="field">
        {t('orderSince')}
        <input
          type="date"
          value={sinceDay.value}
          max={new Date().toISOString().slice(0, 10)}
          aria-describedby="order-since-hint"
          onInput={(event) => {
            sinceDay.value = event.currentTarget.value;
          }}
        />
        <span id="order-since-hint" class="quiet order-hint">
          {t('orderSinceHint', {
            formats: CHANGE_FORMATS.map((format) => said(ORDER_FORMAT_FACTS[format].title)).join(', '),
          })}
        </span>
      </label>
    </>
  );
}
