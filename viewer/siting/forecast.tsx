import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { t } from '../text/text.ts';
import { changeAsk, sitingAsk } from './siting-state.ts';
import { PEOPLE_WORDS, people, signed } from './siting-words.ts';

/** Births and people of the ages year by year; a year is asked of by its button. */
export function Forecast({ told: { forecast, demand } }: { told: SitingPreviewReply }) {
  const [counted] = forecast;
  if (!counted) return null;
  const { kind, numbers } = sitingAsk.value;
  const ask = (year: number | undefined) => {
    const { forecastYear: _, ...others } = numbers;
    changeAsk({ numbers: year === undefined ? others : { ...others, forecastYear: year } });
  };
  return (
    <details open={numbers.forecastYear !== undefined}>
      <summary>{t('sitingForecast')}</summary>
      <table class="siting-table">
        <thead>
          <tr>
            <th scope="col">{t('sitingYearColumn')}</th>
            <th scope="col">{t('sitingBirths')}</th>
            <th scope="col">{t(PEOPLE_WORDS[kind])}</th>
            <th scope="col">{t('sitingSinceCounted')}</th>
          </tr>
        </thead>
        <tbody>
          {forecast.map((each) => (
            <tr key={each.year}>
              <th scope="row">
                <button
                  type="button"
                  class="text-button"
                  aria-pressed={numbers.forecastYear === each.year}
                  onClick={() => ask(numbers.forecastYear === each.year ? undefined : each.year)}
                >
                  {each.year}
                </button>
              </th>
              <td>{people(each.births)}</td>
              <td>{people(each.people)}</td>
              <td>{signed(each.people - counted.people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">
        {t('sitingForecastHint')}
        {demand.planned > 0 && ` ${t('sitingPlanned', { n: people(demand.planned) })}`}
      </p>
    </details>
  );
}
