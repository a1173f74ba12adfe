import { Logger, WebIO } from '@gltf-transform/core';
import { EXTMeshoptCompression, EXTTextureWebP, KHRMeshQuantization } from '@gltf-transform/extensions';
import validator from 'gltf-validator';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Appearance } from '../../core/building/appearance.ts';
import type { MultiPolygon, Polygon } from '../../core/geo/geometry.ts';
import { decodePicture, pictureSize } from '../picture/decode-picture.ts';
import { encodePng } from '../picture/png.ts';
import { writeBuildingGlb } from './building-glb.ts';
import { addBuilding, emptyMesh } from './building-mesh.ts';
import { facePaints } from './face-looks.ts';
import type { LocalMap } from './local-map.ts';
import { surfacesOf } from './surfaces.ts';
import { textureAtlas } from './texture-atlas.ts';

const RED = [255, 0, 0] as const;
const GREEN = [0, 160, 0] as const;
const BLUE = [0, 0, 255] as const;
const YELLOW = [240, 220, 0] as const;
const SIDE_PX = 64;

/** Red and green above, blue and yellow below. */
function quarters(): Uint8Array {
  const pixels = new Uint8ClampedArray(4 * SIDE_PX * SIDE_PX);
  for (let at = 0; at < SIDE_PX * SIDE_PX; at++) {
    const [column, row] = [at % SIDE_PX, Math.floor(at / SIDE_PX)];
    const isRight = column >= SIDE_PX / 2;
    const colour = row < SIDE_PX / 2 ? (isRight ? GREEN : RED) : isRight ? YELLOW : BLUE;
    pixels.set([...colour, 255], 4 * at);
  }
  return encodePng({ pixels, widthPx: SIDE_PX, heightPx: SIDE_PX }, true);
}

/** A square metre on the ground, four metres east of the one before. */
const square = (index: number): Polygon['coordinates'] => {
  const [west, east] = [4 * index, 4 * index + 1];
  return [
    [
      [west, 0, 0],
      [east, 0, 0],
      [east, 1, 0],
      [west, 1, 0],
      [west, 0, 0],
    ],
  ];
};
/** Lower left, then counter-clockwise. */
const window = (left: number, bottom: number, right: number, top: number) => [
  [left, bottom, right, bottom, right, top, left, top],
];
const wall = 'a'.repeat(64);
const picture = { image: wall, mediaType: 'image/png' };

const LOOK: Appearance = {
  pictures: [picture, { ...picture, wrap: 'wrap' }, { ...picture, wrap: 'mirror' }, { image: 'gone' }],
  materials: [{ diffuse: [1, 0.5, 0] }],
  themes: [
    { name: 'night', looks: [{ material: 0 }, null, null, null, null, null, null] },
    {
      ...{ name: 'day', isDefault: true },
      looks: [
        { picture: 0, coordinates: window(0.05, 0.05, 0.45, 0.45) },
        { picture: 1, coordinates: window(1.05, 0.55, 1.45, 0.95) },
        { picture: 2, coordinates: window(1.05, 0.55, 1.45, 0.95) },
        { picture: 0, coordinates: window(0.9, 0.9, 3, 3) },
        { material: 0 },
        { picture: 3, coordinates: window(0, 0, 1, 1) },
        null,
      ],
    },
  ],
};
const surfaces = surfacesOf({
  type: 'MultiPolygon',
  coordinates: LOOK.themes[1]?.looks.map((_, index) => square(index)) ?? [],
} as MultiPolygon);

/** What each face shows in its middle, by its place from west to east. */
let shown: (readonly number[])[];
let glb: Uint8Array;
beforeAll(async () => {
  const faces = facePaints(LOOK, surfaces) ?? [];
  const atlas = await textureAtlas([faces], new Map([[wall, quarters()]]));
  const mesh = emptyMesh();
  const map: LocalMap = (x, y, z, out, at) => {
    [out[at], out[at + 1], out[at + 2]] = [x, y, z];
  };
  addBuilding(mesh, surfaces, '', 0, map, (polygon) => {
    const paint = faces[polygon];
    return paint && atlas?.at(paint);
  });
  glb = writeBuildingGlb(mesh, [{ id: 'one', properties: {} }], [], atlas?.bytes);
  shown = await middles(glb);
});

/** Read by another library, decoded by the codec of the browser. */
async function middles(bytes: Uint8Array): Promise<(readonly number[])[]> {
  await MeshoptDecoder.ready;
  const io = new WebIO()
    .registerExtensions([KHRMeshQuantization, EXTMeshoptCompression, EXTTextureWebP])
    .registerDependencies({ 'meshopt.decoder': MeshoptDecoder })
    .setLogger(new Logger(Logger.Verbosity.SILENT));
  const document = await io.readBinary(bytes);
  const image = document.getRoot().listTextures()[0]?.getImage();
  if (!image) throw new Error('there is no picture');
  const atlas = await decodePicture(image, pictureSize(image));
  const found: (readonly number[])[] = [];
  const [node] = document.getRoot().listNodes();
  for (const primitive of node?.getMesh()?.listPrimitives() ?? []) {
    const places = primitive.getAttribute('TEXCOORD_0');
    const positions = primitive.getAttribute('POSITION');
    if (!places || !positions) continue;
    const sums = new Map<number, [number, number, number]>();
    for (let vertex = 0; vertex < places.getCount(); vertex++) {
      const x = (positions.getElement(vertex, [])[0] ?? 0) * (node?.getScale()[0] ?? 1);
      const face = Math.round((x + (node?.getTranslation()[0] ?? 0)) / 4 - 0.1);
      const [u = 0, v = 0] = places.getElement(vertex, []);
      const [sumU, sumV, count] = sums.get(face) ?? [0, 0, 0];
      sums.set(face, [sumU + u, sumV + v, count + 1]);
    }
    for (const [face, [u, v, count]] of sums) {
      const column = Math.floor((u / count) * atlas.widthPx);
      const at = 4 * (Math.floor((v / count) * atlas.heightPx) * atlas.widthPx + column);
      found[face] = [...atlas.pixels.subarray(at, at + 3)];
    }
  }
  return found;
}

const near = (colour: readonly number[]) => colour.map((channel) => expect.closeTo(channel, -1.4));

describe('pictures on the faces of a tile', () => {
  it.each([
    ['a part of the picture, its origin below', 0, BLUE],
    ['the picture once more beside it', 1, RED],
    ['the picture mirrored beside it', 2, GREEN],
    ['no more than the picture where it is not repeated', 3, GREEN],
    ['one colour of a material', 4, [255, 128, 0]],
  ])('are %s', (_, face, colour) => {
    expect(shown[face]).toEqual(near(colour));
  });

  it('are left out where the picture is not there, or nothing is said', () => {
    expect(shown[5]).toBeUndefined();
    expect(shown[6]).toBeUndefined();
    expect(facePaints({ ...LOOK, themes: [{ name: 'other', looks: [null] }] }, surfaces)).toBeUndefined();
  });

  it('make a tile without a fault', async () => {
    const { issues } = await validator.validateBytes(glb, { ignoredIssues: ['UNSUPPORTED_EXTENSION'] });
    expect(issues.messages.filter(({ severity }) => severity < 2)).toEqual([]);
  });
});
