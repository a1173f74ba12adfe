/** The ids in a tile of ours, read from its bytes: what was really written, not what was to be. */

interface Gltf {
  readonly bufferViews?: readonly { readonly byteOffset: number; readonly byteLength: number }[];
  readonly extensions?: {
    readonly EXT_structural_metadata?: {
      readonly propertyTables: readonly {
        readonly count: number;
        readonly properties: {
          readonly id: { readonly values: number; readonly stringOffsets: number };
        };
      }[];
    };
  };
}

/** Column `id` of the first property table; none of a tile without objects. */
export function idsInGlb(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const jsonLength = view.getUint32(12, true);
  const gltf: Gltf = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + jsonLength)));
  const [table] = gltf.extensions?.EXT_structural_metadata?.propertyTables ?? [];
  if (!table) return [];
  const { values, stringOffsets } = table.properties.id;
  const start = (number: number): number => 28 + jsonLength + (gltf.bufferViews?.[number]?.byteOffset ?? 0);
  const offset = (row: number): number =>
    start(values) + view.getUint32(start(stringOffsets) + 4 * row, true);
  const decoder = new TextDecoder();
  return Array.from({ length: table.count }, (_, row) =>
    decoder.decode(bytes.subarray(offset(row), offset(row + 1))),
  );
}
