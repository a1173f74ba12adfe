/**
 * What stands round the objects of a DXF of AutoCAD 2004 (AC1018: a code page and true colours): tables, blocks, dictionary.
 * The least that CAD programs ask for.
 */
import { BLOCK_OF, block, symbol, withAttributes } from './dxf-blocks.ts';
import { type Group, groupText, type Handles } from './dxf-groups.ts';
import { CONTINUOUS, type DxfLineType } from './dxf-line-types.ts';
import { CODE_PAGE } from './dxf-text.ts';

export interface DxfLayer {
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly lineType: DxfLineType;
}

/** Name under which objects carry the id and the attributes of the register. */
export const APPLICATION = 'BLIZNIAK';

/** Handles of what is always there. */
const FIXED = {
  ...{ vports: '8', linetypes: '5', layers: '2', styles: '3', views: '6', ucs: '7', applications: '9' },
  ...{ dimstyles: 'A', records: '1', model: '1F', paper: '1B', dictionary: 'C', groups: 'D' },
} as const;

/** Largest handle that is needed for the frame; those of objects lie above. */
export const MODEL_SPACE = FIXED.model;
const SEED = 'FFFFFFF';
/** Height of the letters in lines. */
const LETTER_M = 0.9;

/** Everything before the objects. */
export function dxfHead(
  layers: readonly DxfLayer[],
  otherLineTypes: readonly DxfLineType[],
  handles: Handles,
): string {
  const blocks = Object.values(BLOCK_OF)
    .flatMap((name) => [name, withAttributes(name)])
    .map((name) => ({ name, record: handles.next() }));
  const textStyle = handles.next();
  const lineTypes = [...layers.map(({ lineType }) => lineType), ...otherLineTypes];
  const named = new Map(lineTypes.map((each) => [each.name, each]));
  named.delete(CONTINUOUS.name);
  return [
    groupText([
      [0, 'SECTION'],
      [2, 'HEADER'],
      [9, '$ACADVER'],
      [1, 'AC1018'],
      [9, '$DWGCODEPAGE'],
      [3, CODE_PAGE],
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
      ['ByBlock', 'ByLayer']
        .map((name): DxfLineType => ({ name, elements: [] }))
        .concat(CONTINUOUS, ...named.values())
        .map((each) =>
          entry('LTYPE', 'AcDbLinetypeTableRecord', FIXED.linetypes, handles.next(), [
            ...lineTypeGroups(each, textStyle),
          ]),
        ),
    ),
    table(
      'LAYER',
      FIXED.layers,
      [{ name: '0', colour: '#000000', lineType: CONTINUOUS }, ...layers].map(({ name, colour, lineType }) =>
        entry('LAYER', 'AcDbLayerTableRecord', FIXED.layers, handles.next(), [
          [2, name],
          [70, 0],
          [62, nearestIndex(colour)],
          [420, Number.parseInt(colour.slice(1), 16)],
          [6, lineType.name],
          [370, -3],
          [390, '0'],
        ]),
      ),
    ),
    table('STYLE', FIXED.styles, [
      entry('STYLE', 'AcDbTextStyleTableRecord', FIXED.styles, textStyle, [
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

/** Simple dashes, and letters of the text style in a gap (74 = 2). */
function lineTypeGroups({ name, elements }: DxfLineType, textStyle: string): readonly Group[] {
  const lengthOf = (element: DxfLineType['elements'][number]) =>
    typeof element === 'number' ? Math.abs(element) : element.gapM;
  const total = elements.reduce((sum: number, element) => sum + lengthOf(element), 0);
  const head: Group[] = [
    ...([
      [2, name],
      [70, 0],
      [
        3,
        elements
          .map((each) => (typeof each === 'number' ? (each > 0 ? '__' : '  ') : ` ${each.letter} `))
          .join(''),
      ],
      [72, 65],
    ] satisfies Group[]),
    // A letter stands in a gap that goes on behind it.
    [73, elements.reduce((count: number, each) => count + (typeof each === 'number' ? 1 : 2), 0)],
    [40, metres(total)],
  ];
  return [...head, ...elements.flatMap((each): readonly Group[] => elementGroups(each, textStyle))];
}

function elementGroups(element: DxfLineType['elements'][number], textStyle: string): readonly Group[] {
  if (typeof element === 'number') {
    return [
      [49, metres(element)],
      [74, 0],
    ];
  }
  const before = element.gapM / 4;
  return [
    ...([
      [49, metres(-before)],
      [74, 2],
      [75, 0],
      [340, textStyle],
      [46, LETTER_M],
      [50, 0],
      [44, 0],
      [45, -LETTER_M / 2],
      [9, element.letter],
    ] satisfies Group[]),
    [49, metres(before - element.gapM)],
    [74, 0],
  ];
}

const metres = (value: number): number => Math.round(value * 1000) / 1000;

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
