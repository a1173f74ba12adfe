import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { reasonOf } from '../../core/errors.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import { formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { openComparePlan, zoomPlans } from '../plan/compare-plan.ts';
import { announce } from '../state/announcer.ts';
import { t } from '../text/text.ts';
import { arrangement, BASE, dimension, shownCities, swipeAt } from './compare-state.ts';
import type { ComparedCity } from './compared-city.ts';
import { pickPlace, pins } from './remarks-state.ts';

/** How far the globes have come, by pane; in words where one cannot be drawn. */
const globeProblem = signal<string | undefined>(undefined);

/** All shown cities through one camera: beside each other, or one over the other with a line between. */
export function Stage({ reply }: { reply: LayersReply }) {
  const cities = shownCities.value;
  const swipe = arrangement.value === 'swipe' && cities.length === 2;
  return (
    <div
      class={`compare-stage ${swipe ? 'swipe' : `split of-${cities.length}`}`}
      style={{ '--swipe': `${(swipeAt.value * 100).toFixed(2)}%` }}
    >
      {cities.map((city) => (
        <section key={city.key} class="compare-pane" aria-label={city.title}>
          {dimension.value === '2d' ? (
            <PlanPane key={`${city.key} ${city.revision}`} city={city} reply={reply} />
          ) : (
            <GlobePane key={`${city.key} ${city.revision}`} city={city} reply={reply} />
          )}
          <Caption city={city} />
        </section>
      ))}
      {swipe && <SwipeLine />}
      {dimension.value === '2d' && <ZoomButtons />}
      {dimension.value === '3d' && globeProblem.value && (
        <p class="compare-notice warning" role="alert">
          {t('globeFailed', { reason: globeProblem.value })}
        </p>
      )}
    </div>
  );
}

function Caption({ city }: { city: ComparedCity }) {
  const isBase = city.key === BASE;
  return (
    <p class={`compare-caption ${isBase ? '' : 'in-scenario'}`}>
      <strong>{isBase ? t('compareBase') : city.title}</strong>
      {isBase && <span>{formatDate(city.baseAt)}</span>}
    </p>
  );
}

function PlanPane({ city, reply }: { city: ComparedCity; reply: LayersReply }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!container.current) return undefined;
    const layers = reply.layers.toSorted((a, b) => a.drawOrder - b.drawOrder);
    const plan = openComparePlan(container.current, {
      city,
      layers,
      cityBox: reply.city.extent ?? undefined,
      pins: () => pins.value,
      onPick: (at, found) => pickPlace(at, found[0]),
    });
    return plan.close;
  }, []);
  return <div ref={container} class="compare-map" data-city={city.key} />;
}

function GlobePane({ city, reply }: { city: ComparedCity; reply: LayersReply }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let close: (() => void) | undefined;
    let gone = false;
    const start = async () => {
      try {
        const { openCompareGlobe } = await import('../globe/compare-globe.ts');
        if (gone || !container.current) return;
        close = await openCompareGlobe(container.current, city, reply);
        if (gone) close();
        else container.current.dataset['ready'] = 'true';
      } catch (error) {
        globeProblem.value = reasonOf(error);
      }
    };
    void start();
    return () => {
      gone = true;
      close?.();
    };
  }, []);
  return <div ref={container} class="compare-map globe" data-city={city.key} />;
}

function ZoomButtons() {
  return (
    <div class="compare-zoom">
      <button type="button" class="icon-button" aria-label={t('zoomIn')} onClick={() => zoomPlans(1)}>
        <Icon name="plus" />
      </button>
      <button type="button" class="icon-button" aria-label={t('zoomOut')} onClick={() => zoomPlans(-1)}>
        <Icon name="minus" />
      </button>
    </div>
  );
}

const KEY_STEP = 0.05;

/** The line between before and after: dragged, or moved by the arrow keys. */
function SwipeLine() {
  const percent = Math.round(swipeAt.value * 100);
  const moveTo = (at: number) => {
    swipeAt.value = Math.max(0, Math.min(1, at));
  };
  return (
    <div
      class="swipe-line"
      role="slider"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('compareSwipe')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={t('compareSwipeAt', { percent })}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const stage = event.currentTarget.parentElement?.getBoundingClientRect();
        if (stage) moveTo((event.clientX - stage.x) / stage.width);
      }}
      onKeyDown={(event) => {
        const to = {
          ArrowLeft: swipeAt.value - KEY_STEP,
          ArrowRight: swipeAt.value + KEY_STEP,
          Home: 0,
          End: 1,
        }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        moveTo(to);
        announce(t('compareSwipeAt', { percent: Math.round(swipeAt.value * 100) }));
      }}
    >
      <span class="swipe-grip" aria-hidden="true">
        <Icon name="chevrons-left" />
        <Icon name="chevrons-right" />
      </span>
    </div>
  );
}
