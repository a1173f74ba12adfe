/** What is being ordered, and what it would be. */
import { computed, signal } from '@preact/signals';
import { CITY_HEIGHTS, type HeightSystem } from '../../core/geo/height-systems.ts';
import { ORDER_PROFILES } from '../../core/order/order-profiles.ts';
import type {
  MAP_DPI,
  MAP_SCALES,
  MapPaper,
  NewDataOrder,
  OrderArea,
  OrderEstimate,
  OrderFormat,
  OrderRequest,
} from '../../core/wire/order.ts';
import { addressOf, postJson } from '../api/city-api.ts';
import { PARCELS } from '../state/checked-parcel.ts';
import { LOADING, type Load, lastOf, loadAlong } from '../state/load.ts';
import { isStaff, session } from '../state/session.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { planView, selection } from '../state/twin-state.ts';
import { drawnArea, isDrawingArea } from './order-area.ts';
import { givenArea, isRepairTaken } from './order-file.ts';
import { caseNumber, client, profile, profiles } from './order-profile.ts';

export const ORDER_SPACE = 'order';

export const AREA_KINDS = [
  'parcels',
  'polygon',
  'place',
  'street',
  'sheet',
  'district',
  'precinct',
  'file',
  'city',
] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** CRS of the plan. */
const PLAN_SRID = 2177;
const PAUSE_MS = 400;
/** Characters of the number of a case. */
const LEAST_CASE = 3;

export const areaKind = signal<AreaKind>('parcels');
/** Of the margin, the radius or the street. */
export const metres = signal(50);
/** Name of the street or the sheet. */
export const placeName = signal('');
export const orderedLayers = signal<readonly string[]>([
  'parcels',
  'buildings',
  'boundary_points',
  'control_points',
  'utility_lines',
  'utility_devices',
]);
export const orderedFormats = signal<readonly OrderFormat[]>(['gml', 'dxf']);
export const orderedSrid = signal<OrderRequest['srid']>(PLAN_SRID);
export const orderedHeights = signal<HeightSystem>(CITY_HEIGHTS);
export const isCut = signal(false);
/** `yyyy-mm-dd`: only what has changed since then; empty = everything. */
export const sinceDay = signal('');
export const mapScale = signal<(typeof MAP_SCALES)[number]>(500);
/** The largest sheet. */
export const mapPaper = signal<MapPaper>('A0');
export const mapTitle = signal('');
/** Of the map as a picture. */
export const mapDpi = signal<(typeof MAP_DPI)[number]>(254);
export const notifyEmail = signal('');
export const notifyWebhook = signal('');
export const notifySecret = signal('');
export const estimate = signal<Load<OrderEstimate>>(LOADING);
/** The area that is meant; undefined while something is missing. */
const area = computed<OrderArea | undefined>(() => {
  const name = placeName.value.trim();
  switch (areaKind.value) {
    case 'parcels': {
      const picked = selection.value;
      return picked?.layer === PARCELS
        ? { kind: 'parcels', ids: [picked.id], bufferM: metres.value }
        : undefined;
    }
    case 'polygon': {
      const ring = drawnArea.value;
      const [first] = ring;
      if (isDrawingArea.value || !first || ring.length < 3) return undefined;
      const coordinates = [[...ring, first].map(([e, n]): [number, number] => [e, n])];
      return { kind: 'polygon', geometry: { type: 'Polygon', coordinates }, srid: PLAN_SRID };
    }
    case 'place': {
      const view = planView.value;
      return (
        view && {
          ...{ kind: 'place', at: [view.eastingM, view.northingM] },
          ...{ srid: PLAN_SRID, radiusM: Math.max(1, metres.value) },
        }
      );
    }
    case 'street':
      return name === '' ? undefined : { kind: 'street', name, widthM: Math.max(1, metres.value) };
    case 'sheet':
      return name === '' ? undefined : { kind: 'sheet', name };
    case 'district':
    case 'precinct':
      return name === '' ? undefined : { kind: areaKind.value, id: name };
    case 'file': {
      const load = givenArea.value;
      if (load?.kind !== 'ready' || (load.value.faults.length > 0 && !isRepairTaken.value)) return undefined;
      return load.value.area;
    }
    case 'city':
      return { kind: 'city' };
  }
});

/** Whether the profile includes a layer. */
export const isLayerOffered = (name: string): boolean =>
  ORDER_PROFILES[profile.value].layers?.includes(name) ?? true;
/** Whether the profile is handed out in a format. */
export const isFormatOffered = (format: OrderFormat): boolean =>
  !ORDER_PROFILES[profile.value].withoutFormats?.includes(format);
/** Whether one of them is a map in scale. */
export const isMapOf = (formats: readonly OrderFormat[]): boolean =>
  formats.includes('pdf') || formats.includes('map-tif');
/** Of what is ticked, what the profile includes: ticks of another profile stay for it. */
const takenLayers = computed(() => orderedLayers.value.filter(isLayerOffered));
const takenFormats = computed(() => orderedFormats.value.filter(isFormatOffered));

/** What is estimated; undefined while something is missing. */
export const order = computed<NewDataOrder | undefined>(() => {
  const [meant, layers, formats] = [area.value, takenLayers.value, takenFormats.value];
  if (!meant || layers.length === 0 || formats.length === 0) return undefined;
  const title = mapTitle.value.trim();
  return {
    ...{ area: meant, layers: [...layers], formats: [...formats], srid: orderedSrid.value },
    cut: isCut.value ? 'clip' : 'whole',
    heights: orderedHeights.value,
    profile: profile.value,
    ...(sinceDay.value !== '' && { since: sinceDay.value }),
    ...(isMapOf(formats) && {
      map: {
        scale: mapScale.value,
        paper: mapPaper.value,
        dpi: mapDpi.value,
        ...(title !== '' && { title }),
      },
    }),
  };
});

/** What it lacks to be ordered. */
export const missing = computed(() => {
  if (!area.value) return areaKind.value === 'parcels' ? 'parcel' : 'area';
  if (takenLayers.value.length === 0) return 'layers';
  if (takenFormats.value.length === 0) return 'formats';
  const needsCase = lastOf(profiles.value)?.find((each) => each.profile === profile.value)?.needsCase;
  return needsCase && caseNumber.value.trim().length < LEAST_CASE ? 'case' : undefined;
});

/** What is ordered, with whom it is for and whom to tell. */
export const wantedOrder = computed<NewDataOrder | undefined>(() => {
  const [number, forWhom] = [caseNumber.value.trim(), client.value.trim()];
  const [email, webhook, secret] = [notifyEmail, notifyWebhook, notifySecret].map(({ value }) =>
    value.trim(),
  );
  return (
    order.value && {
      ...order.value,
      ...(number !== '' && { caseNumber: number }),
      ...(isStaff.value && forWhom !== '' && { client: forWhom }),
      ...(session.value &&
        (email || webhook) && {
          notify: { ...(email && { email }), ...(webhook && { webhook, ...(secret && { secret }) }) },
        }),
    }
  );
});

/** Keeps the estimate in step with the order. @returns how to stop */
export const followEstimate = (): (() => void) =>
  loadAlong(
    estimate,
    () => {
      const asked = order.value;
      void cityPrefix.value;
      return (
        asked && (async (abort) => (await postJson(addressOf('api/orders/estimate'), asked, abort)).json())
      );
    },
    PAUSE_MS,
  );
