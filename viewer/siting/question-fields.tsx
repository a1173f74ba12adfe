/** Fields of the question of siting. */
import { useSignal } from '@preact/signals';
import { formatNumber } from '../format/number.ts';
import { t, type Word } from '../text/text.ts';
import type { SitingNumber } from './siting-query.ts';
import { changeAsk, sitingAsk } from './siting-state.ts';

/** A number of the question; left empty it is what is usual of the kind. */
export function Amount({
  name,
  word,
  usual,
  whenEmpty = 'sitingNoLimit',
  min,
  max,
  step = 1,
}: {
  name: SitingNumber;
  word: Word;
  usual?: number | undefined;
  whenEmpty?: Word;
  min: number;
  max: number;
  step?: number;
}) {
  const { numbers } = sitingAsk.value;
  /** What was written and would be refused, so that nobody wonders where it went. */
  const isBrought = useSignal(false);
  const value = numbers[name];
  return (
    <label class="field">
      {t(word)}
      <input
        type="number"
        inputMode="decimal"
        value={value ?? ''}
        placeholder={usual === undefined ? t(whenEmpty) : formatNumber(usual)}
        {...{ min, max, step }}
        onChange={({ currentTarget }) => {
          const written = currentTarget.valueAsNumber;
          const { [name]: _, ...others } = numbers;
          const isNumber = Number.isFinite(written);
          // What the service would refuse anyway is brought to the nearest that it takes.
          const next = Math.min(max, Math.max(min, written));
          isBrought.value = isNumber && next !== written;
          // Also where the question stays as it was.
          if (isBrought.value) currentTarget.value = String(next);
          changeAsk({ numbers: isNumber ? { ...others, [name]: next } : others });
        }}
      />
      {isBrought.value && value !== undefined && (
        <span class="siting-brought" role="status">
          {t('sitingBrought', {
            value: formatNumber(value),
            min: formatNumber(min),
            max: formatNumber(max),
          })}
        </span>
      )}
    </label>
  );
}

export function Choice({
  word,
  isOn,
  isFixed = false,
  onChange,
}: {
  word: Word;
  isOn: boolean;
  isFixed?: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <label class="check-field">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isFixed}
        onChange={({ currentTarget: { checked } }) => onChange(checked)}
      />
      {t(word)}
    </label>
  );
}
