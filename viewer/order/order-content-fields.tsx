import { crsTitle } from '../../core/geo/crs-title.ts';
import { CITY_HEIGHTS, type HeightSystem } from '../../core/geo/height-systems.ts';
import { CHANGE_FORMATS } from '../../core/order/order-changes.ts';
import { ORDER_FORMAT_FACTS } from '../../core/order/order-formats.ts';
import { OLD_HEIGHTS_LAW } from '../../core/order/order-heights.ts';
import { ORDER_SRIDS, type OrderRequest } from '../../core/wire/order.ts';
import { CheckField } from '../frame/check-field.tsx';
import { language, said, t } from '../text/text.ts';
import { offeredHeights } from './order-profile.ts';
import { isCut, orderedHeights, orderedSrid, sinceDay } from './order-state.ts';

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
      <HeightsField />
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

/** A choice only where the service has the grids for one. */
function HeightsField() {
  if (offeredHeights.value.length < 2) {
    return (
      <p class="order-heights">
        <b>{t('orderHeights')}:</b> {CITY_HEIGHTS} <span class="quiet">{t('orderHeightsOnly')}</span>
      </p>
    );
  }
  return (
    <label class="field">
      {t('orderHeights')}
      <select
        value={orderedHeights.value}
        aria-describedby="order-heights-hint"
        onChange={(event) => {
          orderedHeights.value = event.currentTarget.value as HeightSystem;
        }}
      >
        {offeredHeights.value.map((system) => (
          <option key={system} value={system}>
            {system}
          </option>
        ))}
      </select>
      <span id="order-heights-hint" class="quiet order-hint">
        {said(OLD_HEIGHTS_LAW)}
      </span>
    </label>
  );
}
