/**
 * How a protocol meets HTTP: it takes a parsed `Ask` and returns a `Reply`. No Express type goes further in,
 * so that a handler can be tested without a socket.
 */
import type { TwinError } from '../../core/errors.ts';
import type { View } from '../access/view.ts';

export interface Ask {
  readonly method: string;
  /** Path from the root of the service, decoded nowhere: `/ogc/collections/parcels`. */
  readonly path: string;
  /** Values of the `:name` parts of the route, decoded. */
  readonly route: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The whole body, bounded by `maxBodyBytes`; empty when there was none. */
  readonly body: Uint8Array;
  /** The body as it comes, on routes that take it so; to be read to its end. */
  readonly stream?: AsyncIterable<Uint8Array>;
  /** Who asks, and which state of the city. */
  readonly view: View;
  /** Aborted when the client leaves or the deadline passes. */
  readonly signal: AbortSignal;
  readonly requestId: string;
  /** Where the request came from, for limits only: never kept, never logged. */
  readonly client?: string;
  /** Where the world sees this service, without a trailing slash. */
  readonly publicUrl: string;
}

export type ReplyBody = string | Uint8Array | AsyncIterable<string | Uint8Array>;

export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ReplyBody;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Express-5 pattern of plain segments and `:name` parts. HEAD is answered by GET. */
  readonly path: string;
  /** The body is given as it comes, whatever its size: the route bounds it. */
  readonly takesStream?: boolean;
  readonly handle: (ask: Ask) => Promise<Reply> | Reply;
  /** Whether OPTIONS names the method for these parts of the path; without it always. */
  readonly isOffered?: (route: Ask['route'], view: View) => Promise<boolean>;
}

/** One folder under `server/protocols` makes one of these. */
export interface Protocol {
  readonly name: string;
  /** Every path under it that no route answers gets this protocol's own not-found document. */
  readonly prefix: string;
  readonly routes: readonly Route[];
  /** The protocol's own form of an error. */
  readonly explain: (error: TwinError, ask: Ask) => Reply;
}
