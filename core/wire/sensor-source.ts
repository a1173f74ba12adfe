/** The file that declares where measurements come from (SENSOR_SOURCES; docs/how-to/connect-sensors.md). */
import { z } from 'zod';
import { parsePath } from '../live/adapters/path.ts';

const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a short word of a-z, 0-9 and -');
const url = z.string().regex(/^https?:\/\/\S+$/, 'must be an http or https address');
const id = z.union([z.string().min(1).max(60), z.int().transform(String)]);
const seconds = (min: number, max: number) => z.number().min(min).max(max);

const mapping = z
  .strictObject({
    format: z.enum(['json', 'csv']),
    delimiter: z.string().length(1).optional(),
    records: z.string().optional(),
    device: z.string().min(1),
    time: z.string().min(1).optional(),
    timeFormat: z.enum(['iso', 'local', 'unix-s', 'unix-ms']).optional(),
    zone: z.string().refine(isZone, 'must be the name of a time zone, such as Europe/Warsaw').optional(),
    name: z.string().optional(),
    lon: z.string().optional(),
    lat: z.string().optional(),
    values: z
      .array(
        z.strictObject({
          path: z.string().min(1),
          code: z.string().min(1).max(60),
          factor: z.number().optional(),
          offset: z.number().optional(),
        }),
      )
      .min(1)
      .max(200),
  })
  .superRefine((given, context) => {
    if (given.format === 'csv') return;
    const paths = [given.records, given.device, given.time, given.name, given.lon, given.lat];
    for (const path of [...paths, ...given.values.map((value) => value.path)]) {
      if (path === undefined || parsePath(path) !== undefined) continue;
      context.addIssue(`"${path}" is no path such as data[0].value or ["two words"].x`);
    }
  });

const source = z
  .strictObject({
    /** Of the source in answers and logs, and in front of its devices: a Thing's externalId is `name:device`. */
    name: word,
    adapter: z.enum(['chirpstack', 'things-stack', 'gios', 'airly', 'sensor-community', 'mapping']),
    /** Whose values they are, for people. */
    provider: z.string().min(1).max(200).optional(),
    /** Topics of the broker, with + and #. */
    topics: z.array(z.string().min(1).max(200)).max(50).optional(),
    /** Address to ask: of the service for gios and airly, of the document otherwise. */
    url: url.optional(),
    /** Of each request; `file:/run/secrets/key` stands for what that file holds. */
    headers: z.record(z.string(), z.string()).default({}),
    everyS: seconds(1, 86_400).default(600),
    timeoutS: seconds(0.1, 300).default(30),
    mostBytes: z.int().min(1_000).max(100_000_000).default(10_000_000),
    /** Stations of GIOŚ, installations of Airly. */
    devices: z.array(id).max(1_000).optional(),
    /** Decoder of LoRaWAN devices whose profile does not name one: of all, and by device EUI. */
    model: z.string().optional(),
    models: z.record(z.string(), z.string()).optional(),
    mapping: mapping.optional(),
    /** Codes of the sender in codes of kinds of sensors (core/live/sensor-kinds.ts). */
    codes: z.record(z.string(), z.string()).default({}),
    /** Devices that nobody made a Thing for: make one, or keep their values aside. */
    newDevices: z.enum(['make', 'refuse']).default('refuse'),
  })
  .superRefine(({ adapter, topics, url: address, mapping: mapped, devices }, context) => {
    const needs = (isThere: unknown, key: string) => {
      if (isThere === undefined)
        context.addIssue({ code: 'custom', path: [key], message: `${adapter} needs ${key}` });
    };
    if (adapter === 'chirpstack' || adapter === 'things-stack') needs(topics, 'topics');
    if (adapter === 'gios' || adapter === 'airly') needs(devices, 'devices');
    if (adapter === 'sensor-community') needs(address, 'url');
    if (adapter !== 'mapping') return;
    needs(mapped, 'mapping');
    needs(topics ?? address, 'topics or url');
  });

export const sensorSourcesSchema = z
  .strictObject({ sources: z.array(source).max(200) })
  .refine(
    ({ sources }) => new Set(sources.map(({ name }) => name)).size === sources.length,
    'two sources have one name',
  );

export type SensorSource = z.infer<typeof source>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
