import type { ComponentChildren } from 'preact';

interface CheckFieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** What is ticked. */
  readonly children: ComponentChildren;
}

/** A box to tick, and what it says. */
export function CheckField({ checked, onChange, children }: CheckFieldProps) {
  return (
    <label class="check-field">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
