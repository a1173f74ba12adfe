import { useSignal } from '@preact/signals';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import { formatNumber } from '../format/number.ts';
import { t } from '../text/text.ts';
import { signedText } from './traffic-words.ts';

/** Minutes from district to district; with a scenario also by how much they change. */
export function DistrictMatrix({ districts }: { districts: TrafficResult['districts'] }) {
  const isChange = useSignal(true);
  const { names, minutesBefore, minutesAfter } = districts;
  if (names.length === 0) return null;
  const showsChange = minutesAfter !== null && isChange.value;
  const cell = (row: number, column: number): string => {
    const was = minutesBefore[row]?.[column] ?? null;
    const is = minutesAfter?.[row]?.[column] ?? null;
    if (showsChange) return was === null || is === null ? '–' : signedText(is - was, 1);
    const shown = minutesAfter ? is : was;
    return shown === null ? '–' : formatNumber(shown, 1);
  };
  return (
    <section aria-labelledby="traffic-districts-title">
      <h2 id="traffic-districts-title" class="panel-subtitle">
        {t('trafficDistricts')}
      </h2>
      {minutesAfter && (
        <fieldset class="segmented" aria-labelledby="traffic-districts-title">
          {[true, false].map((each) => (
            <button
              key={String(each)}
              type="button"
              aria-pressed={isChange.value === each}
              onClick={() => {
                isChange.value = each;
              }}
            >
              {t(each ? 'trafficDifference' : 'trafficMinutes')}
            </button>
          ))}
        </fieldset>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the panel is scrolled by keys */}
      <fieldset class="traffic-matrix scroll" tabIndex={0} aria-labelledby="traffic-districts-title">
        <table class="siting-table">
          <thead>
            <tr>
              <th scope="col">{t('trafficFromTo')}</th>
              {names.map((name, index) => (
                <th key={name} scope="col" title={name}>
                  <abbr title={name}>{index + 1}</abbr>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name, row) => (
              <tr key={name}>
                <th scope="row">
                  {row + 1}. {name}
                </th>
                {names.map((to, column) => (
                  <td key={to}>{cell(row, column)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </fieldset>
      <p class="quiet">{t('trafficDistrictsHint')}</p>
    </section>
  );
}
