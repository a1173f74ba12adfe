import type { FeatureMapping } from '../../../core/wire/feature-mapping.ts';
import type { TableSketch } from '../../../core/wire/table-sketch.ts';
import { t } from '../../text/text.ts';
import { changeDraft } from './mapping-state.ts';

/** Where a CSV has its places: two columns of numbers, or one of well-known text. */
export function MappingPlace({ mapping, table }: { mapping: FeatureMapping; table: TableSketch }) {
  const place: Readonly<Record<string, string>> = mapping.geometry ?? {};
  const { x = '', y = '', wkt = '' } = place;
  const pick = (more: { readonly x?: string; readonly y?: string; readonly wkt?: string }) =>
    changeDraft({ geometry: placeOf({ x, y, ...more }) });
  return (
    <>
      <div class="office-filters">
        <ColumnField label={t('mappingX')} value={x} table={table} onChange={(name) => pick({ x: name })} />
        <ColumnField label={t('mappingY')} value={y} table={table} onChange={(name) => pick({ y: name })} />
        <ColumnField
          label={t('mappingWkt')}
          value={wkt}
          table={table}
          onChange={(name) => pick({ wkt: name })}
        />
      </div>
      {(x === '' || y === '') && wkt === '' && <p class="what-if-note warning">{t('mappingNoPlace')}</p>}
    </>
  );
}

/** A column of well-known text counts before two of numbers; half a place is kept until the other half is named. */
function placeOf({ x, y, wkt }: { readonly x: string; readonly y: string; readonly wkt?: string }) {
  if (wkt !== undefined && wkt !== '') return { wkt };
  return x === '' && y === '' ? undefined : { x, y };
}

interface ColumnFieldProps {
  readonly label: string;
  readonly value: string;
  readonly table: TableSketch;
  readonly onChange: (name: string) => void;
}

const ColumnField = ({ label, value, table, onChange }: ColumnFieldProps) => (
  <label class="field">
    {label}
    <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      <option value="">{t('mappingNoColumn')}</option>
      {table.columns.map(({ name }) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  </label>
);
