/** Bytes of a device as its maker lays them out. */

export type DecodedValue = number | string | boolean;
export type DecodedValues = Readonly<Record<string, DecodedValue>>;

export interface Decoded {
  /** By the maker's own names. */
  readonly values: DecodedValues;
  /** What the device had kept and sends later. */
  readonly history?: readonly { readonly time: Date; readonly values: DecodedValues }[];
}

/** @throws RangeError for bytes that are not of this device */
export type Decoder = (bytes: DataView, port: number) => Decoded;
