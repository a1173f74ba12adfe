import type { AxisOrder } from '../../core/geo/crs.ts';
import type { HeightSystem } from '../../core/geo/height-systems.ts';
import type { UsePage, UseQuery, UseStatistics } from '../../core/wire/data-use.ts';
import type {
  DataOrder,
  DownloadOrder,
  GivenArea,
  HeldProfile,
  NewDataOrder,
  OrderEstimate,
} from '../../core/wire/order.ts';
import type { Identity } from '../access/identity.ts';
import type { View } from '../access/view.ts';

/** What a file does not say itself. */
export interface AreaReading {
  /** EPSG code of its coordinates. */
  readonly srid?: number | undefined;
  /** Order of the numbers in a list of coordinates. */
  readonly axes?: AxisOrder | undefined;
}

/** A package that is made while it is read. */
export interface OrderPackage {
  /** Plain ASCII, with its ending. */
  readonly fileName: string;
  /** Changes whenever the bytes would. */
  readonly version: string;
  /** A ZIP archive; rejects when the city changes meanwhile. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A package that is kept. */
export interface OrderFile {
  readonly fileName: string;
  readonly version: string;
  /** How many there are. */
  readonly bytes: number;
  /** From one byte to before another. */
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

export type KeptOrder = Omit<DataOrder, 'urls'>;

/** Data of any area, cut out and written in formats. An order that is kept is read by whoever knows its id. */
export interface Orders {
  /**
   * What an order would hold, in its profile.
   * @throws TwinError unauthenticated, forbidden for a profile that the account does not hold, or that does not include
   *   what is ordered; not-found for a layer or place that is not there, invalid-parameter for an area that cannot be used
   *   or a CRS of another part of the country
   */
  estimate(order: NewDataOrder, view: View, signal: AbortSignal): Promise<OrderEstimate>;
  /**
   * The package at once, in its profile; it is put down in the use register.
   * @throws TwinError as `put`, too-large for more than fits into one answer
   */
  pack(order: DownloadOrder, view: View, signal: AbortSignal): Promise<OrderPackage>;
  /**
   * Puts an order down, to be packed when its turn comes. The same data are packed once.
   * @param client where the request came from, so that nobody's many orders hold up another's
   * @throws TwinError as `estimate`; too-large, forbidden, unauthenticated as its profile has it; too-many-requests
   *   where as many of this account or visitor wait as may
   */
  put(order: NewDataOrder, view: View, client: string, signal: AbortSignal): Promise<KeptOrder>;
  /** @throws TwinError not-found */
  read(id: string): Promise<KeptOrder>;
  /** Of this account, or ordered for it, the newest first. @param scenario of this one only */
  list(who: Identity, scenario?: string): Promise<readonly KeptOrder[]>;
  /** Stops one that has not ended. @returns it as it was left */
  cancel(id: string): Promise<KeptOrder>;
  /** @throws TwinError conflict while there is none */
  file(id: string, signal: AbortSignal): Promise<OrderFile>;
  /**
   * The area that a file holds, in the CRS of the city.
   * @throws TwinError as `readGivenArea`
   */
  readArea(bytes: Uint8Array, reading: AreaReading, view: View, signal: AbortSignal): Promise<GivenArea>;
  /** Systems that heights are handed out in; the first one is that of the twin. */
  readonly heights: readonly HeightSystem[];
  /** What may be ordered, and what of it by this person. */
  profiles(who: Identity): Promise<readonly HeldProfile[]>;
  /** For everybody: what was taken by year, layer, format and profile. */
  statistics(): Promise<UseStatistics>;
  /** The use register. @throws TwinError unauthenticated, forbidden for whoever is not staff */
  register(query: UseQuery, who: Identity): Promise<UsePage>;
}
