import { effect } from '@preact/signals';
import { render } from 'preact';
import { checkSession } from './account/sign-in.ts';
import { App } from './app.tsx';
import { followCapacity } from './capacity/capacity-state.ts';
import { followDig } from './dig/dig-answer.ts';
import { listenToAppKeys } from './frame/app-keys.ts';
import { watchPhone, workSpace } from './frame/layout.ts';
import { followLive } from './live/follow-live.ts';
import { followTime } from './live/follow-time.ts';
import { followObstructions } from './obstructions/obstruction-state.ts';
import { followParcel, openParcelOf } from './parcel/parcel-state.ts';
import { adoptPath, adoptQuery, applyLink, followAddress } from './state/address.ts';
import { showFirstView } from './state/first-view.ts';
import { readLink } from './state/link.ts';
import { OBSTRUCTIONS } from './state/obstruction-news.ts';
import { followOutsideStates } from './state/outside-states.ts';
import { chooseQuality, probeGraphics, quality } from './state/quality.ts';
import { recoverWithService } from './state/recover.ts';
import { followSelection } from './state/selected-item.ts';
import { stats } from './state/stats.ts';
import { startTheme } from './state/theme.ts';
import { mode, webglAvailable } from './state/twin-state.ts';
import { language, preferredLanguage, t } from './text/text.ts';
import { followVehicles } from './transit/follow-vehicles.ts';
import { followCity } from './whatif/follow-city.ts';
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/panels.css';
import './style/measure.css';
import './style/print.css';
import './plan/plan.css';
import './live/live.css';
import './live/time.css';
import './live/chart.css';
import './transit/transit.css';
import './whatif/what-if.css';
import './account/account.css';
import './obstructions/obstructions.css';
import './parcel/parcel.css';
import './sun/sun.css';
import './order/order.css';
import './sites/sites.css';
import './siting/siting.css';
import './siting/siting-overlay.css';
import './traffic/traffic.css';

declare global {
  interface Window {
    /** For tests: what has been drawn so far. */
    blizniak?: { readonly stats: typeof stats };
  }
}

function start(): void {
  startTheme();
  watchPhone();
  const graphics = probeGraphics();
  webglAvailable.value = graphics.available;
  quality.value = chooseQuality(location.search, graphics.renderer, navigator.hardwareConcurrency);
  language.value = preferredLanguage(navigator.languages);
  const link = { ...readLink(location.hash), ...adoptQuery(), ...adoptPath() };
  // A cold link shows the city in 3D where that is quick, else the plan.
  if (!link.mode && graphics.available && quality.value === 'high') mode.value = '3d';
  applyLink(link);
  if (link.sites !== undefined || link.capacity) workSpace.value = 'sites';
  if (link.scenario) workSpace.value = 'what-if';
  if (link.parcel || link.building || link.list || link.area) openParcelOf(link);
  if (link.sun) workSpace.value = 'sun';
  if (link.siting !== undefined) workSpace.value = 'siting';
  if (link.traffic !== undefined) workSpace.value = 'traffic';
  if (link.selection?.layer === OBSTRUCTIONS) workSpace.value = 'obstructions';
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = t('appName');
  });
  followSelection();
  followCapacity();
  followDig();
  recoverWithService();
  listenToAppKeys();
  const app = document.getElementById('app');
  if (!app) throw new Error('index.html has no #app');
  app.replaceChildren();
  render(<App />, app);
  window.blizniak = { stats };
  followCity();
  showFirstView();
  followAddress();
  followLive();
  followOutsideStates();
  followTime();
  followVehicles();
  followObstructions();
  followParcel();
  void checkSession();
}

start();
