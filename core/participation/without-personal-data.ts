/** What a text of the public must not carry along: how to reach somebody, and numbers that name a person. */

const LEFT_OUT = '[…]';
const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
/** Digits of ids and coordinates (`306401_1.0021.161`, `5808004.12`) are no telephone numbers. */
const ALONE = { before: '(?<![\\p{L}\\d._/])', after: '(?![\\p{L}\\d_/]|\\.\\d)' };
const PHONE = new RegExp(
  `${ALONE.before}(?:(?:\\+|00)48[ -]?)?(?:\\d{3}([ -]?)\\d{3}\\1\\d{3}|\\(?\\d{2}\\)?[ -]\\d{3}[ -]?\\d{2}[ -]?\\d{2})${ALONE.after}`,
  'gu',
);
const ELEVEN_DIGITS = new RegExp(`${ALONE.before}\\d{11}${ALONE.after}`, 'gu');
const ACCOUNT = new RegExp(`${ALONE.before}(?:PL ?)?\\d{2}(?: ?\\d{4}){6}${ALONE.after}`, 'giu');

/**
 * The text with e-mail addresses, Polish telephone numbers, PESEL numbers and bank accounts left out. Names cannot be
 * told from other words by rule: people look at every text before it is shown.
 */
export const withoutPersonalData = (text: string): string =>
  text
    .replace(EMAIL, LEFT_OUT)
    .replace(ACCOUNT, LEFT_OUT)
    .replace(ELEVEN_DIGITS, (digits) => (isPesel(digits) ? LEFT_OUT : digits))
    .replace(PHONE, LEFT_OUT);

const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

/** The check digit of the population register. */
function isPesel(digits: string): boolean {
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(digits[at]), 0);
  return sum % 10 === 0;
}
