/** The keys of the environment: how each is written, what it defaults to, what it is for. */
import { z } from 'zod';
import { maskPassword, Secret } from './secret.ts';

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be ${min} or more`).max(max, `must be ${max} or less`));

const degrees = (limit: number) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'must be decimal degrees, such as 52.41')
    .transform(Number)
    .pipe(z.number().min(-limit, `must be ${-limit} or more`).max(limit, `must be ${limit} or less`));

const httpUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/, 'must be an address such as https://twin.example.org')
  .transform((text) => text.replace(/\/+$/, ''));

const mqttUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^(mqtts?|wss?):/.test(text),
    'must look like mqtt://user:password@host:1883',
  )
  .transform((text) => new Secret(text, maskPassword(text)));

const mqttPort = z.union([z.literal('off'), integer(0, 65_535)], 'must be a port from 0 to 65535, or off');

const postgresUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^postgres(ql)?:/.test(text),
    'must look like postgres://user:password@host:5432/database',
  )
  .transform((text) => new Secret(text, maskPassword(text)));

/** The environment, key by key, in the order of `.env.example`. A description says what the key does and why one would set it. */
export const environment = z.object({
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Address to listen on. 0.0.0.0 opens the service to the network: put a proxy with TLS in front.',
    ),
  PORT: integer(0, 65_535).default(8080).describe('Port to listen on; 0 takes a free one.'),
  PUBLIC_URL: httpUrl
    .optional()
    .describe(
      'Where the world sees the service, e.g. https://twin.example.org; used in links and capabilities. Unset: as each request says.',
    ),
  DATABASE_URL: postgresUrl
    .optional()
    .describe(
      'A PostgreSQL 15 or newer with PostGIS 3.3 or newer, e.g. postgres://user:password@host:5432/database. Unset: a private one in DATA_DIR.',
    ),
  DATA_DIR: z
    .string()
    .default('./.data')
    .describe('Folder of the private database. Delete it to begin anew.'),
  DATABASE_PORT: integer(1, 65_535)
    .optional()
    .describe('Port of the private database on 127.0.0.1. Unset: a free one, kept from start to start.'),
  DATABASE_ARCHIVE: z
    .string()
    .optional()
    .describe(
      'Folder, best on another disk, in which the private database keeps its log of changes, so that a backup can be restored to any moment after it. Unset: to the moment of the backup only.',
    ),
  DATABASE_POOL_SIZE: integer(2, 500)
    .default(16)
    .describe('Connections to the database at most, for requests of the public and for all else each.'),
  DEMO: z
    .enum(['district', 'none'], 'must be district or none')
    .default('district')
    .describe(
      'What an empty database is filled with at start: district (a synthetic one, labelled so) or none.',
    ),
  DEMO_SEED: integer(0, 2 ** 31)
    .default(1)
    .describe('Seed of the synthetic city; the same seed makes the same city.'),
  GEOID_GRID: z
    .string()
    .optional()
    .describe(
      'GeoTIFF of geoid undulations (metres) for heights on the globe. Unset: the global model EGM96, and the service says so.',
    ),
  HEIGHT_GRIDS: z
    .string()
    .optional()
    .describe(
      'Folder of pl_gugik_geoid2011-PL-EVRF2007-NH.tif and pl_gugik_geoid2011-PL-KRON86-NH.tif (from https://cdn.proj.org), so that orders may be in PL-KRON86-NH, and models of the ground that come in it are raised cell by cell. Unset: such orders are refused, such models raised by one number.',
    ),
  TERRAIN: z
    .string()
    .optional()
    .describe(
      'GeoTIFF of ground heights (metres PL-EVRF2007-NH) for the globe, in place of any that was loaded. Unset: the model that was loaded, else that of the demo city where it is shown, else flat.',
    ),
  REQUEST_TIMEOUT_MS: integer(100, 3_600_000)
    .default(60_000)
    .describe('A request that makes no progress for this long is given up, its query cancelled.'),
  MAX_BODY_BYTES: integer(1_000, 1_000_000_000).default(1_048_576).describe('Largest request body.'),
  MAX_UPLOAD_BYTES: integer(1_000, 1_000_000_000_000)
    .default(4_294_967_296)
    .describe('Largest file that staff may hand in to be loaded.'),
  RATE_PUBLIC_PER_S: integer(0, 10_000_000)
    .default(50_000)
    .describe(
      'What one address of the public may ask in a second in the long run, counted in tiles: a picture of WMS is 5 of them, objects of WFS 20, each 256 KB sent one more; ten seconds of it at once. More is answered 429. Open to the world: 200. 0: no limit.',
    ),
  RATE_ACCOUNT_PER_S: integer(0, 10_000_000)
    .default(100_000)
    .describe('The same of one account; 0: no limit.'),
  HEAVY_AT_ONCE: integer(1, 100_000)
    .default(256)
    .describe(
      'Heavy requests (objects, computing) that this server works on at a time; more are answered 503, while tiles, pictures and probes go on.',
    ),
  SHUTDOWN_GRACE_MS: integer(0, 600_000)
    .default(10_000)
    .describe('How long requests under way may finish after SIGTERM or Ctrl-C.'),
  PICTURE_THREADS: integer(1, 64)
    .default(2)
    .describe('Threads that draw map pictures (/wms), beside the one that answers requests.'),
  MODEL_THREADS: integer(0, 64)
    .default(2)
    .describe(
      'Runs of models that this server computes at a time, each in a thread of its own; 0 leaves them to other servers of the database.',
    ),
  LIVE_READERS: integer(1, 100_000)
    .default(2_000)
    .describe('Readers of live events (/events) at most; whoever comes then is asked to try later.'),
  LIVE_VALUES_PER_S: integer(1, 1_000_000)
    .default(100)
    .describe(
      'Values a second that are taken of one datastream in the long run (200 s of them at once); more are asked to wait.',
    ),
  LIVE_RAW_DAYS: integer(1, 36_500)
    .default(400)
    .describe('Days for which each measured value is kept, and to the end of its month.'),
  LIVE_FIVE_MINUTE_DAYS: integer(1, 36_500)
    .default(1_830)
    .describe('Days for which sums of five minutes are kept; those of hours and days stay for good.'),
  MQTT_PORT: mqttPort
    .default(1883)
    .describe(
      'Port of the MQTT broker within the service; off closes it, WebSocket at /mqtt stays. Where another program has it, the service says so and goes on without.',
    ),
  MQTT_CLIENTS: integer(1, 100_000)
    .default(2_000)
    .describe('Clients of the MQTT broker within the service at most.'),
  MQTT_MESSAGES_PER_S: integer(1, 1_000_000)
    .default(1_000)
    .describe('Messages of one MQTT client in a second; whoever sends more is slowed down.'),
  GTFS_REALTIME: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .refine(
      (parts) =>
        parts.every((part) => /^https?:\/\//.test(part) && URL.canParse(part)) || parts.join() === 'none',
      'must be addresses such as https://gtfs.example.org/vehicle_positions.pb, separated by commas, or none',
    )
    .optional()
    .describe(
      'Addresses of GTFS-Realtime feeds (vehicle positions, trip updates, alerts), separated by commas. Unset: the vehicles of the demo city where it is shown; none: no vehicles.',
    ),
  GTFS_REALTIME_INTERVAL_S: integer(5, 3_600)
    .default(10)
    .describe('How often each GTFS-Realtime feed is asked, seconds.'),
  MQTT_URL: mqttUrl
    .optional()
    .describe(
      'An MQTT broker elsewhere, e.g. mqtt://user:password@host:1883; whoever may publish there is trusted. Unset: the one within the service.',
    ),
  MQTT_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be up to 64 letters, digits, _ . -')
    .default('blizniak')
    .describe('Name at the broker elsewhere; the same for all servers of one database, of no other service.'),
  SENSOR_SOURCES: z
    .string()
    .optional()
    .describe('JSON file that declares where measurements come from (docs/how-to/connect-sensors.md).'),
  CASCADE_PRIVATE_HOSTS: z
    .string()
    .regex(/^[^\s,/@]+(\s*,\s*[^\s,/@]+)*$/, 'must be hosts separated by commas, such as gis.local:8080')
    .optional()
    .describe(
      'Hosts in private networks, with their port where it is not the usual one, whose services staff may take into the catalogue. Unset: none.',
    ),
  ALERT_WEBHOOKS: z
    .string()
    .regex(/^https?:\/\/[^\s,]+(\s*,\s*https?:\/\/[^\s,]+)*$/, 'must be addresses separated by commas')
    .optional()
    .describe('Addresses, separated by commas, to which alerts are posted as JSON.'),
  ALERT_WEBHOOK_SECRET: z
    .string()
    .min(16, 'must have 16 characters or more')
    .transform((text) => new Secret(text))
    .optional()
    .describe(
      'Signs what is posted (HMAC-SHA256 in X-Blizniak-Signature), so that the receiver knows the sender.',
    ),
  ALERT_WEBHOOK_PRIVATE: z
    .enum(['yes', 'no'], 'must be yes or no')
    .default('no')
    .describe('yes lets webhooks lead into private networks and to this machine.'),
  ALERT_EMAILS: z
    .string()
    .regex(/^[^\s,@]+@[^\s,@]+(\s*,\s*[^\s,@]+@[^\s,@]+)*$/, 'must be e-mail addresses separated by commas')
    .optional()
    .describe('E-mail addresses, separated by commas, to which alerts are sent; needs SMTP_URL.'),
  ALERT_EMAIL_FROM: z.string().default('blizniak@localhost').describe('Sender of the e-mails about alerts.'),
  ALERT_LEAST_SEVERITY: z
    .enum(['info', 'warning', 'critical'], 'must be info, warning or critical')
    .default('warning')
    .describe('Alerts below it are shown, and not posted or mailed.'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'must look like smtp://user:password@host:587')
    .transform((text) => new Secret(text, maskPassword(text)))
    .optional()
    .describe('Mail server for alerts, e.g. smtp://user:password@host:587. Unset: no e-mail is sent.'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have 16 characters or more')
    .transform((text) => new Secret(text))
    .optional()
    .describe(
      'Bearer token with which a monitoring system reads /metrics, and nothing else that the public does not. Unset: staff alone read it.',
    ),
  SECURITY_CONTACT: z
    .string()
    .regex(
      /^(mailto:[^\s@]+@[^\s@]+|tel:[+\d().-]+|https:\/\/\S+)$/,
      'must begin with mailto:, tel: or https:',
    )
    .optional()
    .describe(
      'Whom to tell of a weakness, e.g. mailto:security@city.example.org: stands in /.well-known/security.txt (RFC 9116). Unset: nobody is named.',
    ),
  SLOW_QUERY_MS: integer(0, 3_600_000)
    .default(2_000)
    .describe(
      'A statement that takes longer is logged with its plan, once an hour, without its values; 0 logs none.',
    ),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info')
    .describe('Least severity that is logged: debug, info, warn, error or silent.'),
  LOG_FORMAT: z
    .enum(['auto', 'json', 'lines'], 'must be auto, json or lines')
    .default('auto')
    .describe('json for machines, lines for people; auto: lines on a terminal, json elsewhere.'),
  CITY_NAME_PL: z.string().default('Poznań').describe('Name of the city in Polish.'),
  CITY_NAME_EN: z.string().default('Poznań').describe('Name of the city in English.'),
  CITY_CONTACT_EMAIL: z
    .string()
    .regex(/^[^\s,@]+@[^\s,@.]+\.[^\s,@]+$/, 'must be an e-mail address such as gis@city.example.org')
    .default('blizniak@example.org')
    .describe(
      'Where users of the services write to: stands in the capabilities of WMS and WFS, as INSPIRE asks. Give your own; the default is nobody.',
    ),
  CITY_HOME_LON: degrees(180).default(16.93).describe('Where the viewer starts: longitude, degrees.'),
  CITY_HOME_LAT: degrees(90).default(52.41).describe('Where the viewer starts: latitude, degrees.'),
});

export type Environment = Readonly<Record<string, string | undefined>>;

/** Its keys that are known and say something. */
export function given(env: Environment): Record<string, string> {
  const known = Object.keys(environment.shape);
  return Object.fromEntries(
    known.flatMap((key) => {
      const value = env[key]?.trim();
      return value === undefined || value === '' ? [] : [[key, value]];
    }),
  );
}
