/** Programs that nobody here wrote, as judges: GDAL, xmllint with the schemas of OGC, OWSLib, PROJ. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sharedData } from '../support/shared-data.ts';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
/** Less than a test of this project may take, so that the program is what is blamed. */
const LONGEST_MS = 110_000;

/** Standard output of a program. @throws Error with its standard error and what ended it, when it fails */
export async function tool(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = '',
  longestMs = LONGEST_MS,
): Promise<string> {
  const begun = performance.now();
  const child = run(program, [...args], {
    env: { ...process.env, ...environment },
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: longestMs,
  });
  // A program that reads no input may be gone before it is offered any.
  child.child.stdin?.on('error', () => {});
  child.child.stdin?.end(input);
  try {
    return (await child).stdout;
  } catch (error) {
    if (error instanceof Error && 'signal' in error && error.signal) {
      const seconds = Math.round((performance.now() - begun) / 1000);
      error.message = `${program} ended by ${error.signal} after ${seconds} s\n${error.message}`;
    }
    throw error;
  }
}

/** Coordinates of PROJ for positions given easting (longitude) first. */
export async function projected(
  positions: readonly (readonly number[])[],
  fromSrid: number,
  toSrid: number,
): Promise<readonly (readonly number[])[]> {
  const text = await tool(
    'gdaltransform',
    ['-s_srs', `EPSG:${fromSrid}`, '-t_srs', `EPSG:${toSrid}`, '-output_xy'],
    // The same order in and out, whatever the authority says.
    { OSR_DEFAULT_AXIS_MAPPING_STRATEGY: 'TRADITIONAL_GIS_ORDER' },
    `${positions.map(([x, y]) => `${x} ${y}`).join('\n')}\n`,
  );
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
}

/** GeoJSON that GDAL makes of a layer, coordinates easting (longitude) first. */
export async function readByGdal(
  source: string,
  layer: string,
  options: readonly string[] = [],
): Promise<{ readonly features: readonly GdalFeature[] }> {
  const output = await tool('ogr2ogr', [
    '-f',
    'GeoJSON',
    '-lco',
    'COORDINATE_PRECISION=10',
    '-lco',
    'RFC7946=NO',
    '/vsistdout/',
    source,
    layer,
    ...options,
  ]);
  return JSON.parse(output);
}

export interface GdalFeature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates: number[][][][] };
}

const ISO_19139 = 'http://schemas.opengis.net/iso/19139/20070417';
const METADATA_SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.isotc211.org/2005/gmx" schemaLocation="${ISO_19139}/gmx/gmx.xsd"/>
<xs:import namespace="http://www.isotc211.org/2005/gmd" schemaLocation="${ISO_19139}/gmd/gmd.xsd"/>
</xs:schema>`;

/** Holds documents against the schemas of ISO 19139. @param folder where a schema of all may be put. @throws Error with what is wrong */
export async function metadataFaultless(folder: string, files: readonly string[]): Promise<void> {
  const schema = join(folder, 'all.xsd');
  await writeFile(schema, METADATA_SCHEMA);
  const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
  await tool('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], catalog);
}

/**
 * Puts the schemas of parts of schemas.opengis.net below a folder. Older ones name each other now by address and now by
 * place, which xmllint takes for two: here by place alone.
 */
export async function schemasByPlace(root: string, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    await cp(sharedData('ogc-schemas', 'ogc', part), join(root, part), { recursive: true });
  }
  for (const file of await readdir(root, { recursive: true })) {
    if (!file.endsWith('.xsd')) continue;
    const text = await readFile(join(root, file), 'utf8');
    await writeFile(join(root, file), byPlace(text, root));
  }
}

const byPlace = (text: string, root: string): string =>
  text.replaceAll('http://schemas.opengis.net/', `${root}/`);

/** Validates documents offline; schemas of types come from the server under test. */
export interface XmlJudge {
  /** What is wrong with documents; empty when all are valid. */
  faults(...documents: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/** @param namespace of the types of the schema */
export async function xmlJudge(
  applicationSchema: string,
  namespace = 'https://blizniak.pl/ns/1.0',
): Promise<XmlJudge> {
  const folder = await mkdtemp(join(tmpdir(), 'blizniak-xsd-'));
  await writeFile(join(folder, 'twin.xsd'), applicationSchema);
  await writeFile(
    join(folder, 'all.xsd'),
    `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<xsd:import namespace="http://www.opengis.net/wfs/2.0" schemaLocation="http://schemas.opengis.net/wfs/2.0/wfs.xsd"/>
<xsd:import namespace="${namespace}" schemaLocation="twin.xsd"/>
</xsd:schema>`,
  );
  return judgeIn(folder);
}

/**
 * The same for WFS 1.1 and 1.0, whose schemas share a namespace.
 * @param imports namespaces with their schemas below schemas.opengis.net
 */
export async function oldXmlJudge(
  imports: Readonly<Record<string, string>>,
  applicationSchema?: string,
  namespace = 'https://blizniak.pl/ns/1.0',
): Promise<XmlJudge> {
  const folder = await mkdtemp(join(tmpdir(), 'blizniak-xsd-'));
  const root = join(folder, 'ogc');
  await schemasByPlace(root, ['wfs', 'filter', 'gml', 'ows', 'xlink']);
  const places = Object.entries(imports).map(([namespace, path]) => [namespace, join(root, path)]);
  if (applicationSchema !== undefined) {
    await writeFile(join(folder, 'twin.xsd'), byPlace(applicationSchema, root));
    places.push([namespace, 'twin.xsd']);
  }
  const lines = places.map(
    ([namespace, place]) => `<xsd:import namespace="${namespace}" schemaLocation="${place}"/>`,
  );
  const schema = `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">${lines.join('')}</xsd:schema>`;
  await writeFile(join(folder, 'all.xsd'), schema);
  return judgeIn(folder, (text) => byPlace(text, root));
}

/** @param folder with `all.xsd`, removed in the end */
function judgeIn(folder: string, prepared: (document: string) => string = (text) => text): XmlJudge {
  let count = 0;
  return {
    async faults(...documents) {
      const files = documents.map(() => join(folder, `document-${count++}.xml`));
      await Promise.all(files.map((file, index) => writeFile(file, prepared(documents[index] ?? ''))));
      const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
      try {
        await tool('xmllint', ['--nonet', '--noout', '--schema', join(folder, 'all.xsd'), ...files], catalog);
        return '';
      } catch (error) {
        return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
