import type { SiteMeasure, SiteMeasuresReply } from '../../core/wire/sites.ts';
import { formatNumber, formatQuantity, unitSymbol } from '../format/number.ts';
import { CloseButton } from '../frame/close-button.tsx';
import { said, t } from '../text/text.ts';
import type { Range } from './sites-query.ts';
import { askSites, question } from './sites-state.ts';
import { Without } from './without.tsx';

/** A slider has this many steps. */
const STEPS = 100;
/** A slider ends at this many times what nine tenths of the parcels lie below, or at the largest. */
const SPREAD = 2.5;

/** One measure: its range by two sliders, what more or less of it is worth, and how many it costs. */
export function ConditionField({ measure }: { measure: SiteMeasuresReply['measures'][number] }) {
  const { name, title, unit, max, p90 } = measure;
  const asked = question.value;
  const range = asked.where[name] ?? {};
  // The few largest would squeeze everybody else into a corner.
  const top = niceAbove(Math.max(Math.min((p90 ?? 1) * SPREAD, max ?? 1), 1e-9));
  const change = (next: Range) => askSites({ ...asked, where: { ...asked.where, [name]: next } });
  const remove = () => {
    const { [name]: _, ...where } = asked.where;
    const { [name]: __, ...weights } = asked.weights;
    askSites({ ...asked, where, weights });
  };
  return (
    <fieldset class="sites-condition">
      <legend>{said(title)}</legend>
      <output>{rangeWords(range, unit)}</output>
      <CloseButton label={t('sitesRemove', { name: said(title) })} onClick={remove} />
      <Bound
        word={t('sitesFrom')}
        value={range.min ?? 0}
        top={top}
        unit={unit}
        onChange={(value) =>
          change({ ...range, min: value <= 0 ? undefined : Math.min(value, range.max ?? Infinity) })
        }
      />
      <Bound
        word={t('sitesTo')}
        value={range.max ?? top}
        top={top}
        unit={unit}
        onChange={(value) =>
          change({ ...range, max: value >= top ? undefined : Math.max(value, range.min ?? 0) })
        }
      />
      <Weight name={name} />
      <Without name={name} />
    </fieldset>
  );
}

function Bound({
  word,
  value,
  top,
  unit,
  onChange,
}: {
  word: string;
  value: number;
  top: number;
  unit: string;
  onChange: (value: number) => void;
}) {
  return (
    <label class="sites-bound">
      <span>{word}</span>
      <input
        type="range"
        min={0}
        max={STEPS}
        step={1}
        value={Math.round((value / top) * STEPS)}
        aria-valuetext={formatQuantity(value, unit)}
        onInput={(event) => onChange(roundFor(top, (event.currentTarget.valueAsNumber * top) / STEPS))}
      />
    </label>
  );
}

function Weight({ name }: { name: SiteMeasure }) {
  const asked = question.value;
  const weight = asked.weights[name] ?? 0;
  return (
    <label class="sites-weight">
      <span>{t('sitesWorth')}</span>
      <select
        value={String(weight)}
        onChange={(event) => {
          const { [name]: _, ...others } = asked.weights;
          const next = Number(event.currentTarget.value);
          askSites({ ...asked, weights: next === 0 ? others : { ...others, [name]: next } });
        }}
      >
        <option value="0">{t('sitesWorthNone')}</option>
        {[-1, -2, -3, 1, 2, 3].map((value) => (
          <option key={value} value={String(value)}>
            {t(value < 0 ? 'sitesWorthLess' : 'sitesWorthMore')}
            {Math.abs(value) === 1 ? '' : ` × ${Math.abs(value)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function rangeWords({ min, max }: Range, unit: string): string {
  if (min !== undefined && max !== undefined) {
    return `${formatNumber(min)}–${formatQuantity(max, unit === '1' ? '' : unit)}`;
  }
  const symbol = unit === '1' ? '' : ` ${unitSymbol(unit)}`;
  if (min !== undefined) return `≥ ${formatNumber(min)}${symbol}`;
  if (max !== undefined) return `≤ ${formatNumber(max)}${symbol}`;
  return t('sitesAny');
}

/** 1, 2 or 5 times a power of ten that is not less. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value - 1e-12) ?? 10) * power;
}

const roundFor = (top: number, value: number): number =>
  Number(value.toFixed(top >= 100 ? 0 : top >= 10 ? 1 : 2));
