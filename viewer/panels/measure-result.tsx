import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { fetchItem } from '../api/city-api.ts';
import { formatNumber, formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { announce } from '../state/announcer.ts';
import { copyText } from '../state/copy-text.ts';
import type { Selection } from '../state/link.ts';
import type { Measurement } from '../state/measure.ts';
import type { Measured } from '../state/measured.ts';
import { catalogue } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { BuildingsInArea } from './buildings-in-area.tsx';

/** The numbers of a measurement, each with what it is measured on; said aloud whenever they change. */
export function MeasureResult({ now, result }: { now: Measurement; result: Measured }) {
  const main = mainResult(now, result);
  const spoken = main && `${t(now.finished ? 'measureDone' : 'measureSoFar')}: ${main.label} ${main.text}`;
  useEffect(() => {
    if (spoken) announce(spoken);
  }, [spoken]);
  if (!main) return <p role="status">{t('measureNoHeight')}</p>;
  const on = now.points.find((point) => point.on)?.on;
  return (
    <>
      <p class="measure-main">
        <span class="quiet">{main.label}</span>
        <strong>{main.text}</strong>
        <button
          type="button"
          class="icon-button small"
          aria-label={t('copyWhat', { what: main.text })}
          title={t('copyWhat', { what: main.text })}
          onClick={() => void copyText(main.plain, main.text)}
        >
          <Icon name="copy" />
        </button>
      </p>
      {now.kind === 'height' ? (
        <HeightFacts now={now} result={result} />
      ) : (
        <PlaneFacts now={now} result={result} />
      )}
      {now.kind === 'height' && on && <BuildingHeight key={on.id} building={on} />}
      {now.finished && result.areaM2 !== undefined && (
        <BuildingsInArea ring={now.points.map(({ at }) => at)} />
      )}
      {now.finished && <p class="quiet">{t('measureNext')}</p>}
    </>
  );
}

interface MainResult {
  readonly label: string;
  readonly text: string;
  /** For the clipboard: decimal point, no grouping, no unit. */
  readonly plain: string;
}

function mainResult({ kind }: Measurement, result: Measured): MainResult | undefined {
  const { areaM2, lengthM, riseM } = result;
  if (kind === 'height') {
    if (riseM === undefined) return undefined;
    const rise = Math.abs(riseM);
    return { label: t('measureRise'), text: formatQuantity(rise, 'm', 2), plain: rise.toFixed(2) };
  }
  if (areaM2 !== undefined) {
    return { label: t('measureArea'), text: formatQuantity(areaM2, 'm2', 2), plain: areaM2.toFixed(2) };
  }
  return { label: t('measureLength'), text: formatQuantity(lengthM, 'm', 2), plain: lengthM.toFixed(2) };
}

function PlaneFacts({ now, result }: { now: Measurement; result: Measured }) {
  const { areaM2, ellipsoidAreaM2, ellipsoidLengthM, lengthM, segmentsM, slopeLengthM } = result;
  const isArea = areaM2 !== undefined;
  return (
    <>
      <dl class="facts">
        {isArea && <Fact label="ha" value={formatQuantity(areaM2 / 10_000, 'ha', 4)} />}
        {isArea && <Fact label={t('perimeter')} value={formatQuantity(lengthM, 'm', 2)} />}
        <Fact
          label={t('measureEllipsoid')}
          value={
            ellipsoidAreaM2 === undefined
              ? formatQuantity(ellipsoidLengthM, 'm', 2)
              : formatQuantity(ellipsoidAreaM2, 'm2', 2)
          }
        />
        {slopeLengthM !== undefined && !isArea && (
          <Fact label={t('measureSlope')} value={formatQuantity(slopeLengthM, 'm', 2)} />
        )}
      </dl>
      <p class="quiet">{t('measurePlane', { scale: formatNumber(result.scaleFactor, 6) })}</p>
      {now.points.length > 2 && (
        <details class="measure-parts">
          <summary>{t('measureSegments', { n: segmentsM.length })}</summary>
          <ol>
            {segmentsM.map((lengthOfPartM, index) => (
              <li key={index}>{formatQuantity(lengthOfPartM, 'm', 2)}</li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function HeightFacts({ now, result }: { now: Measurement; result: Measured }) {
  const [first, last] = [now.points[0]?.heightM, now.points.at(-1)?.heightM];
  const state = catalogue.value;
  const model = state.kind === 'ready' ? state.value.geoid.model : '';
  return (
    <>
      <dl class="facts">
        {first !== undefined && last !== undefined && (
          <Fact
            label={t('measureHeights')}
            value={`${formatQuantity(first, 'm', 2)} → ${formatQuantity(last, 'm', 2)}`}
          />
        )}
        <Fact label={t('measureAcross')} value={formatQuantity(result.lengthM, 'm', 2)} />
        {result.slopeLengthM !== undefined && (
          <Fact label={t('measureSlope')} value={formatQuantity(result.slopeLengthM, 'm', 2)} />
        )}
      </dl>
      <p class="quiet">{t('heightSystem', { model })}</p>
    </>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** What the register of the model says about the height of the building that was pointed at. */
function BuildingHeight({ building }: { building: Selection }) {
  const heightM = useSignal<number | undefined>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    fetchItem(building.layer, building.id, controller.signal).then(
      (item) => {
        const value = item?.properties['height_m'];
        if (typeof value === 'number') heightM.value = value;
      },
      // The two points are measured all the same.
      () => undefined,
    );
    return () => controller.abort();
  }, [building.layer, building.id]);
  if (heightM.value === undefined) return null;
  return (
    <dl class="facts">
      <Fact label={t('measureBuilding')} value={formatQuantity(heightM.value, 'm', 1)} />
    </dl>
  );
}
