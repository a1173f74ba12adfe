/** What one document may cost. */
export interface XmlLimits {
  /** Elements within elements. */
  readonly maxDepth: number;
  /** Characters of one start tag with its attributes, of a comment or of a processing instruction. */
  readonly maxTagChars: number;
  /** Characters of one uninterrupted text. */
  readonly maxTextChars: number;
  /** Elements in one tree that is held in memory. */
  readonly maxElements: number;
  /** Characters of text and attribute values in one tree that is held in memory. */
  readonly maxTreeChars: number;
}
