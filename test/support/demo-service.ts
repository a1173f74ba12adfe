import { demoDatabase } from './demo-database.ts';
import { startService, stopService } from './product.ts';

export interface DemoService {
  readonly url: string;
  /** The Authorization header of its staff account. */
  readonly staff: string;
  /** Its password, for those who type it. */
  readonly staffPassword: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** The built product with the demo district, in a database and a data folder of its own. */
export async function startDemoService(): Promise<DemoService> {
  const { url, dataDir, staffPassword, drop } = await demoDatabase();
  const service = await startService(
    { env: { DATABASE_URL: url, DATA_DIR: dataDir, DEMO: 'district' } },
    180_000,
  );
  return {
    url: service.url,
    staff: `Basic ${Buffer.from(`staff:${staffPassword}`).toString('base64')}`,
    staffPassword,
    databaseUrl: url,
    stop: async () => {
      await stopService(service);
      await drop();
    },
  };
}

interface GeoJsonItem {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly coordinates: readonly (readonly (readonly number[])[])[][] };
}

/** One object over OGC API – Features: its properties and the middle of its box in EPSG:2177. */
export async function fetchObject(url: string, layer: string, id: string) {
  const crs = encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/2177');
  const response = await fetch(`${url}/ogc/collections/${layer}/items/${id}?crs=${crs}`);
  const { properties, geometry } = (await response.json()) as GeoJsonItem;
  // Northing first, as the authority has it.
  const corners = geometry.coordinates.flat(2);
  const middle = (axis: number): number => {
    const values = corners.map((corner) => corner[axis] ?? Number.NaN);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  return { properties, n: middle(0), e: middle(1) };
}
