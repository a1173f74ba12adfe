/** How a document looks as a page, on screens, in the dark, and printed. */
export const DOCUMENT_STYLE = `:root{color-scheme:light dark;--ink:#1f262d;--soft:#535c64;--paper:#fbf9f4;--rule:#ded7c6;--bar:#1659a8;--warn:#8a4b00}
@media(prefers-color-scheme:dark){:root{--ink:#e7ebee;--soft:#a5b1bc;--paper:#1b232c;--rule:#46535f;--bar:#7cb8f5;--warn:#f0bd7a}}
body{max-width:60rem;margin:0 auto;padding:1.5rem;color:var(--ink);background:var(--paper);font:16px/1.5 "Source Sans 3","Segoe UI",system-ui,sans-serif}
h1{margin:0 0 1rem;font-size:1.6rem;line-height:1.25}h2{margin:2.2rem 0 .6rem;font-size:1.25rem;border-bottom:1px solid var(--rule)}h3{margin:1.4rem 0 .4rem;font-size:1.05rem}
p,ul{margin:.4rem 0}.quiet,figcaption,caption,footer,dt{color:var(--soft)}figcaption,caption,footer{font-size:.875rem}caption{text-align:start;padding-bottom:.3rem}
.note{margin:.8rem 0;padding:.1rem .8rem;border-inline-start:3px solid var(--bar)}.note.warning{color:var(--warn);border-color:var(--warn)}
.wide{overflow-x:auto}.wide:focus-visible{outline:2px solid var(--bar)}table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .5rem;border-bottom:1px solid var(--rule);text-align:start;vertical-align:top}tbody th{font-weight:400}.number{text-align:end}
p,li,dd,td,th{overflow-wrap:break-word}figure{margin:1rem 0}figure>svg{display:block;max-width:100%;height:auto;border:1px solid var(--rule)}figure>svg.bars{width:100%;max-width:40rem;border:0}
.bars rect{fill:var(--bar)}.bars path{stroke:var(--ink);fill:none}.bars line{stroke:var(--soft)}.bars text{fill:var(--ink);font-size:12px}
.paper{fill:#fff;fill-opacity:.85}.sign{fill:#1f262d}
dl{display:grid;grid-template-columns:minmax(8rem,1fr) 2fr;gap:.25rem 1rem;margin:.6rem 0}dd{margin:0}
.legend{padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.875rem}.legend svg{margin-inline-end:.5rem;vertical-align:-2px}
.break{visibility:hidden;margin:0}footer{margin-top:2rem;border-top:1px solid var(--rule)}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--rule:#999;--bar:#1659a8;--warn:#8a4b00}body{padding:0;font-size:10pt}h2,h3{break-after:avoid}figure,tr{break-inside:avoid}.break{break-after:page}}`;
