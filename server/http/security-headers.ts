/**
 * Headers of every reply. Cesium needs workers from blobs and WebAssembly; nothing needs eval, and nothing may
 * be fetched from another host. The build takes the styles that Cesium writes inline out of it (vite.config.ts).
 */
const contentPolicy = (framedBy: string) =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${framedBy}`,
  ].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy("'self'"),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(self)',
};

/**
 * Of pages that are made to stand in other pages. They know nobody: all that could be clicked away there is a remark
 * without a name, which staff read before anybody sees it.
 */
export const FRAMED_PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy('*'),
};
