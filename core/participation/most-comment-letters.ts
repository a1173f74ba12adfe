/** As long as a remark may be: a page of a letter. Apart from the schema, which the page of residents need not load. */
export const MOST_COMMENT_LETTERS = 2_000;
