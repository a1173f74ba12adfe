import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { movedShape } from '../../../../core/building/placed-solid.ts';
import type { Feature } from '../../../../core/feature/feature.ts';
import { writeIfc } from '../../../../core/formats/ifc/write-ifc.ts';
import { type MultiPolygon, positionsOf } from '../../../../core/geo/geometry.ts';
import { placeModel } from '../../../../core/scenario/placed-model.ts';
import { addModelSchema } from '../../../../core/wire/edits/building-model.ts';
import { BUILDINGS_3D_LAYER, sampleBuildings } from '../../../../test/support/sample-buildings.ts';
import { describeWithSharedData, sharedData } from '../../../../test/support/shared-data.ts';
import type { ModelBody } from './model-body.ts';
import { readModel } from './read-model.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
async function* streamed(feature: Feature): AsyncGenerator<Feature> {
  yield feature;
}
const problem = (read: Promise<unknown>) =>
  read.then(
    () => 'read',
    (error: { note?: { word: string } }) => error.note?.word ?? String(error),
  );
const placed = ({ cornersMm, faces, surfaceKinds, format }: ModelBody) =>
  placeModel(
    addModelSchema.parse({
      ...{ kind: 'add-model', cornersMm, faces, at: [6_427_000, 5_808_000], storeys: 1, function: 'm' },
      ...(surfaceKinds !== undefined && { surfaceKinds }),
      source: { format, file: 'model' },
    }),
  );

/** Two metres by three by four, as a glTF whose buffer is in the text. */
function boxGltf(uri = ''): string {
  const corners = [0, 1].flatMap((y) => [0, 1].flatMap((z) => [0, 1].map((x) => [2 * x, 4 * y, -3 * z])));
  const sides = [
    0, 1, 3, 0, 3, 2, 4, 7, 5, 4, 6, 7, 0, 5, 1, 0, 4, 5, 2, 3, 7, 2, 7, 6, 0, 2, 6, 0, 6, 4, 1, 5, 7, 1, 7,
    3,
  ];
  const buffer = Buffer.concat([
    Buffer.from(Float32Array.from(corners.flat()).buffer),
    Buffer.from(Uint16Array.from(sides.toReversed()).buffer),
  ]);
  return JSON.stringify({
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, translation: [100, 5, 0] }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 8, type: 'VEC3', min: [0, 0, -3], max: [2, 4, 0] },
      { bufferView: 1, componentType: 5123, count: 36, type: 'SCALAR' },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: 96 },
      { buffer: 0, byteOffset: 96, byteLength: 72 },
    ],
    buffers: [
      { byteLength: 168, uri: uri || `data:application/octet-stream;base64,${buffer.toString('base64')}` },
    ],
  });
}

it('a glTF box becomes a closed body in whole millimetres with its foot at zero, y up turned to z up', async () => {
  const body = await readModel(bytes(boxGltf()));
  expect(body.sizeM).toEqual([2, 3, 4]);
  expect(body.cornersMm).toHaveLength(8);
  expect(Math.min(...body.cornersMm.map(([, , z]) => z))).toBe(0);
  const model = placed(body);
  expect([model.heightM, model.volumeM3, model.kinds.length]).toEqual([4, 24, 12]);
  expect([...model.kinds].toSorted().join('')).toBe('GGRRWWWWWWWW');
});

it('a building that we hand out as IFC comes back to its place in the city, to the millimetre', async () => {
  const [building] = sampleBuildings(1, [6_427_100, 5_808_100]);
  if (!building) throw new Error('there is no sample building');
  const parts: Uint8Array[] = [];
  for await (const part of writeIfc(streamed(building), BUILDINGS_3D_LAYER, 2177, 'PL-EVRF2007-NH'))
    parts.push(part);
  const { place, ...body } = await readModel(new Uint8Array(Buffer.concat(parts)));
  expect(place?.turnDeg).toBeCloseTo(0, 9);
  const there = movedShape(placed(body).shape, {
    pivot: [6_427_000, 5_808_000],
    byM: [(place?.at[0] ?? 0) - 6_427_000, (place?.at[1] ?? 0) - 5_808_000],
    ...{ turnDeg: 0, raiseM: place?.footHeightM ?? 0 },
  });
  const far = [...positionsOf(building.geometry as MultiPolygon)].map(([x, y, z = 0]) =>
    Math.min(...[...positionsOf(there)].map(([a, b, c = 0]) => Math.hypot(x - a, y - b, z - c))),
  );
  expect(Math.max(...far)).toBeLessThan(0.002);
});

it('says what is wrong with a file, and fetches nothing that lies elsewhere', async () => {
  expect(await problem(readModel(bytes(boxGltf('https://example.org/box.bin'))))).toBe('modelElsewhere');
  expect(await problem(readModel(bytes(boxGltf('box.bin'))))).toBe('modelElsewhere');
  expect(await problem(readModel(bytes('solid box')))).toBe('modelUnknown');
  expect(await problem(readModel(bytes('{"asset":')))).toBe('modelBroken');
  expect(await problem(readModel(bytes('{"asset":{"version":"2.0"}}')))).toBe('modelNothing');
});

describeWithSharedData('real models', () => {
  const gltf = (name: string) => readModel(new Uint8Array(readFileSync(sharedData('gltf', name))));

  it('of glTF are read whole, or refused by what they are packed with', async () => {
    const house = await gltf('house1-1.glb');
    expect(house.sizeM.map(Math.round)).toEqual([11, 7, 6]);
    expect(placed(house).heightM).toBeCloseTo(house.sizeM[2], 2);
    expect((await gltf('TwoCubes.glb')).faces).toHaveLength(24);
    expect(await problem(gltf('BoxDraco.glb'))).toBe('modelPacked');
    expect(await problem(gltf('glTF1GlbWithoutBin.glb'))).toBe('modelVersion');
    expect(await problem(gltf('glTF2GlbWithoutBin.glb'))).toBe('modelNothing');
  });

  it('of CityJSON keep the meaning of their surfaces', async () => {
    const body = await readModel(
      new Uint8Array(readFileSync(sharedData('cityjson', 'lod2_buildings_v2.json'))),
    );
    expect(body.surfaceKinds).toMatch(/^[GWRO]+$/);
    expect(body.surfaceKinds).toHaveLength(body.faces.length);
  });

  it('of IFC give the outside of the house at its true size', async () => {
    const house = new Uint8Array(readFileSync(sharedData('ifc', 'IfcOpenHouse_IFC4.ifc')));
    const { sizeM, faces, place } = await readModel(house);
    expect(faces.length).toBeGreaterThan(50);
    expect(place).toBeUndefined();
    expect(sizeM.map(Math.round)).toEqual([10, 6, 6]);
    const large = new Uint8Array(gunzipSync(readFileSync(sharedData('ifc', 'AC20-FZK-Haus.ifc.gz'))));
    expect((await readModel(large)).sizeM.map(Math.round)).toEqual([13, 11, 7]);
  });
});
