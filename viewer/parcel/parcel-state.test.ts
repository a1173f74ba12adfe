import { beforeEach, describe, expect, it } from 'vitest';
import type { ChecksReply } from '../../core/wire/parcel-check.ts';
import { panelOpen, workSpace } from '../frame/layout.ts';
import { checkedBuilding, checkedParcel, drawnRing, isDrawing, listedIds } from '../state/checked-parcel.ts';
import {
  CHECK_SPACE,
  checkBuilding,
  closeBuilding,
  listAsked,
  listCheck,
  listOutlines,
} from './parcel-state.ts';

const PLANNED = 'k3v5q7abcdefghij2345-1';
const ring = [
  [6_427_000, 5_808_000],
  [6_427_010, 5_808_000],
  [6_427_010, 5_808_010],
  [6_427_000, 5_808_000],
];
const square = { type: 'Polygon', coordinates: [ring] };

describe('the check of a building', () => {
  beforeEach(() => {
    workSpace.value = 'what-if';
    panelOpen.value = false;
    checkedParcel.value = undefined;
    checkedBuilding.value = undefined;
    drawnRing.value = undefined;
    listedIds.value = [];
    listCheck.value = { kind: 'none' };
  });

  it('opens its work space and leaves the parcel and the area that were open', () => {
    checkedParcel.value = '306401_1.0021.AR_10.20';
    drawnRing.value = [[6_427_000, 5_808_000]];
    isDrawing.value = true;
    checkBuilding(PLANNED);
    expect([workSpace.value, panelOpen.value]).toEqual([CHECK_SPACE, true]);
    expect([checkedParcel.value, drawnRing.value, isDrawing.value]).toEqual([undefined, undefined, false]);
    expect(listAsked.value).toEqual({ buildings: [PLANNED] });
  });

  it('stands before a list, which comes back when it is closed', () => {
    listedIds.value = ['306401_1.0021.AR_10.20'];
    checkBuilding(PLANNED);
    expect(listAsked.value).toEqual({ buildings: [PLANNED] });
    closeBuilding();
    expect(listAsked.value).toEqual({ parcels: ['306401_1.0021.AR_10.20'] });
  });

  it('outlines the building and what it stands on, until one of the parcels is opened', () => {
    checkBuilding(PLANNED);
    const value: ChecksReply = {
      ...{ checks: [], unknown: [], code: 'C' },
      outlines: [
        { id: PLANNED, geometry: square },
        { id: '306401_1.0021.AR_10.20', geometry: square },
        { id: 'broken', geometry: { type: 'Polygon', coordinates: 'none' } },
      ],
    };
    listCheck.value = { kind: 'ready', value };
    expect(listOutlines.value).toEqual([
      { isBuilding: true, shapes: [square] },
      { isBuilding: false, shapes: [square] },
      { isBuilding: false, shapes: [] },
    ]);
    checkedParcel.value = '306401_1.0021.AR_10.20';
    expect(listOutlines.value).toEqual([]);
  });
});
