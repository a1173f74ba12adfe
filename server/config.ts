/** Every setting of the service, read from the environment in this one place. */
import { resolve } from 'node:path';
import { TwinError } from '../core/errors.ts';
import { type Environment, environment, given } from './config/environment.ts';
import { maskPassword, type Secret } from './config/secret.ts';

/** The schema of the registers is in this system (migrations/0002-city.sql): another city needs its own. */
const CITY_SRID = 2177;

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash. */
  readonly publicUrl: string | undefined;
  readonly databaseUrl: Secret | undefined;
  /** Absolute. */
  readonly dataDir: string;
  readonly databasePort: number | undefined;
  /** undefined = the log of changes is not kept. */
  readonly databaseArchive: string | undefined;
  readonly databasePoolSize: number;
  readonly demo: 'district' | 'none';
  readonly demoSeed: number;
  readonly geoidGrid: string | undefined;
  /** Folder. */
  readonly heightGrids: string | undefined;
  readonly terrain: string | undefined;
  readonly requestTimeoutMs: number;
  readonly maxBodyBytes: number;
  readonly maxUploadBytes: number;
  /** Tiles' worth a second, 0 = without limit, and heavy requests at a time. */
  readonly admission: {
    readonly publicPerS: number;
    readonly accountPerS: number;
    readonly heavyAtOnce: number;
  };
  readonly shutdownGraceMs: number;
  readonly pictureThreads: number;
  readonly modelThreads: number;
  readonly liveReaders: number;
  readonly liveValuesPerS: number;
  readonly liveRawDays: number;
  readonly liveFiveMinuteDays: number;
  readonly mqtt: {
    readonly port: number | 'off';
    readonly mostClients: number;
    /** Of one client. */
    readonly messagesPerS: number;
    readonly url: Secret | undefined;
    readonly clientId: string;
  };
  readonly vehicles: {
    /** Feeds of GTFS-Realtime; undefined = those of the demo city. */
    readonly feeds: readonly string[] | undefined;
    readonly intervalMs: number;
  };
  readonly sensorSources: string | undefined;
  /** Hosts in private networks, with their port where one is written, whose services may stand in the catalogue. */
  readonly cascadePrivateHosts: readonly string[];
  readonly alerts: {
    readonly webhooks: readonly string[];
    readonly webhookSecret: Secret | undefined;
    readonly allowPrivateWebhooks: boolean;
    readonly emails: readonly string[];
    readonly emailFrom: string;
    readonly smtpUrl: Secret | undefined;
    readonly leastSeverity: 'info' | 'warning' | 'critical';
  };
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly metricsToken: Secret | undefined;
  /** `mailto:`, `tel:` or `https:`. */
  readonly securityContact: string | undefined;
  /** 0 = none is logged. */
  readonly slowQueryMs: number;
  readonly logFormat: 'auto' | 'json' | 'lines';
  /** PATH, in which the programs of PostgreSQL are looked for. */
  readonly path: string;
  readonly city: {
    readonly name: { readonly pl: string; readonly en: string };
    readonly contactEmail: string;
    /** EPSG code of the cadastral system. */
    readonly srid: number;
    /** Degrees WGS 84. */
    readonly home: { readonly lon: number; readonly lat: number };
  };
}

/**
 * The settings from an environment; an empty value counts as unset.
 * @throws TwinError `invalid-parameter` naming every key that cannot be used, all at once
 */
export function readConfig(env: Environment): Config {
  const parsed = environment.safeParse(given(env));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const key = String(path[0]);
      const shown = key === 'DATABASE_URL' || key === 'MQTT_URL' ? maskPassword(env[key] ?? '') : env[key];
      return `  ${key}=${shown}: ${message}`;
    });
    throw new TwinError(
      'invalid-parameter',
      `The configuration cannot be used:\n${problems.join('\n')}\nCorrect the environment or the file .env; .env.example says what each key means.`,
    );
  }
  const e = parsed.data;
  return {
    host: e.HOST,
    port: e.PORT,
    publicUrl: e.PUBLIC_URL,
    databaseUrl: e.DATABASE_URL,
    dataDir: resolve(e.DATA_DIR),
    databasePort: e.DATABASE_PORT,
    databasePoolSize: e.DATABASE_POOL_SIZE,
    databaseArchive: e.DATABASE_ARCHIVE === undefined ? undefined : resolve(e.DATABASE_ARCHIVE),
    demo: e.DEMO,
    demoSeed: e.DEMO_SEED,
    geoidGrid: e.GEOID_GRID === undefined ? undefined : resolve(e.GEOID_GRID),
    heightGrids: e.HEIGHT_GRIDS === undefined ? undefined : resolve(e.HEIGHT_GRIDS),
    terrain: e.TERRAIN === undefined ? undefined : resolve(e.TERRAIN),
    requestTimeoutMs: e.REQUEST_TIMEOUT_MS,
    maxBodyBytes: e.MAX_BODY_BYTES,
    maxUploadBytes: e.MAX_UPLOAD_BYTES,
    admission: {
      publicPerS: e.RATE_PUBLIC_PER_S,
      accountPerS: e.RATE_ACCOUNT_PER_S,
      heavyAtOnce: e.HEAVY_AT_ONCE,
    },
    shutdownGraceMs: e.SHUTDOWN_GRACE_MS,
    pictureThreads: e.PICTURE_THREADS,
    modelThreads: e.MODEL_THREADS,
    liveReaders: e.LIVE_READERS,
    liveValuesPerS: e.LIVE_VALUES_PER_S,
    liveRawDays: e.LIVE_RAW_DAYS,
    liveFiveMinuteDays: e.LIVE_FIVE_MINUTE_DAYS,
    vehicles: {
      feeds: e.GTFS_REALTIME?.filter((address) => address !== 'none'),
      intervalMs: e.GTFS_REALTIME_INTERVAL_S * 1000,
    },
    mqtt: {
      port: e.MQTT_PORT,
      mostClients: e.MQTT_CLIENTS,
      messagesPerS: e.MQTT_MESSAGES_PER_S,
      url: e.MQTT_URL,
      clientId: e.MQTT_CLIENT_ID,
    },
    sensorSources: e.SENSOR_SOURCES === undefined ? undefined : resolve(e.SENSOR_SOURCES),
    cascadePrivateHosts: e.CASCADE_PRIVATE_HOSTS?.split(/\s*,\s*/) ?? [],
    alerts: {
      webhooks: e.ALERT_WEBHOOKS?.split(/\s*,\s*/) ?? [],
      webhookSecret: e.ALERT_WEBHOOK_SECRET,
      allowPrivateWebhooks: e.ALERT_WEBHOOK_PRIVATE === 'yes',
      emails: e.ALERT_EMAILS?.split(/\s*,\s*/) ?? [],
      emailFrom: e.ALERT_EMAIL_FROM,
      smtpUrl: e.SMTP_URL,
      leastSeverity: e.ALERT_LEAST_SEVERITY,
    },
    metricsToken: e.METRICS_TOKEN,
    securityContact: e.SECURITY_CONTACT,
    slowQueryMs: e.SLOW_QUERY_MS,
    logLevel: e.LOG_LEVEL,
    logFormat: e.LOG_FORMAT,
    path: env['PATH'] ?? '',
    city: {
      name: { pl: e.CITY_NAME_PL, en: e.CITY_NAME_EN },
      contactEmail: e.CITY_CONTACT_EMAIL,
      srid: CITY_SRID,
      home: { lon: e.CITY_HOME_LON, lat: e.CITY_HOME_LAT },
    },
  };
}

/** The effective settings as lines of an .env file, secrets hidden. Unset keys are commented out. */
export function printConfig(env: Environment): string {
  readConfig(env);
  const values: Record<string, unknown> = environment.parse(given(env));
  return settings()
    .map(({ key }) => (values[key] === undefined ? `# ${key}=\n` : `${key}=${values[key]}\n`))
    .join('');
}

/** One key of the configuration, for documents that list them. */
export interface Setting {
  readonly key: string;
  readonly description: string;
  /** As one would write it; undefined = unset. */
  readonly default: string | undefined;
}

/** Every key with its default and description. `.env.example` and docs/operations.md are written from it. */
export function settings(): readonly Setting[] {
  const defaults: Record<string, unknown> = environment.parse({});
  return Object.entries(environment.shape).map(([key, schema]) => ({
    key,
    description: schema.description ?? '',
    default: defaults[key] === undefined ? undefined : String(defaults[key]),
  }));
}
