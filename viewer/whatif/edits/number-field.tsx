interface NumberProps {
  readonly label: string;
  readonly unit?: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  onChange(value: number): void;
  /** Where it may be left empty. */
  onClear?(): void;
}

export function NumberField({ label, unit, value, min, max, step, onChange, onClear }: NumberProps) {
  return (
    <label class="field">
      <span>
        {label}
        {unit && <span class="quiet"> [{unit}]</span>}
      </span>
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        value={value ?? ''}
        onInput={(event) => {
          const typed = event.currentTarget.valueAsNumber;
          if (typed >= min && typed <= max) onChange(typed);
          else if (event.currentTarget.value === '') onClear?.();
        }}
        onBlur={(event) => {
          // What cannot be used does not stay in the field as if it were.
          event.currentTarget.value = value === undefined ? '' : String(value);
        }}
      />
    </label>
  );
}
