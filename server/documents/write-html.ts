import { barPlaces, hundredths, shortened } from '../../core/documents/bar-places.ts';
import { type Block, type Figure, type PrintDocument, ROOM_MM } from '../../core/documents/print-document.ts';
import { lengthText, scaleBarM } from '../../core/documents/scale-bar.ts';
import { DOCUMENT_STYLE } from './document-style.ts';
import { checkPicture, scaleWords } from './picture-file.ts';

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/**
 * The document as one page that needs nothing else: without scripts and without anything from elsewhere, so that the
 * file can be kept and sent.
 */
export function writeHtml(document: PrintDocument): string {
  const { language, title, author, subject, date, footer, blocks } = document;
  const meta = [
    ['author', author],
    ['description', subject],
    ['date', date.toISOString()],
  ].map(([name = '', content = '']) => `<meta name="${name}" content="${escaped(content)}">`);
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title>${meta.join('')}
<style>${DOCUMENT_STYLE}</style></head>
<body><main>
${blocks.map((block) => blockHtml(block, document)).join('\n')}
</main>${footer === undefined ? '' : `<footer>${escaped(footer)}</footer>`}
</body></html>
`;
}

const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: HTML cannot hold it
    .replaceAll(/\u0000/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

function blockHtml(block: Block, document: PrintDocument): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p${block.tone ? ` class="${block.tone}"` : ''}>${escaped(block.text)}</p>`;
    case 'note':
      return `<p class="note ${block.tone}">${escaped(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<dl>${block.facts.map(({ name, value }) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
    case 'table':
      return tableHtml(block);
    case 'figure':
      return figureHtml(block, document);
    case 'legend':
      return legendHtml(block);
    case 'bars':
      return `<figure><figcaption>${escaped(block.title)}</figcaption>${barsSvg(block)}</figure>`;
    case 'page-break':
      return '<hr class="break">';
  }
}

function tableHtml({ caption, columns, rows }: Of<'table'>): string {
  const end = columns.map(({ isNumber }) => (isNumber ? ' class="number"' : ''));
  const head = columns.map(({ title }, index) => `<th scope="col"${end[index]}>${escaped(title)}</th>`);
  const body = rows.map(([first = '', ...cells]) => {
    const others = cells.map((cell, index) => `<td${end[index + 1] ?? ''}>${escaped(cell)}</td>`);
    return `<tr><th scope="row">${escaped(first)}</th>${others.join('')}</tr>`;
  });
  // A region that scrolls must be reached by keys, and named.
  return `<div class="wide" role="region" tabindex="0" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function figureHtml(figure: Figure, { language, paper = 'A4' }: PrintDocument): string {
  const { picture, alt, caption, scaleDenominator, widthMm = ROOM_MM[paper].widthMm } = figure;
  const { file, widthPx, heightPx } = picture;
  const address = `data:${checkPicture(file)};base64,${Buffer.from(file).toString('base64')}`;
  const isMap = scaleDenominator !== undefined;
  const signs = isMap ? mapSigns(widthMm * (scaleDenominator / 1_000), widthPx, heightPx) : '';
  const scale = isMap ? ` ${scaleWords(scaleDenominator, language)}` : '';
  const shownPx = Math.round((widthMm / 25.4) * 96);
  return `<figure><svg viewBox="0 0 ${widthPx} ${heightPx}" width="${shownPx}" role="img" aria-label="${escaped(alt)}"><image href="${address}" width="${widthPx}" height="${heightPx}"/>${signs}</svg><figcaption>${escaped(caption)}${scale}</figcaption></figure>`;
}

/** The bar of the scale and an arrow to the north, in the pixels of the picture. */
function mapSigns(widthM: number, widthPx: number, heightPx: number): string {
  const lengthM = scaleBarM(widthM / 3);
  const barPx = hundredths((lengthM / widthM) * widthPx);
  const unit = widthPx / 100;
  const [x, y] = [hundredths(2 * unit), hundredths(heightPx - 2.4 * unit)];
  const bar = `<rect class="paper" x="${hundredths(unit)}" y="${hundredths(y - 2 * unit)}" width="${hundredths(barPx + 10 * unit)}" height="${hundredths(3.6 * unit)}"/><rect class="sign" x="${x}" y="${y}" width="${barPx}" height="${hundredths(0.6 * unit)}"/><text class="sign" x="${hundredths(x + barPx + unit)}" y="${hundredths(y + 0.7 * unit)}" font-size="${hundredths(2 * unit)}">${lengthText(lengthM)}</text>`;
  const [nx, ny] = [hundredths(widthPx - 4 * unit), hundredths(1.6 * unit)];
  const at = (dx: number, dy: number) => `${hundredths(nx + dx * unit)},${hundredths(ny + dy * unit)}`;
  const north = `<circle class="paper" cx="${nx}" cy="${hundredths(ny + 2.2 * unit)}" r="${hundredths(3 * unit)}"/><polygon class="sign" points="${at(0, 0)} ${at(0.8, 2.4)} ${at(0, 1.8)} ${at(-0.8, 2.4)}"/><text class="sign" x="${nx}" y="${hundredths(ny + 4.4 * unit)}" font-size="${hundredths(1.9 * unit)}" text-anchor="middle">N</text>`;
  return bar + north;
}

const DASHES = {
  solid: '',
  dashed: ' stroke-dasharray="6 3"',
  dotted: ' stroke-dasharray="1.5 2.5"',
} as const;

function legendHtml({ entries }: Of<'legend'>): string {
  const items = entries.map(({ label, stroke, line, fill, fillOpacity = 1 }) => {
    const pen = `stroke="${stroke}" stroke-width="2"${DASHES[line]}`;
    const sign =
      fill === undefined
        ? `<line x1="1" y1="7" x2="27" y2="7" ${pen}/>`
        : `<rect x="2" y="2" width="24" height="10" fill="${fill}" fill-opacity="${fillOpacity}" ${pen}/>`;
    return `<li><svg viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">${sign}</svg>${escaped(label)}</li>`;
  });
  return `<ul class="legend">${items.join('')}</ul>`;
}

const ROW = 22;

function barsSvg({ bars }: Of<'bars'>): string {
  const places = barPlaces(bars, 190, 400);
  const rows = bars.map(({ label, text, bound }, index) => {
    const place = places[index];
    if (!place) return '';
    const y = index * ROW;
    const { from, to, low, high } = place;
    const doubt =
      bound > 0 ? `<path d="M${low} ${y + 11}H${high}M${low} ${y + 7}v8M${high} ${y + 7}v8"/>` : '';
    return `<text x="0" y="${y + 15}">${escaped(shortened(label, 26))}</text><rect x="${from}" y="${y + 5}" width="${hundredths(to - from)}" height="12"/>${doubt}<text x="410" y="${y + 15}">${escaped(text)}</text>`;
  });
  const zero = places[0]?.zero ?? 0;
  const heightPx = bars.length * ROW;
  const alt = bars.map(({ label, text }) => `${label}: ${text}`).join('; ');
  return `<svg class="bars" viewBox="0 0 560 ${heightPx}" role="img" aria-label="${escaped(alt)}"><line x1="${zero}" x2="${zero}" y1="0" y2="${heightPx}"/>${rows.join('')}</svg>`;
}
