import type { WireLayer } from '../../../core/wire/city.ts';
import { unitSymbol } from '../../format/number.ts';
import { layerNamed } from '../../state/twin-state.ts';
import { said, t } from '../../text/text.ts';
import type { EditTool, Field } from './edit-tool.ts';
import { NumberField } from './number-field.tsx';
import { nextStep, setValue, work } from './tool-work.ts';

const LONGEST_NOTE = 500;

/** What is filled in by hand, once the objects are picked; a note is always possible. */
export function ToolFields({ tool }: { tool: EditTool }) {
  if (nextStep.value === 'pick' && work.value.objects.length < (tool.picks?.atLeast ?? 1)) return null;
  return (
    <div class="building-fields">
      {(tool.fields ?? []).map((field) => (
        <ToolField key={field.name} field={field} />
      ))}
      <label class="field wide">
        <span>{t('toolNote')}</span>
        <input
          maxLength={LONGEST_NOTE}
          value={String(work.value.values['note'] ?? '')}
          onInput={(event) => setValue('note', event.currentTarget.value)}
        />
      </label>
    </div>
  );
}

type Property = WireLayer['properties'][number];

const propertyOf = ({ property }: Field): Property | undefined =>
  property && layerNamed(property[0])?.properties.find(({ name }) => name === property[1]);

function ToolField({ field }: { field: Field }) {
  const property = propertyOf(field);
  const label = field.label ? t(field.label) : property ? said(property.label) : field.name;
  const value = work.value.values[field.name];
  switch (field.input) {
    case 'number': {
      const unit = field.unit ?? property?.unit;
      return (
        <NumberField
          label={label}
          {...(unit === undefined ? {} : { unit: unitSymbol(unit) })}
          value={typeof value === 'number' ? value : undefined}
          min={field.min}
          max={field.max}
          step={field.step}
          onChange={(next) => setValue(field.name, next)}
          {...(field.optional ? { onClear: () => setValue(field.name, undefined) } : {})}
        />
      );
    }
    case 'choice': {
      const options =
        field.options?.map(
          ([code, word]) => [code, typeof word === 'string' ? t(word) : said(word)] as const,
        ) ??
        property?.codelist?.map((entry) => [entry.code, said(entry.label)] as const) ??
        [];
      return (
        <label class="field wide">
          <span>{label}</span>
          <select
            value={value === undefined ? '' : String(value)}
            onChange={(event) => setValue(field.name, event.currentTarget.value || undefined)}
          >
            {(field.optional || value === undefined) && <option value="">–</option>}
            {options.map(([code, word]) => (
              <option key={code} value={code}>
                {word}
              </option>
            ))}
          </select>
        </label>
      );
    }
    case 'flag':
      return (
        <label class="check-field wide">
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => setValue(field.name, event.currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
      );
    case 'text':
      return (
        <label class="field wide">
          <span>{label}</span>
          <input
            maxLength={field.most}
            value={typeof value === 'string' ? value : ''}
            onInput={(event) => setValue(field.name, event.currentTarget.value)}
          />
        </label>
      );
  }
}
