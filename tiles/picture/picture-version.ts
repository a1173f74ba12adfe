import { createHash } from 'node:crypto';

/** Part of every validator: raise it when the same data would be drawn differently. */
const DRAWING = 1;

/** A validator of a picture from all that it is drawn from: frame, styles, versions of what lies under it. */
export function pictureVersion(parts: readonly unknown[]): string {
  const digest = createHash('sha1')
    .update(JSON.stringify([DRAWING, parts]))
    .digest('base64url');
  return `"${digest.slice(0, 20)}"`;
}
