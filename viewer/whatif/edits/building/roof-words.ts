export const ROOF_WORDS = {
  flat: 'roofFlat',
  gabled: 'roofGabled',
  hipped: 'roofHipped',
  pent: 'roofPent',
} as const;
