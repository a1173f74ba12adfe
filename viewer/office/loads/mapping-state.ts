/** The mapping of a table that was handed in without one: what is proposed, and what somebody makes of it. */
import { computed, signal } from '@preact/signals';
import type { PropertyDeclaration } from '../../../core/feature/layer.ts';
import { mappedValue } from '../../../core/formats/mapped/mapped-value.ts';
import { codesOf } from '../../../core/formats/mapped/match-codes.ts';
import type { FeatureMapping, MappedValue } from '../../../core/wire/feature-mapping.ts';
import type { DataLoad } from '../../../core/wire/load.ts';
import type { ColumnSketch, MappingProposal } from '../../../core/wire/table-sketch.ts';
import { getJson } from '../../api/city-api.ts';
import { LOADING, type Load, loadInto } from '../../state/load.ts';
import { saveFile } from '../../state/save-file.ts';

export const proposal = signal<Load<MappingProposal>>(LOADING);
/** As it stands on the screen; undefined until a layer is chosen. */
export const draft = signal<FeatureMapping | undefined>(undefined);
/** Empty = as in the file. */
export const draftCrs = signal('');
/** Id of a table that was checked by a mapping which is being corrected. */
export const corrected = signal<string | undefined>(undefined);

export const correctMapping = (id: string | undefined): void => {
  corrected.value = id;
};

/** Nothing of it stands there when another is opened, or the same again: its answer would undo what is chosen meanwhile. */
export function closeMapping(): void {
  proposal.value = LOADING;
  draft.value = undefined;
}

interface Wish {
  readonly layer?: string;
  readonly source?: string | undefined;
}

/** Begins with the mapping that the table was checked by, else with the one proposed. */
export async function openMapping({ id, asked }: DataLoad): Promise<void> {
  const before = asked.mapping === undefined ? undefined : (JSON.parse(asked.mapping) as FeatureMapping);
  draftCrs.value = asked.crs ?? '';
  await proposeAnew(id, before ?? {});
  if (before) draft.value = before;
}

export async function proposeAnew(id: string, { layer, source }: Wish): Promise<void> {
  const query = new URLSearchParams({ layer: layer ?? '', source: source ?? '' });
  await loadInto(proposal, () => getJson<MappingProposal>(`api/loads/${id}/mapping?${query}`, undefined, ''));
  const now = proposal.peek();
  draft.value = now.kind === 'ready' ? (now.value.mapping ?? undefined) : undefined;
}

export function changeDraft(more: Partial<FeatureMapping>): void {
  const now = draft.peek();
  if (now) draft.value = { ...now, ...more };
}

/** @param value undefined = nothing goes there */
export function changeProperty(name: string, value: MappedValue | undefined): void {
  const { [name]: _, ...others } = draft.peek()?.properties ?? {};
  changeDraft({ properties: value === undefined ? others : { ...others, [name]: value } });
}

/** A column for a property; words that are no codes become the codes of that name. */
export function columnFor({ name, values }: ColumnSketch, { codelist }: PropertyDeclaration): MappedValue {
  const codes = codelist && codesOf(values, codelist);
  return codes ? { column: name, codes } : name;
}

/** The one column of a value. */
export const columnOf = (value: MappedValue | undefined): string | undefined =>
  typeof value === 'string' ? value : value && 'column' in value ? value.column : undefined;

/** Values of a column that cannot be what the property is. */
export function unreadable(
  value: MappedValue,
  { name, values }: ColumnSketch,
  property: PropertyDeclaration,
): readonly string[] {
  return values.filter((text) => {
    const made = mappedValue(value, { [name]: text }, property);
    return typeof made === 'object' && made !== null;
  });
}

export const idColumns = (id: string): readonly string[] =>
  [...id.matchAll(/\{([^}]+)\}/g)].map(([, column = '']) => column);

/** Columns of the table that the draft has no place for. */
export const unusedColumns = computed((): readonly string[] => {
  const [table, mapping] = [proposal.value, draft.value];
  if (table.kind !== 'ready' || !mapping) return [];
  const used = new Set<string>([...idColumns(mapping.id), ...Object.values(mapping.geometry ?? {})]);
  for (const value of Object.values(mapping.properties)) {
    const joined = typeof value === 'object' && 'join' in value ? value.join : [];
    for (const column of [columnOf(value), ...joined]) if (column !== undefined) used.add(column);
  }
  return table.value.table.columns.map(({ name }) => name).filter((name) => !used.has(name));
});

/** To be kept beside the data: the same mapping takes the next delivery. */
export function saveMapping({ fileName }: DataLoad, mapping: string): void {
  const text = `${JSON.stringify(JSON.parse(mapping), undefined, 2)}\n`;
  saveFile(new Blob([text], { type: 'application/json' }), `${fileName}.mapping.json`);
}
