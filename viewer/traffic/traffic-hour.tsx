import { t } from '../text/text.ts';
import { hourText } from './traffic-words.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** The hour of the rows of traffic in a table of consequences. */
export function TrafficHour({ hour, onChange }: { hour: number; onChange: (hour: number) => void }) {
  return (
    <label class="field traffic-row-hour">
      {t('trafficRowHour')}
      <select value={hour} onChange={({ currentTarget: { value } }) => onChange(Number(value))}>
        {HOURS.map((each) => (
          <option key={each} value={each}>
            {hourText(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Whether a table has rows of traffic at all. */
export const hasTraffic = (rows: readonly { readonly name: string }[]): boolean =>
  rows.some(({ name }) => name.startsWith('traffic.'));
