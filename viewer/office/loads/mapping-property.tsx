import type { PropertyDeclaration } from '../../../core/feature/layer.ts';
import { codesOf } from '../../../core/formats/mapped/match-codes.ts';
import type { MappedValue } from '../../../core/wire/feature-mapping.ts';
import type { ColumnSketch } from '../../../core/wire/table-sketch.ts';
import { said, t } from '../../text/text.ts';
import { changeProperty, columnFor, columnOf, unreadable } from './mapping-state.ts';

interface PropertyProps {
  readonly property: PropertyDeclaration;
  readonly value: MappedValue | undefined;
  readonly columns: readonly ColumnSketch[];
}

/** Choices beside the columns, which are told from them by what they begin with. */
const [NOTHING, FIXED, AS_IT_IS] = ['', '=', '+'];
const OF_COLUMN = ':';
const SHOWN = 4;

/** What becomes one property: a column, a value for all, or nothing, with what in the column cannot be it. */
export function MappingProperty({ property, value, columns }: PropertyProps) {
  const { name, label, unit } = property;
  const column = columns.find((each) => each.name === columnOf(value));
  const joined = typeof value === 'object' && 'join' in value ? value.join : undefined;
  const isFixed = typeof value === 'object' && 'value' in value;
  const chosen = column ? OF_COLUMN + column.name : isFixed ? FIXED : joined ? AS_IT_IS : NOTHING;
  const choose = (choice: string) => {
    const picked = columns.find((each) => OF_COLUMN + each.name === choice);
    if (picked) changeProperty(name, columnFor(picked, property));
    else if (choice === FIXED) changeProperty(name, { value: '' });
    else if (choice === NOTHING) changeProperty(name, undefined);
  };
  return (
    <li class="order-item mapping-property">
      <label class="field">
        <span>
          <b>{said(label)}</b>
          {unit === undefined ? '' : ` [${unit}]`}
        </span>
        <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          <option value={NOTHING}>{t('mappingNothing')}</option>
          {columns.map((each) => (
            <option key={each.name} value={OF_COLUMN + each.name}>
              {each.name}
            </option>
          ))}
          {joined && <option value={AS_IT_IS}>{joined.join(' + ')}</option>}
          <option value={FIXED}>{t('mappingFixed')}</option>
        </select>
      </label>
      <div class="mapping-values">
        {isFixed && <FixedValue property={property} value={value.value} />}
        {column && value !== undefined && <ColumnValues property={property} value={value} column={column} />}
      </div>
    </li>
  );
}

type Constant = Extract<MappedValue, { value: unknown }>['value'];

function FixedValue({ property, value }: { property: PropertyDeclaration; value: Constant }) {
  const { name, label, type } = property;
  const title = t('mappingFixedOf', { property: said(label) });
  const set = (text: string) => changeProperty(name, { value: constantOf(text, type) });
  const now = value === null ? '' : String(value);
  const onInput = ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
    set(currentTarget.value);
  const choices = choicesOf(property);
  if (choices.length > 0) {
    return (
      <select aria-label={title} value={now} onChange={onInput}>
        <option value="">{t('mappingNothing')}</option>
        {choices.map(([code, title]) => (
          <option key={code} value={code}>
            {title}
          </option>
        ))}
      </select>
    );
  }
  if (type === 'number' || type === 'integer') {
    return <input aria-label={title} type="number" step="any" value={now} onInput={onInput} />;
  }
  if (type === 'date') return <input aria-label={title} type="date" value={now} onInput={onInput} />;
  return <input aria-label={title} value={now} onInput={onInput} />;
}

/** Codes and what they are called; of what takes any value none. */
function choicesOf({ codelist, type }: PropertyDeclaration): readonly (readonly [string, string])[] {
  if (codelist) return codelist.map(({ code, label }) => [code, said(label)]);
  return type === 'boolean'
    ? [
        ['true', t('yes')],
        ['false', t('no')],
      ]
    : [];
}

function constantOf(text: string, type: PropertyDeclaration['type']): Constant {
  if (text === '') return null;
  if (type === 'number' || type === 'integer') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

interface ColumnValuesProps {
  readonly property: PropertyDeclaration;
  readonly value: MappedValue;
  readonly column: ColumnSketch;
}

function ColumnValues({ property, value, column }: ColumnValuesProps) {
  const strange = Object.keys((property.codelist && codesOf(column.values, property.codelist)) ?? {});
  const wrong = unreadable(value, column, property);
  return (
    <>
      {strange.length === 0 && column.values.length > 0 && (
        <p class="quiet">{t('mappingValues', { values: column.values.slice(0, SHOWN).join(', ') })}</p>
      )}
      {wrong.length > 0 && (
        <p class="what-if-note warning">
          {t('mappingUnreadable', { values: wrong.slice(0, SHOWN).join(', ') })}
        </p>
      )}
      {strange.length > 0 && <Codes property={property} value={value} column={column} strange={strange} />}
    </>
  );
}

function Codes({ property, value, column, strange }: ColumnValuesProps & { strange: readonly string[] }) {
  const codes = (typeof value === 'object' && 'codes' in value && value.codes) || {};
  return (
    <fieldset class="mapping-codes">
      <legend class="quiet">{t('mappingCodes')}</legend>
      {strange.map((text) => (
        <label key={text} class="field">
          {text}
          <select
            value={String(codes[text] ?? '')}
            onChange={({ currentTarget }) =>
              changeProperty(property.name, {
                column: column.name,
                codes: { ...codes, [text]: currentTarget.value || null },
              })
            }
          >
            <option value="">{t('mappingNothing')}</option>
            {property.codelist?.map(({ code, label }) => (
              <option key={code} value={code}>
                {said(label)}
              </option>
            ))}
          </select>
        </label>
      ))}
      {column.distinct > column.values.length && (
        <p class="quiet">{t('mappingMoreValues', { n: column.values.length })}</p>
      )}
    </fieldset>
  );
}
