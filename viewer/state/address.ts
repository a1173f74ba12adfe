import { batch, effect } from '@preact/signals';
import { language } from '../text/text.ts';
import { lookText, readLook } from './building-look.ts';
import {
  BUILDINGS,
  checkedBuilding,
  checkedParcel,
  drawnRing,
  expectedCode,
  isDrawing,
  lawDay,
  listedIds,
  PARCELS,
} from './checked-parcel.ts';
import { clipBox, clipText, readClip } from './clip.ts';
import { closeDig, dig, digText, readDig } from './dig.ts';
import { readLink, type Selection, type ViewLink, writeLink } from './link.ts';
import { chartView, kindsHidden } from './live-view.ts';
import { measurement, measureText, showMeasure } from './measure.ts';
import { type CityState, cityOfPath, wantedCity } from './shown-city.ts';
import { goTo, shownTime } from './shown-time.ts';
import { capacityShown, sitesLink } from './sites-link.ts';
import { sitingLink } from './siting-link.ts';
import { sunView } from './sun-view.ts';
import { trafficLink } from './traffic-link.ts';
import { globeView, layerSettings, leader, mode, planView, selection, webglAvailable } from './twin-state.ts';
import { viewQuestions, viewsOpen } from './view-questions.ts';

const CAMERA_DELAY_MS = 250;

/** The link to what is on the screen now. */
function currentLink(): ViewLink {
  return {
    mode: mode.value,
    plan: mode.value === '3d' ? undefined : planView.value,
    globe: mode.value === '2d' ? undefined : globeView.value,
    layers: layerSettings.value,
    selection: selection.value,
    language: language.value,
    time: shownTime.value,
    hiddenKinds: [...kindsHidden.value],
    chart: chartView.value,
    parcel: checkedParcel.value,
    building: checkedBuilding.value,
    list: listedIds.value,
    area: isDrawing.value ? undefined : drawnRing.value,
    law: lawDay.value,
    code: expectedCode.value,
    sun: sunView.value,
    views: viewsOpen.value ? viewQuestions.value : undefined,
    sites: sitesLink.value,
    siting: sitingLink.value,
    traffic: trafficLink.value,
    capacity: capacityShown.value && selection.value?.layer === 'parcels',
    dig: dig.value && digText(dig.value),
    measure: measurement.value && measureText(measurement.value),
    clip: clipBox.value && clipText(clipBox.value),
    look: lookText(),
    ...wantedCity.value,
  };
}

/**
 * A page opened at `/s/{scenario}/` or `/at/{moment}/` shows that city; from then on the address is that of the viewer
 * itself and the fragment alone says which city is shown, so that there is one way to leave it.
 */
export function adoptPath(): CityState {
  const found = cityOfPath(location.pathname);
  if (!found) return {};
  history.replaceState(null, '', `${found.root}${location.search}${location.hash}`);
  return found.city;
}

/** Names that other programs write behind a question mark, where they cannot write a fragment. */
const ASKED = ['parcel', 'building', 'list', 'area', 'law', 'code', 'at', 'scenario', 'lang'];

/** What `?parcel=…` and its like say; from then on the fragment alone does. */
export function adoptQuery(): ViewLink {
  const query = new URLSearchParams(location.search);
  const asked = ASKED.flatMap((name) => {
    const value = query.get(name);
    query.delete(name);
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  if (asked.length === 0) return {};
  const rest = query.size > 0 ? `?${query}` : '';
  history.replaceState(null, '', `${location.pathname}${rest}${location.hash}`);
  const link = readLink(asked.join('&'));
  return Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined));
}

/** Shows what a link says; what it leaves out stays. */
export function applyLink(link: ViewLink): void {
  batch(() => {
    if (link.language) language.value = link.language;
    if (link.mode) mode.value = webglAvailable.value ? link.mode : '2d';
    if (link.layers) layerSettings.value = link.layers;
    checkedParcel.value = link.parcel;
    checkedBuilding.value = link.building;
    listedIds.value = link.list ?? [];
    if (!isDrawing.peek()) drawnRing.value = link.area;
    lawDay.value = link.law;
    expectedCode.value = link.code;
    selection.value = link.selection ?? checkedObject(link);
    kindsHidden.value = new Set(link.hiddenKinds);
    chartView.value = link.chart;
    sunView.value = link.sun;
    if (link.views || viewsOpen.peek()) viewQuestions.value = link.views ?? [];
    sitesLink.value = link.sites;
    sitingLink.value = link.siting;
    trafficLink.value = link.traffic;
    capacityShown.value = link.capacity ?? false;
    closeDig();
    dig.value = readDig(link.dig);
    showMeasure(link.measure);
    clipBox.value = readClip(link.clip);
    readLook(link.look);
    const { scenario, at } = wantedCity.peek();
    if (link.scenario !== scenario || link.at !== at) {
      // A scenario is pinned to its own moment: of the two it is the more telling one.
      wantedCity.value = link.scenario ? { scenario: link.scenario } : link.at ? { at: link.at } : {};
    }
    if (link.time === undefined) shownTime.value = undefined;
    else goTo(link.time, Date.now());
    if (link.plan || link.globe) leader.value = 'link';
    if (link.plan) planView.value = link.plan;
    if (link.globe) globeView.value = link.globe;
  });
}

/** The parcel or building of a link that does not say what is selected. */
function checkedObject({ parcel, building }: ViewLink): Selection | undefined {
  if (parcel) return { layer: PARCELS, id: parcel };
  return building ? { layer: BUILDINGS, id: building } : undefined;
}

/**
 * Keeps the address and the state equal: a step that people would want to go back from (scenario,
 * moment, mode, selection, language) becomes an entry of the history; camera and layers only rewrite the present one.
 */
export function followAddress(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let step = stepOf();
  let silent = false;

  const write = () => {
    timer = undefined;
    const fragment = `#${writeLink(currentLink())}`;
    const next = stepOf();
    const isNew = next !== step && !silent;
    // A step back that needs no rewriting is over too: the next step is a new one.
    [step, silent] = [next, false];
    if (fragment === location.hash) return;
    if (isNew) history.pushState(null, '', fragment);
    else history.replaceState(null, '', fragment);
  };
  const stop = effect(() => {
    currentLink();
    const isStep = stepOf() !== step;
    if (timer !== undefined) clearTimeout(timer);
    timer = setTimeout(write, isStep ? 0 : CAMERA_DELAY_MS);
  });
  const onPop = () => {
    silent = true;
    applyLink(readLink(location.hash));
    step = stepOf();
  };
  addEventListener('popstate', onPop);
  return () => {
    stop();
    removeEventListener('popstate', onPop);
  };
}

const stepOf = (): string =>
  `${wantedCity.value.scenario ?? ''} ${wantedCity.value.at ?? ''} ${mode.value} ${language.value} ${selection.value?.layer ?? ''}/${selection.value?.id ?? ''} ${checkedParcel.value ?? ''} ${checkedBuilding.value ?? ''} ${lawDay.value ?? ''}`;
