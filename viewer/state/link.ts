import type { Language } from '../../core/feature/layer.ts';
import { CHART_SPANS, type ChartRange, type ChartView, MOST_CURVES } from './live-view.ts';
import type { SunView } from './sun-view.ts';
import {
  MOST_VIEWS,
  PLACES_OF_VIEW,
  VIEWSHED_RADIUS_M,
  type ViewKind,
  type ViewQuestion,
} from './view-questions.ts';

/** Centre of the plan in EPSG:2177 (m) and its scale 1:`scaleDenominator` (pixel of 0.28 mm). */
export interface PlanView {
  readonly eastingM: number;
  readonly northingM: number;
  readonly scaleDenominator: number;
}

/** The eye of the 3D view: WGS 84 degrees, ellipsoidal height; pitch 0 is level, −90 straight down. */
export interface GlobeView {
  readonly lon: number;
  readonly lat: number;
  readonly heightM: number;
  readonly headingDeg: number;
  readonly pitchDeg: number;
}

export type Mode = '2d' | '3d' | 'split';

/** One object of one layer, shared by plan, globe and panels. */
export interface Selection {
  readonly layer: string;
  readonly id: string;
}

export interface LayerSetting {
  readonly visible: boolean;
  /** 0–1. */
  readonly opacity: number;
}

/** Everything that a link to a view says. What it does not say is left as it is by default. */
export interface ViewLink {
  readonly mode?: Mode | undefined;
  readonly plan?: PlanView | undefined;
  readonly globe?: GlobeView | undefined;
  readonly layers?: Readonly<Record<string, LayerSetting>> | undefined;
  readonly selection?: Selection | undefined;
  readonly language?: Language | undefined;
  /** Id of the scenario that is shown in place of today's city. */
  readonly scenario?: string | undefined;
  /** The day whose city is shown. */
  readonly at?: string | undefined;
  /** The moment whose measurements are shown, milliseconds since 1970; without it the present. */
  readonly time?: number | undefined;
  /** Kinds of sensors that are left out on the map. */
  readonly hiddenKinds?: readonly string[] | undefined;
  readonly chart?: ChartView | undefined;
  /** Id of the parcel that is checked. */
  readonly parcel?: string | undefined;
  /** Id of the building that is checked with the ground under it. */
  readonly building?: string | undefined;
  /** Ids of the list that is checked. */
  readonly list?: readonly string[] | undefined;
  /** Corners of the area that is checked, EPSG:2177, easting first; not closed. */
  readonly area?: readonly (readonly [easting: number, northing: number])[] | undefined;
  /** The day whose law is applied to it. */
  readonly law?: string | undefined;
  /** The code of a printed check, to be held against the answer. */
  readonly code?: string | undefined;
  /** The moment whose sun is shown, and the square whose hours of sun are. */
  readonly sun?: SunView | undefined;
  /** What is asked of views from places on the map. */
  readonly views?: readonly ViewQuestion[] | undefined;
  /** The question of the site finder, as `sites/sites-query.ts` writes it. */
  readonly sites?: string | undefined;
  /** The question of siting, as `siting/siting-query.ts` writes it. */
  readonly siting?: string | undefined;
  /** The question of traffic, as `traffic/traffic-query.ts` writes it. */
  readonly traffic?: string | undefined;
  /** Whether what may be built on the selected parcel is shown. */
  readonly capacity?: boolean | undefined;
  /** The look under the ground with an excavation, as `dig.ts` writes it. */
  readonly dig?: string | undefined;
  /** A finished measurement, as `measure.ts` writes it. */
  readonly measure?: string | undefined;
  /** The box that the 3D city is cut to, as `clip.ts` writes it. */
  readonly clip?: string | undefined;
  /** How 3D buildings are coloured and which are left out, as `building-look.ts` writes it. */
  readonly look?: string | undefined;
}

/** Longer lists make links that programs cut. */
const MOST_IN_LINK = 100;

/** The link as the fragment of an address, without `#`. Readable on purpose: people edit links. */
export function writeLink(link: ViewLink): string {
  const parts: string[] = [];
  const add = (name: string, value: string) => parts.push(`${name}=${escapeValue(value)}`);
  if (link.scenario) add('scenario', link.scenario);
  if (link.at) add('at', link.at);
  if (link.time !== undefined) add('time', minuteOf(link.time));
  if (link.mode) add('view', link.mode);
  if (link.plan) {
    add('n', link.plan.northingM.toFixed(2));
    add('e', link.plan.eastingM.toFixed(2));
    add('scale', link.plan.scaleDenominator.toFixed(0));
  }
  if (link.globe) {
    const { lon, lat, heightM, headingDeg, pitchDeg } = link.globe;
    add(
      'eye',
      [lon.toFixed(7), lat.toFixed(7), heightM.toFixed(2), headingDeg.toFixed(2), pitchDeg.toFixed(2)].join(),
    );
  }
  if (link.layers) {
    const layers = Object.entries(link.layers).map(
      ([name, { visible, opacity }]) =>
        `${visible ? '' : '-'}${name}${opacity === 1 ? '' : `*${Math.round(opacity * 100)}`}`,
    );
    if (layers.length > 0) add('layers', layers.join());
  }
  if (link.hiddenKinds && link.hiddenKinds.length > 0) add('hide', link.hiddenKinds.join());
  if (link.chart) {
    const { datastreams, range } = link.chart;
    add('chart', datastreams.join());
    add('range', 'span' in range ? range.span : `${minuteOf(range.fromMs)}..${minuteOf(range.toMs)}`);
  }
  if (link.parcel) add('parcel', link.parcel);
  if (link.building) add('building', link.building);
  if (link.list && link.list.length > 0 && link.list.length <= MOST_IN_LINK) {
    add('list', link.list.join());
  }
  if (link.area && link.area.length > 2) add('area', link.area.map((corner) => corner.join()).join(';'));
  if (link.law) add('law', link.law);
  if (link.code) add('code', link.code);
  if (link.sun) add('sun', sunText(link.sun));
  if (link.views && link.views.length > 0 && link.views.length <= MOST_VIEWS) {
    add('views', link.views.map(viewText).join(';'));
  }
  if (link.sites !== undefined) add('sites', link.sites);
  if (link.siting !== undefined) add('siting', link.siting);
  if (link.traffic !== undefined) add('traffic', link.traffic);
  if (link.selection) add('pick', `${link.selection.layer}/${link.selection.id}`);
  if (link.capacity) add('capacity', 'yes');
  if (link.dig !== undefined) add('dig', link.dig);
  if (link.measure !== undefined) add('measure', link.measure);
  if (link.clip !== undefined) add('clip', link.clip);
  if (link.look !== undefined) add('look', link.look);
  if (link.language) add('lang', link.language);
  return parts.join('&');
}

/** `2026-03-20T10:35,6427000,5808000,300`: on the clocks of the city, as people say it. */
function sunText({ day, minute, square }: SunView): string {
  const clock = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  const where =
    square && [square.eastingM, square.northingM, square.sideM].map((metres) => metres.toFixed(0));
  return [`${day}T${clock}`, ...(where ?? [])].join();
}

/**
 * `sight:10,6427000.5,5808000,6427100,5808050`: the kind, metres above the ground, the places with easting first; of a
 * viewshed its radius last.
 */
const viewText = ({ kind, aboveM, places, radiusM }: ViewQuestion): string =>
  `${kind}:${[aboveM, ...places.flat(), ...(radiusM === undefined ? [] : [radiusM])].join()}`;

/** A moment to the minute, in UTC. */
const minuteOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`;

// Only what would break the fragment: identifiers with slashes, dots and commas stay readable.
const escapeValue = (value: string): string => value.replace(/[%&=#+\s]/g, encodeURIComponent);

/** Reads a fragment; whatever is not understood is left out rather than refused. */
export function readLink(fragment: string): ViewLink {
  const values = new Map<string, string>();
  for (const part of fragment.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at > 0) values.set(part.slice(0, at), unescapeValue(part.slice(at + 1)));
  }
  return {
    mode: oneOf(values.get('view'), ['2d', '3d', 'split']),
    plan: readPlan(values),
    globe: readGlobe(values.get('eye')),
    layers: readLayers(values.get('layers')),
    selection: readSelection(values.get('pick')),
    language: oneOf(values.get('lang'), ['pl', 'en']),
    scenario: matching(values.get('scenario'), /^[\w-]{1,100}$/),
    time: readTime(values.get('time')),
    chart: readChart(values),
    sun: readSun(values.get('sun')),
    ...readViews(values.get('views')),
    hiddenKinds: values.get('hide')?.split(','),
    parcel: matching(values.get('parcel'), /^.{1,100}$/),
    building: matching(values.get('building'), /^.{1,100}$/),
    ...readChecked(values),
    law: matching(values.get('law'), /^\d{4}-\d{2}-\d{2}$/),
    code: matching(values.get('code'), /^[\w-]{4,64}$/),
    sites: matching(values.get('sites'), /^[\w.,:;~-]{1,800}$/),
    siting: matching(values.get('siting'), /^[\w.,:;%~!*'()-]{1,16000}$/),
    traffic: matching(values.get('traffic'), /^[\w.:;+%~!*'()-]{1,800}$/),
    ...(values.get('capacity') === 'yes' && { capacity: true }),
    dig: values.get('dig'),
    measure: values.get('measure'),
    clip: values.get('clip'),
    look: matching(values.get('look'), /^[\w.:;,%~!*'() -]{1,16000}$/),
    at: matching(values.get('at'), /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2}))?$/),
  };
}

/** A list of parcels or the corners of an area to check. */
function readChecked(values: ReadonlyMap<string, string>): Pick<ViewLink, 'list' | 'area'> {
  const ids = (values.get('list') ?? '').split(',').filter((id) => /^.{1,100}$/.test(id));
  const corners = (values.get('area') ?? '').split(';').map((corner) => corner.split(',').map(Number));
  const area = corners.map(([e = Number.NaN, n = Number.NaN]) => [e, n] as const);
  const isArea = area.length > 2 && area.every(([e, n]) => isPlace(e, n));
  return { ...(ids.length > 0 && { list: ids }), ...(isArea && { area }) };
}

/** Within the zones of PL-2000 that this city and its neighbours lie in. */
const isPlace = (eastingM: number, northingM: number): boolean =>
  inRange(eastingM, 6_100_000, 6_919_200) && inRange(northingM, 5_300_000, 6_219_200);

function unescapeValue(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function oneOf<T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((word) => word === value);
}

const matching = (value: string | undefined, form: RegExp): string | undefined =>
  value !== undefined && form.test(value) ? value : undefined;

/** Later than any sensor of this city may have measured, and earlier than the farthest forecast. */
const [EARLIEST_MS, LATEST_MS] = [Date.UTC(1900, 0), Date.UTC(2200, 0)];

function readTime(text: string | undefined): number | undefined {
  const ms = Date.parse(matching(text, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/) ?? '');
  return inRange(ms, EARLIEST_MS, LATEST_MS) ? ms : undefined;
}

function readSun(text: string | undefined): SunView | undefined {
  const [moment = '', ...where] = (text ?? '').split(',');
  const [, day, hours, minutes] =
    /^((?:19|20|21)\d\d-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)$/.exec(moment) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(day))) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  const [eastingM = Number.NaN, northingM = Number.NaN, sideM = Number.NaN] = where.map(Number);
  const hasSquare = isPlace(eastingM, northingM) && inRange(sideM, 50, 1000);
  return { day, minute, ...(hasSquare && { square: { eastingM, northingM, sideM } }) };
}

const VIEW_KINDS = Object.keys(PLACES_OF_VIEW) as ViewKind[];

function readViews(text: string | undefined): Pick<ViewLink, 'views'> {
  const views = (text ?? '').split(';').flatMap((word): ViewQuestion[] => {
    const [name, numbers = ''] = word.split(':');
    const kind = oneOf(name, VIEW_KINDS);
    const [aboveM = Number.NaN, ...metres] = numbers.split(',').map(Number);
    if (!kind || !inRange(aboveM, 0, 300)) return [];
    const radiusM = kind === 'viewshed' ? metres[2] : undefined;
    if (metres.length !== 2 * PLACES_OF_VIEW[kind] + (radiusM === undefined ? 0 : 1)) return [];
    if (radiusM !== undefined && !inRange(radiusM, VIEWSHED_RADIUS_M.least, VIEWSHED_RADIUS_M.most))
      return [];
    const places = Array.from({ length: PLACES_OF_VIEW[kind] }, (_, n): [number, number] => [
      metres[2 * n] ?? 0,
      metres[2 * n + 1] ?? 0,
    ]);
    const question = { kind, aboveM, places, ...(radiusM !== undefined && { radiusM }) };
    return places.every(([e, n]) => isPlace(e, n)) ? [question] : [];
  });
  return views.length > 0 ? { views: views.slice(0, MOST_VIEWS) } : {};
}

function readChart(values: ReadonlyMap<string, string>): ChartView | undefined {
  const ids = (values.get('chart') ?? '').split(',').filter((id) => /^\d{1,15}$/.test(id));
  const range = readRange(values.get('range') ?? 'day');
  if (ids.length === 0 || range === undefined) return undefined;
  return { datastreams: [...new Set(ids.map(Number))].slice(0, MOST_CURVES), range };
}

function readRange(text: string): ChartRange | undefined {
  const span = oneOf(text, CHART_SPANS);
  if (span) return { span };
  const [fromMs, toMs] = text.split('..').map(readTime);
  return fromMs !== undefined && toMs !== undefined && fromMs < toMs ? { fromMs, toMs } : undefined;
}

const inRange = (value: number, min: number, max: number): boolean => value >= min && value <= max;

function readPlan(values: ReadonlyMap<string, string>): PlanView | undefined {
  const [northingM, eastingM, scaleDenominator] = ['n', 'e', 'scale'].map((name) =>
    Number.parseFloat(values.get(name) ?? ''),
  );
  if (northingM === undefined || eastingM === undefined || scaleDenominator === undefined) return undefined;
  const usable = isPlace(eastingM, northingM) && inRange(scaleDenominator, 10, 20_000_000);
  return usable ? { eastingM, northingM, scaleDenominator } : undefined;
}

function readGlobe(text: string | undefined): GlobeView | undefined {
  const [lon, lat, heightM, headingDeg, pitchDeg] = (text ?? '').split(',').map(Number.parseFloat);
  if (lon === undefined || lat === undefined || heightM === undefined) return undefined;
  if (headingDeg === undefined || pitchDeg === undefined) return undefined;
  const usable =
    inRange(lon, -180, 180) &&
    inRange(lat, -90, 90) &&
    inRange(heightM, -500, 30_000_000) &&
    inRange(headingDeg, -360, 720) &&
    inRange(pitchDeg, -90, 90);
  return usable ? { lon, lat, heightM, headingDeg, pitchDeg } : undefined;
}

function readLayers(text: string | undefined): Record<string, LayerSetting> | undefined {
  if (text === undefined) return undefined;
  const layers: Record<string, LayerSetting> = {};
  for (const word of text.split(',')) {
    const match = /^(-?)([\w.]+)(?:\*(\d{1,3}))?$/.exec(word);
    if (!match?.[2]) continue;
    layers[match[2]] = {
      visible: match[1] !== '-',
      opacity: match[3] === undefined ? 1 : Math.min(100, Number(match[3])) / 100,
    };
  }
  return layers;
}

function readSelection(text: string | undefined): Selection | undefined {
  const match = /^([\w.]+)\/(.+)$/.exec(text ?? '');
  return match?.[1] && match[2] ? { layer: match[1], id: match[2] } : undefined;
}
