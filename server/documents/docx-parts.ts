/** What a file of a word processor holds beside its text: styles, numbering, foot, metadata, and how they belong. */
import { type Paper, type PrintDocument, ROOM_MM } from '../../core/documents/print-document.ts';
import { type Markup, markup, raw } from '../../core/xml/writer.ts';
import { INK, PAPER_RULE, QUIET, RULE_BLUE, WARNING } from './docx-ink.ts';

export const TWIPS_PER_MM = 1_440 / 25.4;
export const twips = (mm: number): number => Math.round(mm * TWIPS_PER_MM);

export interface DocxPicture {
  /** Within `word/`. */
  readonly name: string;
  readonly relation: string;
  readonly file: Uint8Array;
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const NAMESPACES = raw(
  `xmlns:w="${WORD}" xmlns:r="${OFFICE}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`,
);

const MARGIN_MM = 18;
const FOOT_MM = 10;
const PAPER_MM: Readonly<Record<Paper, readonly [widthMm: number, heightMm: number]>> = {
  A4: [210, 297],
  'A4-landscape': [297, 210],
  A3: [297, 420],
  'A3-landscape': [420, 297],
};
const FOOT_WORDS = { page: { pl: 'Strona', en: 'Page' }, of: { pl: 'z', en: 'of' } } as const;

const PARTS = [
  ['styles', 'styles', 'styles.xml'],
  ['numbering', 'numbering', 'numbering.xml'],
  ['footer', 'footer', 'footer1.xml'],
] as const;

export const contentTypes = (): Markup => markup`<Types xmlns="${PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>
<Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/>
${PARTS.map(([, kind, file]) => markup`<Override PartName="/word/${file}" ContentType="${TYPE}.${kind}+xml"/>`)}
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

const relation = (id: string, type: string, target: string): Markup =>
  markup`<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;

export const PACKAGE_RELATIONS = markup`<Relationships xmlns="${PACKAGE}/relationships">
${relation('document', `${OFFICE}/officeDocument`, 'word/document.xml')}
${relation('core', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml')}</Relationships>`;

export const bodyRelations = (
  pictures: readonly DocxPicture[],
): Markup => markup`<Relationships xmlns="${PACKAGE}/relationships">
${PARTS.map(([id, kind, file]) => relation(id, `${OFFICE}/${kind}`, file))}
${pictures.map((picture) => relation(picture.relation, `${OFFICE}/image`, picture.name))}</Relationships>`;

/** Dublin Core, so that who files the document finds it. */
export function propertiesPart({ title, subject, author, date, language }: PrintDocument): Markup {
  const moment = date.toISOString().replace(/\.\d+Z$/, 'Z');
  return markup`<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${title}</dc:title><dc:subject>${subject}</dc:subject><dc:creator>${author}</dc:creator><dc:language>${languageTag(language)}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${moment}</dcterms:modified></cp:coreProperties>`;
}

const languageTag = (language: PrintDocument['language']): string => (language === 'pl' ? 'pl-PL' : 'en-GB');

export function bodyPart({ paper = 'A4' }: PrintDocument, blocks: readonly Markup[]): Markup {
  const [widthMm, heightMm] = PAPER_MM[paper];
  const orient = widthMm > heightMm ? raw(' w:orient="landscape"') : '';
  const bottomMm = heightMm - MARGIN_MM - ROOM_MM[paper].heightMm;
  return markup`<w:document ${NAMESPACES}><w:body>
${blocks.map((block) => markup`${block}\n`)}<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="${twips(widthMm)}" w:h="${twips(heightMm)}"${orient}/><w:pgMar w:top="${twips(MARGIN_MM)}" w:right="${twips(MARGIN_MM)}" w:bottom="${twips(bottomMm)}" w:left="${twips(MARGIN_MM)}" w:header="0" w:footer="${twips(FOOT_MM)}" w:gutter="0"/></w:sectPr></w:body></w:document>`;
}

/** The title, what the document wants said on every page, and which page it is. */
export function footerPart({ title, footer, language, paper = 'A4' }: PrintDocument): Markup {
  const said = footer === undefined ? title : `${title}  ·  ${footer}`;
  const field = (code: string) =>
    markup`<w:fldSimple w:instr="${code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
  const words = (text: string) => markup`<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  return markup`<w:ftr ${NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="${twips(ROOM_MM[paper].widthMm)}"/></w:tabs></w:pPr>${words(said)}<w:r><w:tab/></w:r>${words(`${FOOT_WORDS.page[language]} `)}${field('PAGE')}${words(` ${FOOT_WORDS.of[language]} `)}${field('NUMPAGES')}</w:p></w:ftr>`;
}

const BULLET = 'bullet';

export const NUMBERING_PART = markup`<w:numbering ${NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${BULLET}"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

interface ParagraphStyle {
  readonly id: string;
  /** As word processors know it. */
  readonly name: string;
  readonly properties?: string;
  /** Half points. */
  readonly size?: number;
  readonly ink?: string;
  readonly bold?: boolean;
}

const spacing = (before: number, after: number): string =>
  `<w:spacing w:before="${before}" w:after="${after}"/>`;
const noteOf = (colour: string): string =>
  `<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="${colour}"/></w:pBdr>${spacing(60, 160)}<w:ind w:left="200"/>`;

const STYLES: readonly ParagraphStyle[] = [
  {
    id: 'Heading1',
    name: 'heading 1',
    properties: `<w:keepNext/>${spacing(0, 120)}<w:outlineLvl w:val="0"/>`,
    size: 40,
    bold: true,
  },
  {
    id: 'Heading2',
    name: 'heading 2',
    properties: `<w:keepNext/>${spacing(240, 60)}<w:outlineLvl w:val="1"/>`,
    size: 28,
    bold: true,
  },
  {
    id: 'Heading3',
    name: 'heading 3',
    properties: `<w:keepNext/>${spacing(120, 60)}<w:outlineLvl w:val="2"/>`,
    size: 22,
    bold: true,
  },
  { id: 'Quiet', name: 'Quiet', ink: QUIET },
  { id: 'NoteInfo', name: 'Note', properties: noteOf(RULE_BLUE) },
  { id: 'NoteWarning', name: 'Warning', properties: noteOf(WARNING), ink: WARNING },
  {
    id: 'ListBullet',
    name: 'List Bullet',
    properties: `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>${spacing(0, 40)}`,
  },
  { id: 'Caption', name: 'caption', properties: spacing(40, 160), size: 17, ink: QUIET },
  {
    id: 'TableCaption',
    name: 'Table caption',
    properties: `<w:keepNext/>${spacing(120, 60)}`,
    size: 17,
    ink: QUIET,
  },
  { id: 'Cell', name: 'Cell', properties: spacing(0, 0), size: 17 },
  { id: 'CellHead', name: 'Cell head', properties: `<w:keepNext/>${spacing(0, 0)}`, size: 17, bold: true },
  { id: 'Scale', name: 'Scale', properties: `<w:keepNext/>${spacing(0, 0)}`, size: 16 },
  { id: 'CellName', name: 'Cell name', properties: spacing(0, 0), ink: QUIET },
  { id: 'CellValue', name: 'Cell value', properties: spacing(0, 0) },
  { id: 'Picture', name: 'Picture', properties: `<w:keepNext/>${spacing(60, 0)}` },
  {
    id: 'After',
    name: 'After',
    properties: `<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>`,
    size: 8,
  },
  { id: 'Footer', name: 'footer', properties: spacing(0, 0), size: 16, ink: QUIET },
];

export function stylesPart({ language }: PrintDocument): Markup {
  const tag = languageTag(language);
  const font = 'Source Sans 3';
  const styles = STYLES.map(({ id, name, properties = '', size, ink, bold }) => {
    const run = `${bold ? '<w:b/>' : ''}${ink ? `<w:color w:val="${ink}"/>` : ''}${size ? `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>` : ''}`;
    return markup`<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${raw(properties)}</w:pPr><w:rPr>${raw(run)}</w:rPr></w:style>\n`;
  });
  return markup`<w:styles ${NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:cs="${font}"/><w:color w:val="${INK}"/><w:sz w:val="19"/><w:szCs w:val="19"/><w:lang w:val="${tag}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="100"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
${styles}<w:style w:type="table" w:styleId="Rows"><w:name w:val="Rows"/><w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="${PAPER_RULE}"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="${PAPER_RULE}"/></w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="Bare"><w:name w:val="Bare"/><w:tblPr><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`;
}
