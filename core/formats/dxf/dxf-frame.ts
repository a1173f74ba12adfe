/**
 * What stands round the objects of a DXF of AutoCAD 2007 (AC1021: UTF-8 and true colours): tables, blocks, dictionary.
 * The least that CAD programs ask for.
 */
import type { MarkerShape } from '../../feature/layer.ts';

export interface DxfLayer {
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
}

/** A symbol one unit wide round its origin; inserted with a scale. */
export const BLOCK_OF: Readonly<Record<MarkerShape, string>> = {
  circle: 'BL_CIRCLE',
  square: 'BL_SQUARE',
  triangle: 'BL_TRIANGLE',
  diamond: 'BL_DIAMOND',
  cross: 'BL_CROSS',
};

/** Name under which objects carry the id and the attributes of the register. */
export const APPLICATION = 'BLIZNIAK';

export type Group = readonly [code: number, value: string | number];

export const groupText = (groups: readonly Group[]): string =>
  groups.map(([code, value]) => `${code}\n${value}\n`).join('');

/** Gives out handles: every object of a drawing has one of its own. */
export class Handles {
  #last = 0xff;

  next(): string {
    this.#last++;
    return this.#last.toString(16).toUpperCase();
  }
}

/** Handles of what is always there. */
const FIXED = {
  ...{ vports: '8', linetypes: '5', layers: '2', styles: '3', views: '6', ucs: '7', applications: '9' },
  ...{ dimstyles: 'A', records: '1', model: '1F', paper: '1B', dictionary: 'C', groups: 'D' },
} as const;

/** Largest handle that is needed for the frame; those of objects lie above. */
export const MODEL_SPACE = FIXED.model;
const SEED = 'FFFFFFF';

/** Everything before the objects. */
export function dxfHead(layers: readonly DxfLayer[], handles: Handles): string {
  const blocks = Object.values(BLOCK_OF).map((name) => ({ name, record: handles.next() }));
  return [
    groupText([
      [0, 'SECTION'],
      [2, 'HEADER'],
      [9, '$ACADVER'],
      [1, 'AC1021'],
      [9, '$DWGCODEPAGE'],
      [3, 'ANSI_1250'],
      [9, '$INSUNITS'],
      [70, 6],
      [9, '$MEASUREMENT'],
      [70, 1],
      [9, '$PDMODE'],
      [70, 34],
      [9, '$PDSIZE'],
      [40, 0.5],
      [9, '$HANDSEED'],
      [5, SEED],
      [0, 'ENDSEC'],
      [0, 'SECTION'],
      [2, 'CLASSES'],
      [0, 'ENDSEC'],
      [0, 'SECTION'],
      [2, 'TABLES'],
    ]),
    table('VPORT', FIXED.vports, []),
    table(
      'LTYPE',
      FIXED.linetypes,
      ['ByBlock', 'ByLayer', 'Continuous'].map((name) =>
        entry('LTYPE', 'AcDbLinetypeTableRecord', FIXED.linetypes, handles.next(), [
          [2, name],
          [70, 0],
          [3, ''],
          [72, 65],
          [73, 0],
          [40, 0],
        ]),
      ),
    ),
    table(
      'LAYER',
      FIXED.layers,
      [{ name: '0', colour: '#000000' }, ...layers].map(({ name, colour }) =>
        entry('LAYER', 'AcDbLayerTableRecord', FIXED.layers, handles.next(), [
          [2, name],
          [70, 0],
          [62, nearestIndex(colour)],
          [420, Number.parseInt(colour.slice(1), 16)],
          [6, 'Continuous'],
          [370, -3],
          [390, '0'],
        ]),
      ),
    ),
    table('STYLE', FIXED.styles, [
      entry('STYLE', 'AcDbTextStyleTableRecord', FIXED.styles, handles.next(), [
        [2, 'Standard'],
        [70, 0],
        [40, 0],
        [41, 1],
        [50, 0],
        [71, 0],
        [42, 1],
        [3, 'arial.ttf'],
        [4, ''],
      ]),
    ]),
    table('VIEW', FIXED.views, []),
    table('UCS', FIXED.ucs, []),
    table(
      'APPID',
      FIXED.applications,
      ['ACAD', APPLICATION].map((name) =>
        entry('APPID', 'AcDbRegAppTableRecord', FIXED.applications, handles.next(), [
          [2, name],
          [70, 0],
        ]),
      ),
    ),
    table('DIMSTYLE', FIXED.dimstyles, [], [[100, 'AcDbDimStyleTable']]),
    table('BLOCK_RECORD', FIXED.records, [
      record('*Model_Space', FIXED.model),
      record('*Paper_Space', FIXED.paper),
      ...blocks.map(({ name, record: handle }) => record(name, handle)),
    ]),
    groupText([
      [0, 'ENDSEC'],
      [0, 'SECTION'],
      [2, 'BLOCKS'],
    ]),
    block('*Model_Space', FIXED.model, handles, () => ''),
    block('*Paper_Space', FIXED.paper, handles, () => ''),
    ...blocks.map(({ name, record: owner }) =>
      block(name, owner, handles, () => symbol(name, owner, handles)),
    ),
    groupText([
      [0, 'ENDSEC'],
      [0, 'SECTION'],
      [2, 'ENTITIES'],
    ]),
  ].join('');
}

/** Everything after the objects. */
export const DXF_TAIL = groupText([
  [0, 'ENDSEC'],
  [0, 'SECTION'],
  [2, 'OBJECTS'],
  [0, 'DICTIONARY'],
  [5, FIXED.dictionary],
  [330, '0'],
  [100, 'AcDbDictionary'],
  [281, 1],
  [3, 'ACAD_GROUP'],
  [350, FIXED.groups],
  [0, 'DICTIONARY'],
  [5, FIXED.groups],
  [330, FIXED.dictionary],
  [100, 'AcDbDictionary'],
  [281, 1],
  [0, 'ENDSEC'],
  [0, 'EOF'],
]);

function table(
  name: string,
  handle: string,
  entries: readonly string[],
  more: readonly Group[] = [],
): string {
  const open = groupText([
    [0, 'TABLE'],
    [2, name],
    [5, handle],
    [330, '0'],
    [100, 'AcDbSymbolTable'],
    [70, entries.length],
    ...more,
  ]);
  return `${open}${entries.join('')}${groupText([[0, 'ENDTAB']])}`;
}

const entry = (type: string, kind: string, owner: string, handle: string, groups: readonly Group[]): string =>
  groupText([[0, type], [5, handle], [330, owner], [100, 'AcDbSymbolTableRecord'], [100, kind], ...groups]);

const record = (name: string, handle: string): string =>
  entry('BLOCK_RECORD', 'AcDbBlockTableRecord', FIXED.records, handle, [
    [2, name],
    [340, '0'],
  ]);

function block(name: string, owner: string, handles: Handles, content: () => string): string {
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
      [70, 0],
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

function symbol(name: string, owner: string, handles: Handles): string {
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

/** The seven plain colours of CAD, for programs that know no others. */
const INDEXED: readonly (readonly [index: number, colour: number])[] = [
  [1, 0xff0000],
  [2, 0xffff00],
  [3, 0x00ff00],
  [4, 0x00ffff],
  [5, 0x0000ff],
  [6, 0xff00ff],
  [7, 0x000000],
  [8, 0x808080],
  [30, 0xff7f00],
  [34, 0x994c00],
];

function nearestIndex(colour: string): number {
  const wanted = Number.parseInt(colour.slice(1), 16);
  const channels = (value: number) => [value >> 16, (value >> 8) & 255, value & 255];
  const difference = (other: number) =>
    channels(wanted).reduce((sum, value, index) => sum + (value - (channels(other)[index] ?? 0)) ** 2, 0);
  return INDEXED.toSorted(([, a], [, b]) => difference(a) - difference(b))[0]?.[0] ?? 7;
}
