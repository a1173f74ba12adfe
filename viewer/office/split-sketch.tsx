import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { positionsOf } from '../../core/geo/geometry.ts';
import { add, between, boxAround, distance, leftOf, subtract, unit } from '../../core/geo/plane.ts';
import { fetchItem, type ItemFeature } from '../api/city-api.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { t } from '../text/text.ts';
import { changeDraft, draftChange, idsIn, type Place, placesIn, writePlaces } from './model-change-state.ts';

/** Of the building that is split; undefined where there is none of its id. */
const sought = signal<Load<ItemFeature | undefined>>(LOADING);
const soughtId = computed(() => idsIn(changeDraft.value?.buildings ?? '')[0]);
/** A pause in typing an id. */
const TYPED_MS = 300;
/** Margin round the outline, and how near a click takes a corner, as parts of the larger side. */
const MARGIN = 0.12;
const NEAR = 0.025;

/**
 * The building from above, on which the line of a split is clicked: two places, corners of the building taken when near.
 * The field above takes the same places from the keyboard and tells those that were clicked.
 */
export function SplitSketch() {
  useEffect(() => loadAlong(sought, question, TYPED_MS), []);
  const state = sought.value;
  // Without an outline the coordinates are typed; why a building is not found says the check.
  const item = state.kind === 'ready' ? state.value : undefined;
  if (state.kind !== 'ready' || (item && item.id !== soughtId.value)) {
    return <p class="split-note">{t('modelSplitHint')}</p>;
  }
  const geometry = item?.geometry;
  if (geometry?.type !== 'MultiPolygon') return <p class="split-note">{t('modelSplitNone')}</p>;
  return <Sketch faces={geometry.coordinates} corners={[...positionsOf(geometry)]} />;
}

function question() {
  const id = soughtId.value;
  return id === undefined ? undefined : (abort: AbortSignal) => fetchItem('buildings_3d', id, abort);
}

interface Drawn {
  /** Rings of faces, EPSG:2177, easting first. */
  readonly faces: readonly (readonly (readonly (readonly number[])[])[])[];
  readonly corners: readonly (readonly number[])[];
}

function Sketch({ faces, corners }: Drawn) {
  const [minE, minN, maxE, maxN] = boxAround(corners);
  const [widthM, heightM] = [maxE - minE, maxN - minN];
  const sideM = Math.max(widthM, heightM, 1);
  const marginM = sideM * MARGIN;
  // Pictures count in few digits: metres from a corner of the building, down in place of north.
  const inSketch = ([e = 0, n = 0]: readonly number[]) => `${(e - minE).toFixed(3)},${(maxN - n).toFixed(3)}`;
  const places = placesIn(changeDraft.value?.line ?? '');

  const click = ({ currentTarget, clientX, clientY }: MouseEvent) => {
    if (!(currentTarget instanceof SVGSVGElement)) return;
    const toSketch = currentTarget.getScreenCTM()?.inverse();
    if (!toSketch) return;
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(toSketch);
    const clicked: Place = [minE + x, maxN - y];
    const place = nearCorner(clicked, corners, sideM * NEAR) ?? clicked;
    draftChange({ line: writePlaces(places.length === 1 ? [...places, place] : [place]) });
  };

  return (
    <figure class="split-sketch">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field of the line takes the same from the keyboard */}
      <svg
        role="img"
        aria-label={t('modelSplitSketch')}
        viewBox={[-marginM, -marginM, widthM + 2 * marginM, heightM + 2 * marginM].join(' ')}
        onClick={click}
      >
        {faces.map((rings) => {
          const path = rings.map((ring) => `M${ring.map(inSketch).join('L')}Z`).join('');
          return <path key={path} d={path} fill-rule="evenodd" />;
        })}
        <Line places={places} inSketch={inSketch} sideM={sideM} />
      </svg>
      <figcaption class="split-note">
        {t('modelSplitHint')}{' '}
        {places.length > 0 && (
          <button type="button" class="button" onClick={() => draftChange({ line: '' })}>
            {t('modelSplitClear')}
          </button>
        )}
      </figcaption>
    </figure>
  );
}

interface LineShown {
  readonly places: readonly Place[];
  inSketch(place: readonly number[]): string;
  readonly sideM: number;
}

/** The line through the whole building, its places, and which part lies on which side. */
function Line({ places: [from, to], inSketch, sideM }: LineShown) {
  if (!from) return null;
  const dot = (place: Place) => {
    const [cx, cy] = inSketch(place).split(',');
    return <circle key={inSketch(place)} cx={cx} cy={cy} r={sideM * 0.015} />;
  };
  if (!to || distance(from, to) === 0) return dot(from);
  const along = unit(subtract(to, from));
  const part = (name: string, leftM: number) => {
    const [x, y] = inSketch(add(between(from, to, 0.5), leftOf(along), leftM)).split(',');
    return (
      <text x={x} y={y} font-size={sideM * 0.07} text-anchor="middle" dominant-baseline="central">
        {name}
      </text>
    );
  };
  const through = [add(from, along, -2 * sideM), add(to, along, 2 * sideM)].map(inSketch).join(' ');
  return (
    <>
      <polyline points={through} />
      {dot(from)}
      {dot(to)}
      {part('1', sideM * 0.1)}
      {part('2', -sideM * 0.1)}
    </>
  );
}

function nearCorner(place: Place, corners: readonly (readonly number[])[], nearM: number): Place | undefined {
  const away = (corner: Place) => distance(corner, place);
  const [nearest] = corners.map(([e = 0, n = 0]): Place => [e, n]).toSorted((a, b) => away(a) - away(b));
  return nearest && away(nearest) <= nearM ? nearest : undefined;
}
