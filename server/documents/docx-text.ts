import { type Markup, markup } from '../../core/xml/writer.ts';

/** One paragraph; lines of the text stay lines. @param isAtEnd numbers stand at the end of their cells */
export function paragraph(style: string, text: string, isAtEnd = false): Markup {
  const end = isAtEnd ? markup`<w:jc w:val="end"/>` : '';
  const lines = text.split('\n').map((line, index) => {
    const broken = index === 0 ? '' : markup`<w:br/>`;
    return markup`${broken}<w:t xml:space="preserve">${line}</w:t>`;
  });
  return markup`<w:p><w:pPr><w:pStyle w:val="${style}"/>${end}</w:pPr><w:r>${lines}</w:r></w:p>`;
}
