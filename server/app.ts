/** The whole service as one Express application: protocols under their prefixes, the viewer under `/`. */
import express, { type Express } from 'express';
import type { Text } from '../core/feature/layer.ts';
import type { Identity } from './access/identity.ts';
import type { Log } from './http/log.ts';
import type { Protocol } from './http/protocol.ts';
import type { Services } from './services.ts';

export interface CityFacts {
  readonly name: Text;
  /** EPSG code of the cadastral CRS. */
  readonly srid: number;
  /** Degrees WGS 84. */
  readonly home: { readonly lon: number; readonly lat: number };
  readonly geoid: { readonly model: string; readonly undulationM: number };
}

export interface AppOptions {
  readonly city: CityFacts;
  /** Where the world sees the service, without a trailing slash; undefined = as the request's Host says. */
  readonly publicUrl?: string | undefined;
  /** Folder of the built viewer; undefined = no viewer. */
  readonly viewerDir?: string | undefined;
  /** A reply that makes no progress for this long is given up. Default 60 000. */
  readonly requestTimeoutMs?: number;
  /** Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** Default: everybody is anonymous. */
  readonly identify?: (headers: Readonly<Record<string, string | undefined>>) => Identity | Promise<Identity>;
  /** Protocols beside the built-in ones. */
  readonly protocols?: readonly Protocol[];
}

/** Makes the application; does no I/O. The caller listens. */
export function buildApp(_services: Services, _options: AppOptions, _log: Log): Express {
  return express();
}
