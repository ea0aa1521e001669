#include "html_style.hpp"

namespace idi::eval {

const std::string_view report_style = R"css(
:root { color-scheme: light dark;
  --paper:#f6f7f9; --card:#fff; --ink:#1b2330; --soft:#5b6675; --line:#dfe3e9; --accent:#2f5fd0;
  --right:#1d7a46; --right-bg:#e4f4ea; --wrong:#b3382c; --wrong-bg:#fbe9e7; --odd:#8a6100;
  --odd-bg:#fbf1d9; --code:#f2f4f7; --bar:#3b6fe0; }
@media (prefers-color-scheme: dark) { :root {
  --paper:#12161c; --card:#1a2029; --ink:#e6eaf0; --soft:#9aa6b5; --line:#2c3542; --accent:#86a8ff;
  --right:#6cd398; --right-bg:#17301f; --wrong:#ff9486; --wrong-bg:#3a1d1a; --odd:#e8be5a;
  --odd-bg:#352a10; --code:#12171f; --bar:#5b86ee; } }
* { box-sizing:border-box; }
body { margin:0; background:var(--paper); color:var(--ink);
  font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif; }
main { max-width:1120px; margin:0 auto; padding:28px 20px 60px; }
h1 { font-size:1.05rem; font-weight:600; margin:0 0 14px; color:var(--soft); }
h2 { font-size:.95rem; margin:0 0 10px; }
.score { display:flex; flex-wrap:wrap; align-items:baseline; gap:4px 18px; margin-bottom:6px; }
.score b { font-size:3rem; line-height:1.1; letter-spacing:-.02em; font-variant-numeric:tabular-nums; }
.score b small { font-size:1.4rem; font-weight:500; color:var(--soft); margin-left:3px; }
.meta { color:var(--soft); margin:0 0 22px; overflow-wrap:anywhere; }
.cards { display:grid; grid-template-columns:repeat(auto-fit,minmax(310px,1fr)); gap:16px; }
.card { background:var(--card); border:1px solid var(--line); border-radius:10px; padding:16px 18px;
  min-width:0; }
.card.wide { margin-top:16px; }
table { border-collapse:collapse; font-variant-numeric:tabular-nums; }
.figures { width:100%; }
.figures th { font-weight:500; color:var(--soft); font-size:.8rem; text-align:right; }
.figures th:first-child, .figures td:first-child { text-align:left; }
.figures td { text-align:right; padding:3px 0 3px 10px; white-space:nowrap; }
.figures td:first-child { padding-left:0; }
.figures td.bar { width:32%; padding-left:14px; }
.wide .figures td.name { white-space:normal; overflow-wrap:anywhere; }
.bar span { display:block; height:8px; border-radius:4px; background:var(--bar); min-width:2px; }
.bar.bad span { background:var(--wrong); }
.note { color:var(--soft); font-size:.82rem; margin:10px 0 0; }
details.card > summary { cursor:pointer; font-weight:600; font-size:.95rem; }
details.card[open] > summary { margin-bottom:10px; }
.scroll { overflow-x:auto; }
.list-head { margin:34px 0 10px; font-size:1.15rem; }
input.pick { position:absolute; opacity:0; width:1px; height:1px; }
label.pick { display:inline-block; padding:4px 12px; margin:0 6px 8px 0; border:1px solid var(--line);
  border-radius:999px; background:var(--card); cursor:pointer; font-size:.85rem; white-space:nowrap; }
label.pick i { font-style:normal; color:var(--soft); margin-left:4px; }
input.pick:checked + label.pick { background:var(--accent); border-color:var(--accent); color:var(--card); }
input.pick:checked + label.pick i { color:inherit; opacity:.85; }
input.pick:focus-visible + label.pick { outline:2px solid var(--accent); outline-offset:2px; }
.row-end { display:block; height:0; }
.item { background:var(--card); border:1px solid var(--line); border-left:4px solid var(--right);
  border-radius:8px; margin-bottom:8px; }
.item.wrong { border-left-color:var(--wrong); }
.item.unusable { border-left-color:var(--odd); }
.item > summary { list-style:none; cursor:pointer; padding:10px 14px; display:grid; gap:2px 12px;
  grid-template-columns:auto 1fr auto; align-items:baseline; }
.item > summary::-webkit-details-marker { display:none; }
.item > summary:focus-visible { outline:2px solid var(--accent); outline-offset:-2px; border-radius:8px; }
.mark { font-weight:700; color:var(--right); }
.wrong .mark { color:var(--wrong); }
.unusable .mark { color:var(--odd); }
.ask { overflow-wrap:anywhere; unicode-bidi:isolate; }
.tags { display:flex; flex-wrap:wrap; gap:5px; justify-content:flex-end; }
.tag { font-size:.74rem; padding:1px 8px; border-radius:999px; background:var(--code); color:var(--soft);
  white-space:nowrap; }
.tag.kind { background:var(--wrong-bg); color:var(--wrong); }
.tag.odd { background:var(--odd-bg); color:var(--odd); }
.body { padding:2px 14px 14px; }
.sides { display:grid; grid-template-columns:1fr 1fr; gap:14px; }
.side { min-width:0; }
.side h3 { font-size:.76rem; font-weight:600; color:var(--soft); margin:8px 0 4px; }
pre { margin:0; padding:9px 11px; background:var(--code); border-radius:7px; white-space:pre-wrap;
  overflow-wrap:anywhere; unicode-bidi:isolate;
  font:13px/1.5 ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",monospace; }
.result { font-size:.83rem; margin-top:8px; }
.result th, .result td { border:1px solid var(--line); padding:3px 8px; text-align:left;
  vertical-align:top; max-width:260px; overflow-wrap:anywhere; unicode-bidi:isolate; }
.result th { background:var(--code); font-weight:600; }
.rows { color:var(--soft); font-size:.8rem; margin:5px 0 0; }
.failed { color:var(--wrong); background:var(--wrong-bg); padding:7px 11px; border-radius:7px;
  margin:8px 0 0; font-size:.85rem; overflow-wrap:anywhere; }
.found { margin:8px 0 0; font-size:.83rem; color:var(--soft); }
@media (max-width:720px) {
  main { padding:18px 12px 40px; }
  .score b { font-size:2.4rem; }
  .cards { grid-template-columns:1fr; }
  .sides { grid-template-columns:1fr; gap:4px; }
  .item > summary { grid-template-columns:auto 1fr; }
  .tags { grid-column:2; justify-content:flex-start; }
}
@media print { .item { break-inside:avoid; } }
)css";

}  // namespace idi::eval
