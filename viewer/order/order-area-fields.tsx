import { selection } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { finishOrderArea, isDrawingArea, startOrderArea } from './order-area.ts';
import { OrderFileField } from './order-file-field.tsx';
import { AREA_KINDS, type AreaKind, areaKind, metres, placeName } from './order-state.ts';
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

/** Which ground is ordered. */
export function OrderAreaFields() {
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
