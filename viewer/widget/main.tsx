import { effect } from '@preact/signals';
import { render } from 'preact';
import { followTopics } from '../alerts/follow-topics.ts';
import { readAir, readObstructions } from '../dashboard/dashboard-state.ts';
import { followLive } from '../live/follow-live.ts';
import { language, preferredLanguage, t } from '../text/text.ts';
import { Widget } from './widget.tsx';
import '../style/tokens.css';
import '../style/base.css';
import '../live/live.css';
import '../dashboard/air-index.css';
import './widget.css';

const AIR_AGAIN_MS = 60_000;

/**
 * A small page for other pages to frame: `widget.html?show=air` or `show=obstructions`, with `lang=pl|en` and
 * `theme=light|dark`. It keeps nothing in the browser, knows of no visitor and calls no other host.
 */
function start(): void {
  const wanted = new URLSearchParams(location.search);
  const asked = wanted.get('lang');
  language.value = asked === 'pl' || asked === 'en' ? asked : preferredLanguage(navigator.languages);
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset['theme'] = wanted.get('theme') ?? (isDark ? 'dark' : 'light');
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = t('appName');
  });
  const root = document.getElementById('widget');
  if (!root) throw new Error('widget.html has no #widget');
  const show = wanted.get('show') ?? 'air';
  render(<Widget show={show} />, root);
  if (show === 'air') {
    followLive();
    followTopics({ quality: readAir });
    setInterval(readAir, AIR_AGAIN_MS);
  }
  if (show === 'obstructions') followTopics({ obstructions: readObstructions });
}

start();
