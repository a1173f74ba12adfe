/** IFC 2x3 and 4 (ISO 16739): the outside of a building and where IfcMapConversion puts it. */
import {
  IFCBEAM,
  IFCBUILDINGELEMENTPROXY,
  IFCCHIMNEY,
  IFCCOLUMN,
  IFCCURTAINWALL,
  IFCDOOR,
  IFCMAPCONVERSION,
  IFCPLATE,
  IFCPROJECTEDCRS,
  IFCROOF,
  IFCSLAB,
  IFCWALL,
  IFCWALLSTANDARDCASE,
  IFCWINDOW,
  IfcAPI,
} from 'web-ifc';
import { placeFrom } from './map-place.ts';
import {
  bodyOf,
  type ModelBody,
  type ModelNote,
  type ModelPlace,
  ModelProblem,
  type RawFace,
  type Xyz,
} from './model-body.ts';

/** What bounds a building; the rest is inside it or stands around. */
const BOUNDING = [
  ...[IFCWALL, IFCWALLSTANDARDCASE, IFCCURTAINWALL, IFCSLAB, IFCROOF, IFCPLATE],
  ...[IFCCOLUMN, IFCBEAM, IFCCHIMNEY, IFCBUILDINGELEMENTPROXY],
];
/** They fill holes in walls; without them one looks into the house. */
const FILLING = [IFCWINDOW, IFCDOOR];

/** @param wasmAt where the code of web-ifc lies; undefined where it finds it itself */
export async function readIfc(bytes: Uint8Array, wasmAt?: string): Promise<ModelBody> {
  const api = new IfcAPI();
  await api.Init(wasmAt === undefined ? undefined : () => wasmAt, true);
  api.SetLogLevel(6);
  const model = api.OpenModel(bytes, { COORDINATE_TO_ORIGIN: false, CIRCLE_SEGMENTS: 8 });
  if (model < 0) throw new ModelProblem('modelBroken', { reason: 'IFC' });
  try {
    const faces = [...facesOf(api, model, BOUNDING), ...facesOf(api, model, FILLING)];
    const { corners, faces: kept, pivot, sizeM } = bodyOf(faces);
    const notes: ModelNote[] = [{ word: 'modelOutside' }];
    const place = placeOf(api, model, pivot, notes);
    return { format: 'IFC', cornersMm: corners, faces: kept, sizeM, place, notes };
  } finally {
    api.CloseModel(model);
  }
}

function facesOf(api: IfcAPI, model: number, types: readonly number[]): RawFace[] {
  const faces: RawFace[] = [];
  api.StreamAllMeshesWithTypes(model, [...types], (mesh) => {
    for (let part = 0; part < mesh.geometries.size(); part++) {
      const { geometryExpressID, flatTransformation: m } = mesh.geometries.get(part);
      const geometry = api.GetGeometry(model, geometryExpressID);
      const numbers = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize());
      const order = api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize());
      const corner = (index: number): Xyz => {
        const [x = 0, y = 0, z = 0] = numbers.subarray(6 * index, 6 * index + 3);
        const along = (row: number) =>
          (m[row] ?? 0) * x + (m[row + 4] ?? 0) * y + (m[row + 8] ?? 0) * z + (m[row + 12] ?? 0);
        // It turns bodies so that y is up.
        return [along(0), -along(2), along(1)];
      };
      for (let at = 0; at + 2 < order.length; at += 3) {
        faces.push({
          rings: [[corner(order[at] ?? 0), corner(order[at + 1] ?? 0), corner(order[at + 2] ?? 0)]],
        });
      }
      geometry.delete();
    }
  });
  return faces;
}

interface Line {
  readonly [name: string]: { readonly value?: unknown } | null | undefined;
}

function firstLine(api: IfcAPI, model: number, type: number): Line | undefined {
  const ids = api.GetLineIDsWithType(model, type);
  return ids.size() > 0 ? (api.GetLine(model, ids.get(0)) as Line) : undefined;
}

/** IfcMapConversion (IFC4 8.11.3.7): turned by XAxisAbscissa and XAxisOrdinate, scaled, then moved. */
function placeOf(api: IfcAPI, model: number, pivot: Xyz, notes: ModelNote[]): ModelPlace | undefined {
  // IFC 2x3 does not know the classes.
  const conversion = firstLine(api, model, IFCMAPCONVERSION);
  if (!conversion) return undefined;
  const crs = firstLine(api, model, IFCPROJECTEDCRS);
  const name = String(crs?.['Name']?.value ?? '');
  const srid = Number(/(\d{4,6})\s*$/.exec(name)?.[1] ?? Number.NaN);
  const number = (of: string, usual: number): number => {
    const value = Number(conversion[of]?.value ?? Number.NaN);
    return Number.isFinite(value) ? value : usual;
  };
  const turn = Math.atan2(number('XAxisOrdinate', 0), number('XAxisAbscissa', 1));
  const scale = number('Scale', 1);
  const [x, y, z] = pivot;
  const at = [
    number('Eastings', 0) + scale * (x * Math.cos(turn) - y * Math.sin(turn)),
    number('Northings', 0) + scale * (x * Math.sin(turn) + y * Math.cos(turn)),
  ] as const;
  const place = Number.isFinite(srid)
    ? placeFrom(srid, at, (turn * 180) / Math.PI, number('OrthogonalHeight', 0) + z)
    : undefined;
  if (!place) notes.push({ word: 'modelUnknownCrs', with: { name: name === '' ? '?' : name } });
  return place;
}
