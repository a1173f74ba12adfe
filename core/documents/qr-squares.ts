import encodeQR from 'qr';

/** Squares. */
const QUIET = 4;

/**
 * A text as a QR code (ISO/IEC 18004, error correction M: 15 % may be lost): rows of squares, true = dark, with
 * the quiet zone around it that readers need.
 * @throws Error for a text of more than 2,331 bytes
 */
export const qrSquares = (text: string): readonly (readonly boolean[])[] =>
  encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
