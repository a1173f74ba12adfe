/** Buildings as binary glTF 2.0 for programs that draw and model: a node for each, round a local origin. */
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureStream } from '../../core/feature/source.ts';
import {
  type BuildingFace,
  buildingFaces,
  type Corner,
  cornerBelow,
  type SurfaceMeaning,
} from '../../core/formats/building-faces.ts';
import { type HeightSystem, VERTICAL_CRS } from '../../core/geo/height-systems.ts';
import { GlbBuffer, writeGlb } from './glb.ts';
import { triangulate } from './triangulate.ts';

const [FLOAT, UNSIGNED_INT] = [5126, 5125];
const [VERTICES, INDICES] = [34_962, 34_963];

/** Linear red, green and blue. */
const COLOURS: Readonly<Record<SurfaceMeaning, readonly number[]>> = {
  RoofSurface: [0.43, 0.195, 0.122],
  WallSurface: [0.791, 0.723, 0.624],
  GroundSurface: [0.323, 0.292, 0.231],
  OuterFloorSurface: [0.665, 0.597, 0.503],
  OuterCeilingSurface: [0.665, 0.597, 0.503],
  ClosureSurface: [0.665, 0.597, 0.503],
};
const MEANINGS = Object.keys(COLOURS) as SurfaceMeaning[];

/**
 * x = east, y = up, z = south, metres from an origin that the file states (`asset.extras`); y is the height itself.
 * Each building counts from a corner of its own, so that single precision keeps a hundredth of a millimetre. Nodes are
 * named by the ids of the register and carry its attributes. All buildings are held: the format says its length first.
 * @param features in a plane CRS, with heights
 * @param note what the file says of itself and of its use, a line each: `asset.extras.note`
 */
export async function writeOrderGlb(
  features: FeatureStream,
  layer: Layer,
  srid: number,
  heights: HeightSystem,
  note: readonly string[] = [],
): Promise<Uint8Array> {
  const buffer = new GlbBuffer();
  const accessors: object[] = [];
  const meshes: object[] = [];
  const nodes: object[] = [];
  const materials: SurfaceMeaning[] = [];
  let origin: readonly [number, number] | undefined;
  for await (const feature of features) {
    const faces = buildingFaces(feature, srid);
    const corner = cornerBelow(feature);
    if (!corner || faces.length === 0) continue;
    origin ??= [corner[0], corner[1]];
    const primitives = primitivesOf(faces, corner, buffer, accessors, materials);
    if (primitives.length === 0) continue;
    const [e, n, h] = corner;
    const node = {
      name: feature.id,
      mesh: meshes.length,
      translation: [e - origin[0], h, origin[1] - n],
      extras: attributesOf(feature),
    };
    nodes.push(node);
    meshes.push({ name: feature.id, primitives });
  }
  const [easting = 0, northing = 0] = origin ?? [];
  const place = {
    crs: `EPSG:${srid}`,
    heights: `${heights} (EPSG:${VERTICAL_CRS[heights].srid})`,
    origin: { easting, northing, height: 0 },
    axes: 'x = easting - origin, y = height (up), z = origin - northing; m',
  };
  const root = { name: layer.name, children: nodes.map((_, index) => index), extras: place };
  const asset = {
    version: '2.0',
    generator: 'Blizniak',
    copyright: layer.licence.pl,
    extras: { ...place, note },
  };
  if (nodes.length === 0) return writeGlb({ asset, scene: 0, scenes: [{ name: layer.name }] }, buffer);
  return writeGlb(
    {
      asset,
      scene: 0,
      scenes: [{ name: layer.name, nodes: [nodes.length] }],
      nodes: [...nodes, root],
      ...{ meshes, accessors },
      materials: materials.map((name) => ({
        name,
        // Both sides, since a shell that is not closed shows its inside.
        doubleSided: true,
        pbrMetallicRoughness: {
          baseColorFactor: [...COLOURS[name], 1],
          ...{ metallicFactor: 0, roughnessFactor: 0.9 },
        },
      })),
    },
    buffer,
  );
}

function primitivesOf(
  faces: readonly BuildingFace[],
  corner: Corner,
  buffer: GlbBuffer,
  accessors: object[],
  materials: SurfaceMeaning[],
): readonly object[] {
  return MEANINGS.flatMap((meaning) => {
    const mesh = meshOf(
      faces.filter((face) => face.meaning === meaning),
      corner,
    );
    if (mesh.indices.length === 0) return [];
    if (!materials.includes(meaning)) materials.push(meaning);
    const material = materials.indexOf(meaning);
    const count = mesh.positions.length / 3;
    const axis = (at: number) => mesh.positions.filter((_, index) => index % 3 === at);
    const ends = [0, 1, 2].map((at) => [Math.min(...axis(at)), Math.max(...axis(at))]);
    const [min, max] = [0, 1].map((end) => ends.map((each) => each[end]));
    const accessor = (bytes: Uint8Array, target: number, more: object): number =>
      accessors.push({ bufferView: buffer.add(bytes, { target }), ...more }) - 1;
    const positions = accessor(new Uint8Array(mesh.positions.buffer), VERTICES, {
      ...{ componentType: FLOAT, count, type: 'VEC3', min, max },
    });
    const indices = accessor(new Uint8Array(mesh.indices.buffer), INDICES, {
      ...{ componentType: UNSIGNED_INT, count: mesh.indices.length, type: 'SCALAR' },
    });
    return [{ attributes: { POSITION: positions }, indices, material }];
  });
}

/** Triangles with the corners that they share; without normals, which programs then take flat (3.7.2.1). */
function meshOf(
  faces: readonly BuildingFace[],
  [e, n, h]: Corner,
): { readonly positions: Float32Array; readonly indices: Uint32Array } {
  const [positions, indices]: [number[], number[]] = [[], []];
  const known = new Map<string, number>();
  for (const { rings } of faces) {
    const coordinates = Float64Array.from(rings.flat().flatMap(([x, y, z = 0]) => [x - e, y - n, z - h]));
    let end = 0;
    const ranges = rings.map(({ length }): [number, number] => {
      end += length;
      return [end - length, end];
    });
    const facet = triangulate(coordinates, ranges);
    for (const corner of facet?.triangles ?? []) {
      const [x = 0, y = 0, z = 0] = facet?.corners.slice(3 * corner, 3 * corner + 3) ?? [];
      const key = `${x} ${y} ${z}`;
      const at = known.get(key) ?? positions.push(x, z, y === 0 ? 0 : -y) / 3 - 1;
      known.set(key, at);
      indices.push(at);
    }
  }
  return { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) };
}

const attributesOf = ({ properties }: Feature): object =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([name, value]) => value !== null && name !== 'surface_kinds' && name !== 'appearance',
    ),
  );
