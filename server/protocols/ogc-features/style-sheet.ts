import type { Reply } from '../../http/protocol.ts';

/** The pages' only style sheet; a file of its own, since the content policy forbids styles in pages. */
const CSS = `:root{color-scheme:light dark;--line:#c9c4bb;--soft:#6a655d;--link:#0b5c7a}
@media (prefers-color-scheme:dark){:root{--line:#4a4741;--soft:#aaa499;--link:#7cc4df}}
body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:0 auto;padding:1rem 1.25rem 3rem}
a{color:var(--link)}h1{font-size:1.6rem;margin:.6rem 0}h2{font-size:1.15rem;margin:1.4rem 0 .4rem}
nav,footer{color:var(--soft);font-size:.9rem}nav a+a::before,nav a+span::before{content:"/";color:var(--soft);margin:0 .45rem}
footer{border-top:1px solid var(--line);margin-top:2rem;padding-top:.6rem;display:flex;gap:1.5rem;flex-wrap:wrap}
.scroll{overflow:auto;max-height:80vh}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
th{font-weight:600}.number{text-align:right;font-variant-numeric:tabular-nums}
.objects :is(th,td){white-space:nowrap}.objects td.long{white-space:normal;min-width:16rem}
.objects thead th{position:sticky;top:0;background:Canvas;border-bottom:2px solid var(--line)}
code,pre{font:.85rem/1.45 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
input[type=search]{font:inherit;width:min(26rem,100%);box-sizing:border-box}button{font:inherit}form{margin:.6rem 0}
.note{color:var(--soft)}.pages{display:flex;gap:1.5rem;margin:1rem 0}`;

export function getStyleSheet(): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' },
    body: CSS,
  };
}
