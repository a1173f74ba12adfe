import { effect } from '@preact/signals';
import { render } from 'preact';
import { checkSession } from '../account/sign-in.ts';
import { readAlerts } from '../alerts/alerts-state.ts';
import { followTopics } from '../alerts/follow-topics.ts';
import { followLive } from '../live/follow-live.ts';
import { session } from '../state/session.ts';
import { startTheme } from '../state/theme.ts';
import { language, preferredLanguage, t } from '../text/text.ts';
import { DashboardPage } from './dashboard-page.tsx';
import { readAir, readLayers, readObstructions, readVehicles } from './dashboard-state.ts';
import '../style/tokens.css';
import '../style/base.css';
import '../style/frame.css';
import '../style/panels.css';
import '../live/live.css';
import '../whatif/what-if.css';
import '../account/account.css';
import '../alerts/alerts.css';
import './air-index.css';
import './dashboard.css';

const LAYERS_AGAIN_MS = 300_000;
const AIR_AGAIN_MS = 60_000;

/** The page of the city's operations: what is so now, what must be seen to, and how far the data can be trusted. */
function start(): void {
  startTheme();
  const asked = new URLSearchParams(location.search).get('lang');
  language.value = asked === 'pl' || asked === 'en' ? asked : preferredLanguage(navigator.languages);
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = `${t('dashboardTitle')} · ${t('appName')}`;
  });
  const root = document.getElementById('dashboard');
  if (!root) throw new Error('dashboard.html has no #dashboard');
  render(<DashboardPage />, root);
  followLive();
  followTopics({
    alerts: readAlerts,
    obstructions: readObstructions,
    vehicles: readVehicles,
    quality: readAir,
  });
  void readLayers();
  setInterval(readLayers, LAYERS_AGAIN_MS);
  // A mean of an hour moves slowly.
  setInterval(readAir, AIR_AGAIN_MS);
  // Staff are told more of an alert than the public.
  session.subscribe(() => void readAlerts());
  void checkSession();
}

start();
