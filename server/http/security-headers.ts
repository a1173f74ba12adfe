/**
 * Headers of every reply. Cesium needs workers from blobs and WebAssembly; nothing needs eval, and nothing may
 * be fetched from another host.
 */
const contentPolicy = (styles: string): string =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy("'self'"),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(self)',
};

/** Cesium writes a style element and style attributes for its credits; only the viewer's page may do so. */
export const VIEWER_CONTENT_POLICY = contentPolicy("'self' 'unsafe-inline'");
