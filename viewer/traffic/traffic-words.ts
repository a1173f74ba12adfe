import { formatNumber, formatQuantity } from '../format/number.ts';
import { t } from '../text/text.ts';

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SIGN = '⁻';

/** `3·10⁻⁷` */
export function gapText(gap: number): string {
  if (!(gap > 0)) return '0';
  const power = Math.floor(Math.log10(gap) + 1e-9);
  const lead = Math.round(gap / 10 ** power);
  const raised = [...String(Math.abs(power))].map((digit) => RAISED[Number(digit)]).join('');
  const tens = `10${power < 0 ? SIGN : ''}${raised}`;
  return lead === 1 ? tens : `${lead}·${tens}`;
}

/** `7:00–8:00` */
export const hourText = (hour: number): string => `${hour}:00–${(hour + 1) % 24}:00`;

/** With its sign; what rounds to nothing has none. */
export function signedText(value: number, decimals = 0): string {
  const text = formatNumber(value, decimals);
  return value > 0 && Number(value.toFixed(decimals)) !== 0 ? `+${text}` : text;
}

export const vehPerH = (flow: number): string => t('trafficVehPerH', { n: formatNumber(flow, 0) });

export const seconds = (value: number): string => formatQuantity(value, 's', value < 10 ? 1 : 0);
