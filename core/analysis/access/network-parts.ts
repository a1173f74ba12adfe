/** Parts of a network between which there is no way. */
interface Sections {
  readonly nodeCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** By section whether it lies apart from the part that has most sections: who lives there never gets to the others. */
export function sectionsApart({ nodeCount, from, to }: Sections): Uint8Array {
  const parent = Int32Array.from({ length: nodeCount }, (_, node) => node);
  const rootOf = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (let s = 0; s < from.length; s++) parent[rootOf(from[s] as number)] = rootOf(to[s] as number);
  const sizes = new Int32Array(nodeCount);
  let main = -1;
  for (const node of from) {
    const root = rootOf(node);
    const size = (sizes[root] as number) + 1;
    sizes[root] = size;
    if (main === -1 || size > (sizes[main] as number)) main = root;
  }
  return Uint8Array.from(from, (node) => (rootOf(node) === main ? 0 : 1));
}
