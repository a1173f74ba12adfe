import { effect } from '@preact/signals';
import { render } from 'preact';
import { chartEpisodes, chartSeries } from '../live/chart-state.ts';
import { connection, nowMs, sensors } from '../live/live-state.ts';
import { chartView } from '../state/live-view.ts';
import { startTheme } from '../state/theme.ts';
import { catalogue, metresPerPixel } from '../state/twin-state.ts';
import { language, preferredLanguage, t } from '../text/text.ts';
import { DesignPage } from './design-page.tsx';
import { SAMPLE_NOW_MS, SAMPLE_SENSORS, sampleSeries } from './live-samples.ts';
import { SAMPLE_REPLY } from './samples.ts';
import '../style/tokens.css';
import '../style/base.css';
import '../style/frame.css';
import '../style/panels.css';
import '../style/measure.css';
import '../live/live.css';
import '../live/time.css';
import '../live/chart.css';
import '../style/design.css';

/** The page of tokens and components. It asks the service for nothing: what it shows is made up. */
function start(): void {
  startTheme();
  const asked = new URLSearchParams(location.search).get('lang');
  language.value = asked === 'pl' || asked === 'en' ? asked : preferredLanguage(navigator.languages);
  catalogue.value = { kind: 'ready', value: SAMPLE_REPLY };
  // Between 1:2000 and 1:5000, so that one layer is in its scale and another is not.
  metresPerPixel.value = 1;
  [sensors.value, nowMs.value, connection.value] = [SAMPLE_SENSORS, SAMPLE_NOW_MS, { kind: 'live' }];
  chartView.value = { datastreams: [1, 2], range: { span: 'day' } };
  chartSeries.value = [sampleSeries(1), sampleSeries(2)];
  chartEpisodes.value = [
    {
      datastream: 2,
      rule: 'flat-line',
      fromMs: SAMPLE_NOW_MS - 7_200_000,
      toMs: undefined,
      reason: { pl: 'Od 2 godz. ta sama wartość', en: 'The same value for 2 hours' },
    },
  ];
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = `${t('appName')} · ${t('designTitle')}`;
  });
  const root = document.getElementById('design');
  if (!root) throw new Error('design.html has no #design');
  render(<DesignPage />, root);
}

start();
