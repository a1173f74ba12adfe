import { MAP_DPI, MAP_PAPERS, MAP_SCALES, type MapPaper } from '../../core/wire/order.ts';
import { formatCount } from '../format/number.ts';
import { t } from '../text/text.ts';
import { mapDpi, mapPaper, mapScale, mapTitle, orderedFormats } from './order-state.ts';

/** Of the map on paper: its scale, the largest sheet, its title. */
export function OrderMapFields() {
  return (
    <fieldset class="order-group">
      <legend>{t('orderMap')}</legend>
      <div class="order-pair">
        <label class="field">
          {t('orderScale')}
          <select
            value={String(mapScale.value)}
            onChange={(event) => {
              mapScale.value = Number(event.currentTarget.value) as (typeof MAP_SCALES)[number];
            }}
          >
            {MAP_SCALES.map((scale) => (
              <option key={scale} value={String(scale)}>
                1:{formatCount(scale)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          {t('orderPaper')}
          <select
            value={mapPaper.value}
            onChange={(event) => {
              mapPaper.value = event.currentTarget.value as MapPaper;
            }}
          >
            {MAP_PAPERS.map((paper) => (
              <option key={paper} value={paper}>
                {paper}
              </option>
            ))}
          </select>
        </label>
      </div>
      {orderedFormats.value.includes('map-tif') && (
        <label class="field">
          {t('orderDpi')}
          <select
            value={String(mapDpi.value)}
            onChange={(event) => {
              mapDpi.value = Number(event.currentTarget.value) as (typeof MAP_DPI)[number];
            }}
          >
            {MAP_DPI.map((dpi) => (
              <option key={dpi} value={String(dpi)}>
                {dpi} dpi
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        {t('orderMapTitle')}
        <input
          maxLength={120}
          value={mapTitle.value}
          onInput={(event) => {
            mapTitle.value = event.currentTarget.value;
          }}
        />
      </label>
    </fieldset>
  );
}
