/** IFC 4 ADD2 (ISO 16739): buildings on one site, their surfaces as tessellated proxies, placed in a map CRS. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { Layer } from '../../feature/layer.ts';
import type { FeatureStream } from '../../feature/source.ts';
import { crsOf } from '../../geo/crs.ts';
import type { Position, Ring } from '../../geo/geometry.ts';
import {
  type BuildingFace,
  buildingFaces,
  type Corner,
  cornerBelow,
  type SurfaceMeaning,
} from '../building-faces.ts';
import { ByteWriter } from '../byte-writer.ts';
import { inChunks } from '../chunks.ts';
import { globalId, StepLines, stepReal, stepText } from './step-text.ts';

/** sRGB, 0 to 1. */
const COLOURS: Readonly<Record<SurfaceMeaning, readonly [number, number, number]>> = {
  RoofSurface: [0.69, 0.48, 0.38],
  WallSurface: [0.9, 0.87, 0.81],
  GroundSurface: [0.6, 0.58, 0.52],
  OuterFloorSurface: [0.84, 0.8, 0.73],
  OuterCeilingSurface: [0.84, 0.8, 0.73],
  ClosureSurface: [0.84, 0.8, 0.73],
};
const MEANINGS = Object.keys(COLOURS) as SurfaceMeaning[];
const PROPERTY_SET = 'Blizniak_buildings_3d';

/**
 * Coordinates count from an origin in whole metres, which IfcMapConversion places; heights are themselves. Of what is
 * written only the numbers of the buildings are held.
 * @param features of `buildings_3d` in a plane CRS that is true to scale, with heights
 * @param note what the file says of itself and of its use, a line each: comments in its head
 */
export async function* writeIfc(
  features: FeatureStream,
  layer: Layer,
  srid: number,
  heights: string,
  note: readonly string[] = [],
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  const told = ['ViewDefinition [ReferenceView_V1.2]', ...note.map((line) => `Comment [${line}]`)];
  out.text(
    `ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((${told.map(stepText).join(',')}),'2;1');\nFILE_NAME(${stepText(`${layer.name}_EPSG${srid}_${heights}.ifc`)},'1970-01-01T00:00:00',(''),(''),'Blizniak','Blizniak','');\nFILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\n`,
  );
  const lines = new StepLines();
  let site: IfcSite | undefined;
  yield* inChunks(out, features, (feature) => {
    const faces = buildingFaces(feature, srid);
    const corner = cornerBelow(feature);
    if (!corner || faces.length === 0) return;
    site ??= new IfcSite(lines, layer, srid, heights, corner);
    site.build(feature, faces, corner);
    out.text(lines.take());
  });
  site ??= new IfcSite(lines, layer, srid, heights, [0, 0, 0]);
  site.close();
  out.text(`${lines.take()}ENDSEC;\nEND-ISO-10303-21;\n`);
  yield out.take();
}

class IfcSite {
  readonly #lines: StepLines;
  readonly #origin: Corner;
  readonly #name: string;
  readonly #body: string;
  readonly #here: string;
  readonly #placement: string;
  readonly #site: string;
  readonly #styles: ReadonlyMap<SurfaceMeaning, string>;
  readonly #buildings: string[] = [];

  constructor(lines: StepLines, layer: Layer, srid: number, heights: string, origin: Corner) {
    this.#lines = lines;
    this.#origin = origin;
    this.#name = `${layer.name} EPSG:${srid}`;
    const metre = lines.add('IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)');
    const units = [
      metre,
      lines.add('IFCSIUNIT(*,.AREAUNIT.,$,.SQUARE_METRE.)'),
      lines.add('IFCSIUNIT(*,.VOLUMEUNIT.,$,.CUBIC_METRE.)'),
      lines.add('IFCSIUNIT(*,.PLANEANGLEUNIT.,$,.RADIAN.)'),
    ];
    const assigned = lines.add(`IFCUNITASSIGNMENT((${units.join(',')}))`);
    this.#here = lines.add(`IFCAXIS2PLACEMENT3D(${lines.add('IFCCARTESIANPOINT((0.,0.,0.))')},$,$)`);
    const context = lines.add(`IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-5,${this.#here},$)`);
    this.#body = lines.add(
      `IFCGEOMETRICREPRESENTATIONSUBCONTEXT('Body','Model',*,*,*,*,${context},$,.MODEL_VIEW.,$)`,
    );
    const crs = lines.add(
      `IFCPROJECTEDCRS('EPSG:${srid}',${stepText(crsOf(srid).name)},$,${stepText(heights)},$,$,${metre})`,
    );
    lines.add(
      `IFCMAPCONVERSION(${context},${crs},${stepReal(origin[0])},${stepReal(origin[1])},0.,1.,0.,1.)`,
    );
    const project = lines.add(
      `IFCPROJECT(${this.#id('project')},$,${stepText(layer.title.pl)},${stepText(layer.title.en)},$,$,$,(${context}),${assigned})`,
    );
    this.#placement = lines.add(`IFCLOCALPLACEMENT($,${this.#here})`);
    this.#site = lines.add(
      `IFCSITE(${this.#id('site')},$,${stepText(this.#name)},$,$,${this.#placement},$,$,.ELEMENT.,$,$,0.,$,$)`,
    );
    lines.add(`IFCRELAGGREGATES(${this.#id('project site')},$,$,$,${project},(${this.#site}))`);
    this.#styles = new Map(MEANINGS.map((meaning) => [meaning, this.#style(meaning)]));
  }

  #id(what: string): string {
    return globalId(`${this.#name} ${what}`);
  }

  #style(meaning: SurfaceMeaning): string {
    const parts = COLOURS[meaning].map((part) => stepReal(part)).join(',');
    const colour = this.#lines.add(`IFCCOLOURRGB($,${parts})`);
    const rendering = this.#lines.add(`IFCSURFACESTYLERENDERING(${colour},0.,$,$,$,$,$,$,.FLAT.)`);
    return this.#lines.add(`IFCSURFACESTYLE('${meaning}',.BOTH.,(${rendering}))`);
  }

  build(feature: Feature, faces: readonly BuildingFace[], corner: Corner): void {
    const lines = this.#lines;
    const [e, n, h] = corner;
    const at = lines.add(
      `IFCCARTESIANPOINT((${stepReal(e - this.#origin[0])},${stepReal(n - this.#origin[1])},${stepReal(h)}))`,
    );
    const placement = lines.add(
      `IFCLOCALPLACEMENT(${this.#placement},${lines.add(`IFCAXIS2PLACEMENT3D(${at},$,$)`)})`,
    );
    const { id, properties } = feature;
    const ground = Number(properties['ground_height_m'] ?? Number.NaN);
    const elevation = Number.isFinite(ground) ? stepReal(ground) : '$';
    const building = lines.add(
      `IFCBUILDING(${this.#id(`building ${id}`)},$,${stepText(id)},$,$,${placement},$,$,.ELEMENT.,${elevation},$,$)`,
    );
    this.#buildings.push(building);
    const within = lines.add(`IFCLOCALPLACEMENT(${placement},${this.#here})`);
    const proxies = MEANINGS.flatMap((meaning) => {
      const some = faces.filter((face) => face.meaning === meaning);
      return some.length === 0 ? [] : [this.#proxy(id, meaning, some, corner, within)];
    });
    lines.add(
      `IFCRELCONTAINEDINSPATIALSTRUCTURE(${this.#id(`parts ${id}`)},$,$,$,(${proxies.join(',')}),${building})`,
    );
    this.#properties(feature, building);
  }

  #proxy(
    id: string,
    meaning: SurfaceMeaning,
    faces: readonly BuildingFace[],
    corner: Corner,
    placement: string,
  ): string {
    const lines = this.#lines;
    const points = new Points(corner);
    const told = faces.map(({ rings: [shell = [], ...holes] }) => {
      const outer = points.ring(shell);
      return holes.length === 0
        ? `IFCINDEXEDPOLYGONALFACE(${outer})`
        : `IFCINDEXEDPOLYGONALFACEWITHVOIDS(${outer},(${holes.map((hole) => points.ring(hole)).join(',')}))`;
    });
    const list = lines.add(`IFCCARTESIANPOINTLIST3D((${points.told.join(',')}))`);
    const numbers = told.map((face) => lines.add(face));
    const set = lines.add(`IFCPOLYGONALFACESET(${list},.F.,(${numbers.join(',')}),$)`);
    lines.add(`IFCSTYLEDITEM(${set},(${this.#styles.get(meaning)}),$)`);
    const shape = lines.add(`IFCSHAPEREPRESENTATION(${this.#body},'Body','Tessellation',(${set}))`);
    const product = lines.add(`IFCPRODUCTDEFINITIONSHAPE($,$,(${shape}))`);
    return lines.add(
      `IFCBUILDINGELEMENTPROXY(${this.#id(`${meaning} ${id}`)},$,${stepText(id)},$,'${meaning}',${placement},${product},$,.USERDEFINED.)`,
    );
  }

  #properties({ id, properties }: Feature, building: string): void {
    const lines = this.#lines;
    const told = Object.entries({ id, ...properties }).flatMap(([name, value]) =>
      value === null || name === 'surface_kinds' || name === 'appearance'
        ? []
        : [lines.add(`IFCPROPERTYSINGLEVALUE('${name}',$,${propertyText(value)},$)`)],
    );
    const set = lines.add(
      `IFCPROPERTYSET(${this.#id(`properties ${id}`)},$,'${PROPERTY_SET}',$,(${told.join(',')}))`,
    );
    lines.add(`IFCRELDEFINESBYPROPERTIES(${this.#id(`has properties ${id}`)},$,$,$,(${building}),${set})`);
  }

  close(): void {
    if (this.#buildings.length === 0) return;
    this.#lines.add(
      `IFCRELAGGREGATES(${this.#id('site buildings')},$,$,$,${this.#site},(${this.#buildings.join(',')}))`,
    );
  }
}

function propertyText(value: Exclude<PropertyValue, null>): string {
  if (typeof value === 'string') return `IFCTEXT(${stepText(value)})`;
  if (typeof value === 'boolean') return `IFCBOOLEAN(${value ? '.T.' : '.F.'})`;
  return Number.isInteger(value) ? `IFCINTEGER(${value})` : `IFCREAL(${stepReal(value, 6)})`;
}

/** Corners of one surface set, each once; numbered from 1. */
class Points {
  readonly told: string[] = [];
  readonly #corner: Corner;
  readonly #known = new Map<string, number>();

  constructor(corner: Corner) {
    this.#corner = corner;
  }

  /** A ring does not say its first corner again. */
  ring(ring: Ring): string {
    return `(${ring
      .slice(0, -1)
      .map((position) => this.#index(position))
      .join(',')})`;
  }

  #index([x, y, z = 0]: Position): number {
    const [e, n, h] = this.#corner;
    const text = `(${stepReal(x - e)},${stepReal(y - n)},${stepReal(z - h)})`;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.told.push(text);
    this.#known.set(text, number);
    return number;
  }
}
