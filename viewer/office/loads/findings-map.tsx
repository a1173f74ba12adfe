import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { boxAround } from '../../../core/geo/plane.ts';
import type { LayersReply } from '../../../core/wire/city.ts';
import { fetchLayers } from '../../api/city-api.ts';
import { comparedPlan } from '../../compare/compare-camera.ts';
import type { ComparedCity } from '../../compare/compared-city.ts';
import { Icon } from '../../frame/icon.tsx';
import { LOADING, type Load, loadInto } from '../../state/load.ts';
import type { PlanBox } from '../../state/twin-state.ts';
import { t } from '../../text/text.ts';
import { placedFindings } from './loads-state.ts';

const city = signal<Load<LayersReply>>(LOADING);
/** Of the map on most screens. */
const LEAST_PX = 320;
const PIXEL_M = 0.00028;
/** A place is shown with what lies around it. */
const PLACE_SCALE = 1_000;
const ZOOM = 2;

/** The city as it is, without anything compared. */
const TODAY: ComparedCity = {
  ...{ key: 'base', title: '', baseAt: '', prefix: '', basePrefix: '' },
  ...{ ownLayers: new Set(), marks: [], revision: 0 },
};

/** The map goes to a place of EPSG:2177, and into sight. */
export function showOnMap([eastingM, northingM]: readonly [number, number]): void {
  comparedPlan.value = { eastingM, northingM, scaleDenominator: PLACE_SCALE };
  document.querySelector('.loads-map')?.scrollIntoView({ block: 'nearest' });
}

/** All places within the map: those of the city, where there are any. */
function showAll(all: readonly (readonly [number, number])[], city: PlanBox | undefined): void {
  const [minX, minY, maxX, maxY] = city ?? [0, 0, 0, 0];
  const inside = all.filter(([e, n]) => e > minX && e < maxX && n > minY && n < maxY);
  const places = inside.length > 0 ? inside : all;
  if (places.length === 0) return;
  const [minE, minN, maxE, maxN] = boxAround(places);
  const spanM = Math.max(maxE - minE, maxN - minN) * 1.4;
  comparedPlan.value = {
    ...{ eastingM: (minE + maxE) / 2, northingM: (minN + maxN) / 2 },
    scaleDenominator: Math.max(PLACE_SCALE, spanM / LEAST_PX / PIXEL_M),
  };
}

function zoom(factor: number): void {
  const now = comparedPlan.peek();
  if (now) comparedPlan.value = { ...now, scaleDenominator: now.scaleDenominator * factor };
}

/** The city with a pin for every finding that has a place, under its number in the table. */
export function FindingsMap() {
  const container = useRef<HTMLDivElement>(null);
  const load = city.value;
  useEffect(() => void loadInto(city, () => fetchLayers('')), []);
  useEffect(() => {
    let close: (() => void) | undefined;
    let isGone = false;
    const open = async () => {
      if (load.kind !== 'ready') return;
      const { openComparePlan } = await import('../../plan/compare-plan.ts');
      if (isGone || !container.current) return;
      const cityBox = load.value.city.extent ?? undefined;
      showAll(
        placedFindings().map(({ place }) => place),
        cityBox,
      );
      ({ close } = openComparePlan(container.current, {
        city: TODAY,
        layers: load.value.layers.toSorted((a, b) => a.drawOrder - b.drawOrder),
        cityBox,
        pins: () => placedFindings().map(({ place, ordinal }) => ({ at: place, label: String(ordinal + 1) })),
        onPick: () => {},
      }));
    };
    void open();
    return () => {
      isGone = true;
      close?.();
    };
  }, [load.kind]);
  return (
    <section class="loads-map" aria-label={t('loadsMap')}>
      <div ref={container} class="compare-map" />
      <div class="loads-zoom">
        <button type="button" class="button" aria-label={t('zoomIn')} onClick={() => zoom(1 / ZOOM)}>
          <Icon name="plus" />
        </button>
        <button type="button" class="button" aria-label={t('zoomOut')} onClick={() => zoom(ZOOM)}>
          <Icon name="minus" />
        </button>
      </div>
    </section>
  );
}
