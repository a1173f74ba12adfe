import { t } from '../text/text.ts';

/** How far a study is, and a way to stop it. */
export function StudyProgress({
  label,
  percent,
  onStop,
}: {
  label: string;
  percent: number;
  onStop: () => void;
}) {
  return (
    <div class="consequences-busy">
      <span role="status">{label}…</span>
      <button type="button" class="button" onClick={onStop}>
        {t('consequencesCallOff')}
      </button>
      <progress aria-label={label} {...(percent > 0 ? { value: percent, max: 100 } : {})} />
    </div>
  );
}
