import type { OrderEstimate, OrderRequest } from '../../core/wire/order.ts';
import type { View } from '../access/view.ts';

/** A package that is being made. */
export interface OrderPackage {
  /** Plain ASCII, with its ending. */
  readonly fileName: string;
  /** Changes whenever the bytes would. */
  readonly version: string;
  /** A ZIP archive, made while it is read; rejects when the city changes meanwhile. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Data of any area, cut out and written in formats. */
export interface Orders {
  /**
   * What an order would hold.
   * @throws TwinError not-found for a layer or place that is not there, invalid-parameter for an area that cannot be used
   *   or a CRS of another part of the country
   */
  estimate(order: OrderRequest, view: View, signal: AbortSignal): Promise<OrderEstimate>;
  /**
   * The package at once.
   * @throws TwinError as `estimate`, too-large for more than fits into one answer
   */
  pack(order: OrderRequest, view: View, signal: AbortSignal): Promise<OrderPackage>;
}
