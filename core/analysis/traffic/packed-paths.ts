/** Paths of a solution in flat arrays: hundreds of thousands are taken up, kept and read without an object for each. */
export interface PackedPaths {
  /** Pairs of zones with a path: origin × zones of the network + destination, ascending. */
  readonly pairs: Int32Array;
  /** Paths of the pair at n are those from `firstPath[n]` up to, without, `firstPath[n + 1]`. */
  readonly firstPath: Int32Array;
  /** Links of a path, in the order of travel, are `links[firstLink[path]]` up to, without, `links[firstLink[path + 1]]`. */
  readonly firstLink: Int32Array;
  readonly links: Int32Array;
  /** By path, in vehicles. */
  readonly trips: Float64Array;
}

/** Of each class. */
export type PathsByClass = readonly { readonly paths: PackedPaths }[];

interface PathFlow {
  /** A view; not to be written to. */
  readonly links: Int32Array;
  readonly trips: number;
}

/** Each pair with its paths. */
export function* pathsByPair({
  pairs,
  firstPath,
  firstLink,
  links,
  trips,
}: PackedPaths): Generator<readonly [pair: number, paths: readonly PathFlow[]]> {
  for (const [n, pair] of pairs.entries()) {
    const own: PathFlow[] = [];
    for (let path = firstPath[n] as number; path < (firstPath[n + 1] as number); path++) {
      own.push({
        links: links.subarray(firstLink[path], firstLink[path + 1]),
        trips: trips[path] as number,
      });
    }
    yield [pair, own];
  }
}
