/** How the viewer makes, names and draws edits of one kind. A new kind is one file and its line in `edit-tools.ts`. */
import type { Text } from '../../../core/feature/layer.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import type { Xy } from '../../../core/geo/plane.ts';
import type { Edit, StoredEdit } from '../../../core/wire/scenario.ts';
import type { ItemFeature } from '../../api/city-api.ts';
import type { Selection } from '../../state/link.ts';
import type { Word } from '../../text/text.ts';
import type { Subject } from './subjects.ts';

export type EditKind = Edit['kind'];
export type EditOf<K extends EditKind> = Extract<Edit, { readonly kind: K }>;
export type StoredEditOf<K extends EditKind> = Omit<StoredEdit, 'edit'> & { readonly edit: EditOf<K> };

/** An object that an edit acts on, as the open scenario has it. */
export interface Picked extends Selection {
  readonly item: ItemFeature;
}

export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value | undefined>>;

/** What people have pointed at, drawn and filled in so far. */
export interface Work {
  readonly objects: readonly Picked[];
  /** EPSG:2177, easting first, whole centimetres. */
  readonly places: readonly Xy[];
  /** No more places follow. */
  readonly closed: boolean;
  readonly values: Values;
}

interface FieldBase {
  readonly name: string;
  /** Label, unit and codelist of a property of the catalogue; the field begins with that of the picked object. */
  readonly property?: readonly [layer: string, name: string];
  /** Where the catalogue has no word for it. */
  readonly label?: Word;
  readonly usual?: Value;
}

export type Field = FieldBase &
  (
    | {
        readonly input: 'number';
        readonly min: number;
        readonly max: number;
        readonly step: number;
        readonly unit?: string;
        /** May be left empty. */
        readonly optional?: boolean;
      }
    | {
        readonly input: 'choice';
        /** Without them the codelist of the property. */
        readonly options?: readonly (readonly [code: string, word: Word | Text])[];
        readonly optional?: boolean;
      }
    | { readonly input: 'flag' }
    | { readonly input: 'text'; readonly most: number }
  );

interface ToolBase {
  readonly subject: Subject;
  /** The whole task, as in “Plant trees”. */
  readonly title: Word;
  /** The same on a button under the name of its subject, as in “Plant”. */
  readonly verb: Word;
  /** Objects to point at, before anything is drawn. */
  readonly picks?: {
    readonly layers: readonly string[];
    readonly hint: Word;
    /** 1 unless said otherwise. */
    readonly atLeast?: number;
    readonly atMost?: number;
  };
  readonly draws?: {
    readonly shape: 'point' | 'points' | 'line' | 'area';
    readonly hint: Word;
    /** The edit is whole without it. */
    readonly optional?: boolean;
  };
  readonly fields?: readonly Field[];
  /** What the work would put there, shown while it goes on. */
  preview?(work: Work): Geometry | undefined;
  /** For a tool with a panel of its own. */
  open?(): void;
}

/** How edits of one kind are made, named and drawn. */
export interface EditToolOf<K extends EditKind> extends ToolBase {
  readonly kind: K;
  /** The edits that the work amounts to, saved together; undefined while something is missing. */
  compose(work: Work): readonly EditOf<K>[] | undefined;
  /** What an edit does, in a few words. */
  words(stored: StoredEditOf<K>): string;
  /** What else is worth a line under it. */
  facts?(stored: StoredEditOf<K>): readonly string[];
  /** Where the edit puts something that was not there, EPSG:2177. */
  shape?(edit: EditOf<K>): Geometry | undefined;
  /** The shape of an object that the edit leaves elsewhere than it was. */
  after?(edit: EditOf<K>, before: Geometry): Geometry | undefined;
}

/** A tool whose kind is not known beforehand. It is only ever given edits of its own kind. */
export interface EditTool extends ToolBase {
  readonly kind: EditKind;
  compose(work: Work): readonly Edit[] | undefined;
  words(stored: StoredEdit): string;
  facts?(stored: StoredEdit): readonly string[];
  shape?(edit: Edit): Geometry | undefined;
  after?(edit: Edit, before: Geometry): Geometry | undefined;
}
