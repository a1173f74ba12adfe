/** Whether a request is answered now: by what its sender has had lately, and by how much heavy work is under way. */
import { TwinError } from '../../core/errors.ts';
import { ANONYMOUS, type Identity } from './identity.ts';
import { isHeavy, requestCost, type WeighedRequest } from './request-cost.ts';

export interface AdmissionLimits {
  /** Tiles' worth a second of one address of the public in the long run; 0 = without limit. */
  readonly publicPerS: number;
  /** The same of one account. */
  readonly accountPerS: number;
  /** Heavy requests under way at most. */
  readonly heavyAtOnce: number;
}

interface Sender {
  readonly who: Identity;
  /** Address of the client. */
  readonly client: string;
}

export interface Admission {
  /**
   * @returns to be called once, when the request has ended, with the bytes that were sent
   * @throws TwinError too-many-requests for a sender beyond its budget, unavailable for heavy work under load; both with
   *   `retryAfterS`
   */
  enter(request: WeighedRequest & Sender): (sentBytes: number) => void;
  /** For the measures. */
  state(): { readonly heavy: number; readonly refusedByBudget: number; readonly refusedByLoad: number };
}

/** What was not used is saved for so long. */
const BURST_S = 10;
/** A large answer costs more than a small one: a tile's worth for each. */
const BYTES_OF_A_TILE = 256 * 1024;
/** Senders that are remembered; those with a full budget are forgotten first. */
const MOST_SENDERS = 50_000;
const LOAD_RETRY_S = 5;

interface Bucket {
  units: number;
  atMs: number;
}

/** @param now milliseconds that only rise */
export function openAdmission(
  limits: AdmissionLimits,
  now: () => number = () => performance.now(),
): Admission {
  const buckets = new Map<string, Bucket>();
  let [heavy, refusedByBudget, refusedByLoad] = [0, 0, 0];

  const bucketOf = (key: string, perS: number): Bucket => {
    const most = perS * BURST_S;
    const at = now();
    const known = buckets.get(key);
    const units = known ? Math.min(most, known.units + ((at - known.atMs) / 1000) * perS) : most;
    const bucket = known ?? { units, atMs: at };
    Object.assign(bucket, { units, atMs: at });
    if (!known && buckets.size >= MOST_SENDERS) forgetRested(at);
    buckets.set(key, bucket);
    return bucket;
  };
  const forgetRested = (at: number) => {
    for (const [key, { atMs }] of buckets) if (at - atMs > BURST_S * 1000) buckets.delete(key);
    // So many at once are no senders but forged addresses: nobody is known any more.
    if (buckets.size >= MOST_SENDERS) buckets.clear();
  };

  return {
    enter(request) {
      const { who, client } = request;
      const cost = requestCost(request);
      if (cost === 0) return () => {};
      const isPublic = who.who === ANONYMOUS.who;
      const perS = isPublic ? limits.publicPerS : limits.accountPerS;
      const bucket =
        perS > 0 ? bucketOf(isPublic ? `address ${client}` : `account ${who.who}`, perS) : undefined;
      // Whoever has something left is answered and may get into debt, so that no request is too large for any budget.
      if (bucket && bucket.units <= 0) {
        refusedByBudget++;
        throw overBudget(isPublic, Math.max(1, Math.ceil((cost - bucket.units) / perS)));
      }
      const isOne = isHeavy(cost);
      if (isOne && heavy >= limits.heavyAtOnce) {
        refusedByLoad++;
        throw overloaded();
      }
      if (bucket) bucket.units -= cost;
      if (isOne) heavy++;
      return (sentBytes) => {
        if (isOne) heavy--;
        if (bucket) bucket.units -= sentBytes / BYTES_OF_A_TILE;
      };
    },
    state: () => ({ heavy, refusedByBudget, refusedByLoad }),
  };
}

const overBudget = (isPublic: boolean, retryAfterS: number): TwinError =>
  new TwinError(
    'too-many-requests',
    `${isPublic ? 'This address' : 'This account'} has asked for more than its share; try again in ${retryAfterS} s, ask for less at a time${isPublic ? ', or sign in' : ''}`,
    { members: { retryAfterS } },
  );

const overloaded = (): TwinError =>
  new TwinError(
    'unavailable',
    `The service has as much heavy work as it can do; tiles, pictures and small questions are answered. Try again in ${LOAD_RETRY_S} s`,
    { members: { retryAfterS: LOAD_RETRY_S } },
  );
