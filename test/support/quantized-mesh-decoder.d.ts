declare module '@here/quantized-mesh-decoder' {
  interface DecodedMesh {
    readonly header: Readonly<Record<string, number>>;
    /** All u, then all v, then all heights. */
    readonly vertexData: Uint16Array;
    readonly triangleIndices: Uint16Array | Uint32Array;
    readonly westIndices: Uint16Array;
    readonly southIndices: Uint16Array;
    readonly eastIndices: Uint16Array;
    readonly northIndices: Uint16Array;
    readonly extensions: { readonly vertexNormals?: Uint8Array };
  }
  function decode(data: ArrayBuffer, options?: { maxDecodingStep?: number }): DecodedMesh;
  // biome-ignore lint/style/noDefaultExport: so the package is made
  export default decode;
}
