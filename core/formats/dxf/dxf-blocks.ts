/** Symbols of points, each drawn once and inserted by name. */
import type { MarkerShape } from '../../feature/layer.ts';
import { type Group, groupText, type Handles } from './dxf-groups.ts';

/** A symbol one unit wide round its origin; inserted with a scale. */
export const BLOCK_OF: Readonly<Record<MarkerShape, string>> = {
  circle: 'BL_CIRCLE',
  square: 'BL_SQUARE',
  triangle: 'BL_TRIANGLE',
  diamond: 'BL_DIAMOND',
  cross: 'BL_CROSS',
};

/** The same symbol with attributes: a number, which is not shown, and a height beside it. */
export const withAttributes = (block: string): string => `${block}_H`;

/** Attributes of such a block, in its own unit. */
export const ATTRIBUTES = [
  { tag: 'NR', prompt: 'Numer', x: 0.8, y: 0.3, isHidden: true },
  { tag: 'H', prompt: 'Rzedna [m]', x: 0.8, y: -1.3, isHidden: false },
] as const;

export function block(name: string, owner: string, handles: Handles, content: () => string): string {
  const begin = groupText([
    ...([
      [0, 'BLOCK'],
      [5, handles.next()],
      [330, owner],
      [100, 'AcDbEntity'],
      [8, '0'],
    ] satisfies Group[]),
    ...([
      [100, 'AcDbBlockBegin'],
      [2, name],
      [70, Object.values(BLOCK_OF).map(withAttributes).includes(name) ? 2 : 0],
      [10, 0],
      [20, 0],
      [30, 0],
      [3, name],
      [1, ''],
    ] satisfies Group[]),
  ]);
  const end = groupText([
    [0, 'ENDBLK'],
    [5, handles.next()],
    [330, owner],
    [100, 'AcDbEntity'],
    [8, '0'],
    [100, 'AcDbBlockEnd'],
  ]);
  return begin + content() + end;
}

const OUTLINES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  [BLOCK_OF.square]: [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ],
  [BLOCK_OF.triangle]: [
    [-0.5, -0.4],
    [0.5, -0.4],
    [0, 0.6],
  ],
  [BLOCK_OF.diamond]: [
    [0, -0.5],
    [0.5, 0],
    [0, 0.5],
    [-0.5, 0],
  ],
};

export function symbol(name: string, owner: string, handles: Handles): string {
  const plain = Object.values(BLOCK_OF).find((each) => withAttributes(each) === name);
  if (plain === undefined) return outlineOf(name, owner, handles);
  return outlineOf(plain, owner, handles) + definitions(owner, handles);
}

function definitions(owner: string, handles: Handles): string {
  return ATTRIBUTES.map(({ tag, prompt, x, y, isHidden }) =>
    groupText([
      ...([
        [0, 'ATTDEF'],
        [5, handles.next()],
        [330, owner],
        [100, 'AcDbEntity'],
        [8, '0'],
        [100, 'AcDbText'],
        [10, x],
        [20, y],
        [30, 0],
        [40, 1],
        [1, ''],
      ] satisfies Group[]),
      [100, 'AcDbAttributeDefinition'],
      [3, prompt],
      [2, tag],
      [70, isHidden ? 1 : 0],
    ]),
  ).join('');
}

function outlineOf(name: string, owner: string, handles: Handles): string {
  const head = (type: string): Group[] => [
    [0, type],
    [5, handles.next()],
    [330, owner],
    [100, 'AcDbEntity'],
    [8, '0'],
  ];
  if (name === BLOCK_OF.circle) {
    return groupText([...head('CIRCLE'), [100, 'AcDbCircle'], [10, 0], [20, 0], [30, 0], [40, 0.5]]);
  }
  if (name === BLOCK_OF.cross) {
    const line = (x1: number, y1: number, x2: number, y2: number) =>
      groupText([
        ...head('LINE'),
        [100, 'AcDbLine'],
        [10, x1],
        [20, y1],
        [30, 0],
        [11, x2],
        [21, y2],
        [31, 0],
      ]);
    return line(-0.5, 0, 0.5, 0) + line(0, -0.5, 0, 0.5);
  }
  const outline = OUTLINES[name] ?? [];
  const points = outline.flatMap(([x, y]): Group[] => [
    [10, x],
    [20, y],
  ]);
  return groupText([...head('LWPOLYLINE'), [100, 'AcDbPolyline'], [90, outline.length], [70, 1], ...points]);
}
