import { useEffect } from 'preact/hooks';
import { crsTitle } from '../../core/geo/crs-title.ts';
import { ORDER_FORMAT_FACTS } from '../../core/order/order-formats.ts';
import { ORDER_FORMATS, ORDER_SRIDS, type OrderRequest } from '../../core/wire/order.ts';
import { formatCount } from '../format/number.ts';
import { lastOf } from '../state/load.ts';
import { layers, selection } from '../state/twin-state.ts';
import { language, said, t, tn } from '../text/text.ts';
import { finishOrderArea, isDrawingArea, startOrderArea, stopOrderArea } from './order-area.ts';
import { OrderFileField } from './order-file-field.tsx';
import { OrderList } from './order-list.tsx';
import { followProfiles } from './order-profile.ts';
import { OrderProfileFields } from './order-profile-fields.tsx';
import { OrderRefusal } from './order-refusal.tsx';
import {
  AREA_KINDS,
  type AreaKind,
  areaKind,
  estimate,
  followOrders,
  isCut,
  metres,
  order,
  orderedFormats,
  orderedLayers,
  orderedSrid,
  placeName,
  putOrder,
} from './order-state.ts';
import { OrderUnitField } from './order-unit-field.tsx';

const AREA_WORDS = {
  parcels: 'orderAreaParcels',
  polygon: 'orderAreaDrawn',
  place: 'orderAreaPlace',
  street: 'orderAreaStreet',
  sheet: 'orderAreaSheet',
  district: 'orderAreaDistrict',
  precinct: 'orderAreaPrecinct',
  file: 'orderAreaFile',
  city: 'orderAreaCity',
} as const satisfies Record<AreaKind, string>;

/** The work space of orders: area, layers, formats, how much it is, and what was ordered. */
export function OrderPanel() {
  useEffect(() => {
    const stops = [followProfiles(), followOrders()];
    return () => {
      for (const stop of stops) stop();
      stopOrderArea();
    };
  }, []);
  const wanted = order.value;
  return (
    <div class="what-if order">
      <p class="quiet">{t('orderIntro')}</p>
      <OrderProfileFields />
      <AreaFields />
      <Ticks
        title={t('orderLayers')}
        all={layers.value.map(({ name, title }) => ({ name, label: said(title) }))}
        chosen={orderedLayers.value}
        choose={(names) => {
          orderedLayers.value = names;
        }}
      />
      <Ticks
        title={t('orderFormats')}
        isOpen
        all={ORDER_FORMATS.map((name) => ({ name, label: said(ORDER_FORMAT_FACTS[name].title) }))}
        chosen={orderedFormats.value}
        choose={(names) => {
          orderedFormats.value = names;
        }}
      />
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
      <label class="check-field">
        <input
          type="checkbox"
          checked={isCut.value}
          onChange={(event) => {
            isCut.value = event.currentTarget.checked;
          }}
        />
        <span>{t('orderCut')}</span>
      </label>
      <Estimate />
      <OrderRefusal />
      <button
        type="button"
        class="button primary"
        disabled={!wanted || estimate.value.kind !== 'ready'}
        onClick={() => wanted && void putOrder(wanted)}
      >
        {t('orderPut')}
      </button>
      <OrderList />
    </div>
  );
}

function AreaFields() {
  const kind = areaKind.value;
  return (
    <>
      <label class="field">
        {t('orderArea')}
        <select
          value={kind}
          onChange={(event) => {
            areaKind.value = event.currentTarget.value as AreaKind;
            placeName.value = '';
          }}
        >
          {AREA_KINDS.map((each) => (
            <option key={each} value={each}>
              {t(AREA_WORDS[each])}
            </option>
          ))}
        </select>
      </label>
      {kind === 'parcels' && (
        <p class="quiet">
          {selection.value?.layer === 'parcels' ? <b>{selection.value.id}</b> : t('orderPickParcel')}
        </p>
      )}
      {kind === 'polygon' && (
        <p class="order-row">
          <button type="button" class="button" onClick={startOrderArea}>
            {t('orderDraw')}
          </button>
          {isDrawingArea.value && (
            <button type="button" class="button" onClick={finishOrderArea}>
              {t('orderDrawn')}
            </button>
          )}
        </p>
      )}
      {kind === 'file' && <OrderFileField />}
      {(kind === 'district' || kind === 'precinct') && <OrderUnitField key={kind} kind={kind} />}
      {(kind === 'street' || kind === 'sheet') && (
        <label class="field">
          {t(kind === 'street' ? 'orderStreet' : 'orderSheet')}
          <input
            value={placeName.value}
            onInput={(event) => {
              placeName.value = event.currentTarget.value;
            }}
          />
        </label>
      )}
      {(kind === 'parcels' || kind === 'place' || kind === 'street') && (
        <label class="field">
          {t(kind === 'parcels' ? 'orderMargin' : kind === 'place' ? 'orderRadius' : 'orderWidth')}
          <input
            type="number"
            min="0"
            max="5000"
            value={metres.value}
            onInput={(event) => {
              const value = event.currentTarget.valueAsNumber;
              if (Number.isFinite(value)) metres.value = Math.min(5_000, Math.max(0, value));
            }}
          />
        </label>
      )}
    </>
  );
}

interface TicksProps<N extends string> {
  readonly title: string;
  readonly all: readonly { readonly name: N; readonly label: string }[];
  readonly chosen: readonly N[];
  readonly choose: (names: readonly N[]) => void;
  readonly isOpen?: boolean;
}

function Ticks<N extends string>({ title, all, chosen, choose, isOpen = false }: TicksProps<N>) {
  return (
    <details class="sites-zones" open={isOpen}>
      <summary>
        {title}: {formatCount(chosen.length)}
      </summary>
      <fieldset class="sites-choices">
        <legend class="visually-hidden">{title}</legend>
        {all.map(({ name, label }) => (
          <label key={name} class="check-field">
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={() =>
                choose(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name])
              }
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

const megabytes = (bytes: number): string =>
  (bytes / 1_000_000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

function Estimate() {
  const known = lastOf(estimate.value);
  if (!order.value) return <p class="quiet">{t('orderIncomplete')}</p>;
  if (estimate.value.kind === 'failed') {
    return (
      <p class="what-if-note warning" role="alert">
        {t('orderRefused', { reason: estimate.value.reason })}
      </p>
    );
  }
  if (!known) return <p class="quiet">{t('orderEstimating')}</p>;
  const left = [...new Set(known.skipped.map(({ reason }) => said(reason)))];
  return (
    <div role="status">
      <p>
        <b>{tn('orderObjects', known.objects, { n: formatCount(known.objects) })}</b>{' '}
        {t('orderAmount', { mb: megabytes(known.bytes), s: formatCount(Math.ceil(known.seconds)) })}
      </p>
      {left.map((reason) => (
        <p key={reason} class="quiet">
          {t('orderLeftOut', { reason })}
        </p>
      ))}
    </div>
  );
}
