/** The kinds of edits that the viewer knows. */
import type { StoredEdit } from '../../../core/wire/scenario.ts';
import { t } from '../../text/text.ts';
import { ADD_BUILDING } from './building/add-building.ts';
import { CHANGE_BUILDING } from './building/change-building.ts';
import { MOVE_BUILDING } from './building/move-building.ts';
import { REMOVE_BUILDING } from './building/remove-building.ts';
import { SCALE_DEMAND } from './demand/scale-demand.ts';
import type { EditKind, EditTool } from './edit-tool.ts';
import { ADD_FACILITY } from './facility/add-facility.ts';
import { CHANGE_FACILITY } from './facility/change-facility.ts';
import { CLOSE_FACILITY } from './facility/close-facility.ts';
import { ADD_MODEL } from './model/add-model.ts';
import { MERGE_PARCELS } from './parcel/merge-parcels.ts';
import { SPLIT_PARCEL } from './parcel/split-parcel.ts';
import { CHANGE_PLAN_ZONE } from './plan/change-plan-zone.ts';
import { ADD_ROAD } from './road/add-road.ts';
import { ALLOW_TURN } from './road/allow-turn.ts';
import { BAN_TURN } from './road/ban-turn.ts';
import { CHANGE_ROAD } from './road/change-road.ts';
import { CLOSE_ROAD } from './road/close-road.ts';
import { LOW_EMISSION_ZONE } from './road/low-emission-zone.ts';
import { OPEN_ROAD } from './road/open-road.ts';
import { REMOVE_SIGNAL } from './road/remove-signal.ts';
import { SET_SIGNAL } from './road/set-signal.ts';
import { SLOW_ZONE } from './road/slow-zone.ts';
import { SHAPE_TERRAIN } from './terrain/shape-terrain.ts';
import { FELL_TREE } from './tree/fell-tree.ts';
import { PLANT_TREE } from './tree/plant-tree.ts';
import { ADD_UTILITY_LINE } from './utility/add-utility-line.ts';
import { REMOVE_UTILITY_LINE } from './utility/remove-utility-line.ts';

/** In the order of the palette. */
export const EDIT_TOOLS: readonly EditTool[] = [
  ADD_BUILDING,
  ADD_MODEL,
  REMOVE_BUILDING,
  MOVE_BUILDING,
  CHANGE_BUILDING,
  CLOSE_ROAD,
  OPEN_ROAD,
  CHANGE_ROAD,
  ADD_ROAD,
  BAN_TURN,
  ALLOW_TURN,
  SET_SIGNAL,
  REMOVE_SIGNAL,
  SLOW_ZONE,
  LOW_EMISSION_ZONE,
  PLANT_TREE,
  FELL_TREE,
  ADD_FACILITY,
  CHANGE_FACILITY,
  CLOSE_FACILITY,
  ADD_UTILITY_LINE,
  REMOVE_UTILITY_LINE,
  SPLIT_PARCEL,
  MERGE_PARCELS,
  CHANGE_PLAN_ZONE,
  SHAPE_TERRAIN,
  SCALE_DEMAND,
];

const BY_KIND: ReadonlyMap<EditKind, EditTool> = new Map(EDIT_TOOLS.map((tool) => [tool.kind, tool]));

export const toolFor = (kind: EditKind): EditTool | undefined => BY_KIND.get(kind);

/** Those that can act on an object of a layer. */
export const toolsOn = (layer: string): readonly EditTool[] =>
  EDIT_TOOLS.filter(({ picks }) => picks?.layers.includes(layer));

/** Whether pointing at an object is all that it takes. */
export const isAtOnce = ({ picks, draws, fields }: EditTool): boolean =>
  picks !== undefined && (picks.atLeast ?? 1) === 1 && !draws && (fields ?? []).length === 0;

/** What an edit does, in a few words; a kind that this viewer does not know is named as the service names it. */
export const editWords = (stored: StoredEdit): string =>
  toolFor(stored.edit.kind)?.words(stored) ?? t('editOther', { kind: stored.edit.kind });

/** What else is worth a line: its numbers, then the note of whoever made it. */
export const editFacts = (stored: StoredEdit): string =>
  [...(toolFor(stored.edit.kind)?.facts?.(stored) ?? []), stored.edit.note ?? '']
    .filter((fact) => fact !== '')
    .join(' · ');
