import { crsTitle } from '../../core/geo/crs-title.ts';
import { type GivenArea, ORDER_SRIDS, type OrderRequest } from '../../core/wire/order.ts';
import { formatCount } from '../format/number.ts';
import { CheckField } from '../frame/check-field.tsx';
import { Icon } from '../frame/icon.tsx';
import { language, t, tn } from '../text/text.ts';
import { fileName, fileSrid, givenArea, isRepairTaken, readAreaFile } from './order-file.ts';

/** An area out of a file: which one, in which system, and what was read of it. */
export function OrderFileField() {
  const load = givenArea.value;
  return (
    <>
      <p class="quiet">{t('orderFileHint')}</p>
      <p class="order-row">
        <label class="button">
          <Icon name="upload" />
          {t('orderFilePick')}
          <input
            type="file"
            class="visually-hidden"
            accept=".zip,.shp,.dxf,.geojson,.json,.kml,.kmz,.wkt,.txt,.csv"
            onChange={({ currentTarget }) => {
              void readAreaFile(currentTarget.files?.[0]);
              // The same file may be chosen again after it was mended.
              currentTarget.value = '';
            }}
          />
        </label>
      </p>
      <label class="field">
        {t('orderFileCrs')}
        <select
          value={String(fileSrid.value)}
          onChange={(event) => {
            fileSrid.value = Number(event.currentTarget.value) as OrderRequest['srid'];
            void readAreaFile();
          }}
        >
          {ORDER_SRIDS.map((srid) => (
            <option key={srid} value={String(srid)}>
              {crsTitle(srid, language.value)}
            </option>
          ))}
        </select>
      </label>
      {load?.kind === 'loading' && <p class="quiet">{t('orderFileReading')}</p>}
      {load?.kind === 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('orderFileRefused', { reason: load.reason })}
        </p>
      )}
      {load?.kind === 'ready' && <Read area={load.value} />}
    </>
  );
}

function Read({ area }: { area: GivenArea }) {
  return (
    <div role="status">
      <p>
        <b>{fileName.value}</b>: {area.form === 'list of coordinates' ? t('orderFileList') : area.form},{' '}
        {crsTitle(area.srid, language.value)}
        {area.sridFrom === 'asked' && ` (${t('orderFileCrsAsked')})`},{' '}
        {tn('orderFileVertices', area.vertices, { n: formatCount(area.vertices) })},{' '}
        {formatCount(Math.round(area.areaM2))} m²
      </p>
      {area.polygons > 1 && <p class="quiet">{t('orderFileUnion', { n: formatCount(area.polygons) })}</p>}
      {area.leftOut > 0 && <p class="quiet">{t('orderFileLeftOut', { n: formatCount(area.leftOut) })}</p>}
      {area.simplifiedM > 0 && (
        <p class="quiet">
          {t('orderFileSimplified', { m: area.simplifiedM.toLocaleString(language.value) })}
        </p>
      )}
      {area.faults.map(({ reason, e, n }) => (
        <p key={`${e} ${n}`} class="what-if-note warning">
          {t('orderFileFault', {
            reason: reason === 'Self-intersection' ? t('orderFileCrosses') : reason,
            e: e.toFixed(2),
            n: n.toFixed(2),
          })}
        </p>
      ))}
      {area.faults.length > 0 && (
        <CheckField
          checked={isRepairTaken.value}
          onChange={(checked) => {
            isRepairTaken.value = checked;
          }}
        >
          {t('orderFileRepair')}
        </CheckField>
      )}
    </div>
  );
}
