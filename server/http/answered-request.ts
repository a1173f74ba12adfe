/** A request that has ended, as it is counted. */
export interface AnsweredRequest {
  /** Name of the protocol; `viewer` for its files and what is nowhere. */
  readonly door: string;
  readonly method: string;
  /** 499 = the client left before the first byte. */
  readonly status: number;
  /** Whether all of it was sent. */
  readonly isComplete: boolean;
  readonly bytes: number;
  /** undefined = a stream of events, which lasts as long as its reader likes: its duration says nothing. */
  readonly seconds: number | undefined;
}
