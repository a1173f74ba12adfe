/** The names of the tokens, as `style/tokens.css` has them; their values are read from the page. */
export const COLOURS = [
  'paper',
  'paper-sunk',
  'paper-raised',
  'ground',
  'rule',
  'rule-strong',
  'ink',
  'ink-soft',
  'accent',
  'accent-ink',
  'accent-wash',
  'scenario',
  'warning',
  'warning-wash',
  'success',
] as const;

export const SIZES = ['size-small', 'size-body', 'size-title', 'size-display'] as const;
export const SPACES = ['s1', 's2', 's3', 's4', 's5', 's6'] as const;

/** What a token is worth in the present theme. */
export const tokenValue = (token: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
