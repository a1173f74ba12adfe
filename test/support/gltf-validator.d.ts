declare module 'gltf-validator' {
  interface Message {
    readonly code: string;
    readonly message: string;
    /** 0 error, 1 warning, 2 information, 3 hint. */
    readonly severity: number;
    readonly pointer?: string;
  }
  interface Report {
    readonly issues: {
      readonly numErrors: number;
      readonly numWarnings: number;
      readonly messages: readonly Message[];
    };
    readonly info: { readonly totalVertexCount: number; readonly totalTriangleCount: number };
  }
  interface Options {
    readonly maxIssues?: number;
    readonly ignoredIssues?: readonly string[];
  }
  const validator: {
    validateBytes(bytes: Uint8Array, options?: Options): Promise<Report>;
  };
  // biome-ignore lint/style/noDefaultExport: so the package is made
  export default validator;
}
