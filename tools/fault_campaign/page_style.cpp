#include "page_parts.hpp"

namespace campaign {

// Ink on paper first: every difference is one of shape, weight or hatching too, and colour only repeats it. The blue,
// the red and the signs are those of the lessons' pictures and of the stepper.
std::string_view page_style() noexcept {
  return R"(
:root {
  color-scheme: light dark;
  --paper: #fdfdfb; --ink: #1b1c1e; --quiet: #595c61; --rule: #d2d2cc; --faint: #f4f3ef;
  --bad: #cf222e; --fence: #0969da;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171a; --ink: #e8e7e3; --quiet: #a9abae; --rule: #3c4046; --faint: #202329;
    --bad: #ff7b72; --fence: #4493f8;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 24px 64px; max-width: 1168px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif;
}
h1, h2, h3 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Liberation Serif", serif; }
h1 { margin: 0 0 20px; max-width: 24em; font-size: clamp(28px, 4.4vw, 46px); font-weight: 400; line-height: 1.16;
  letter-spacing: -0.01em; text-wrap: balance; }
h1 b { font-weight: 700; font-variant-numeric: lining-nums; }
h2 { margin: 64px 0 16px; padding-top: 12px; border-top: 2px solid var(--ink); font-size: 26px; font-weight: 400; }
h3 { margin: 0 0 2px; font-size: 21px; font-weight: 700; line-height: 1.25; }
p { max-width: 44em; margin: 0 0 12px; }
code { font: 0.92em "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.kicker { margin: 40px 0 12px; color: var(--quiet); font-size: 14px; letter-spacing: 0.04em; }
.lead { font-size: 18px; }
.others { color: var(--quiet); }
.scroll { overflow-x: auto; max-width: 100%; }
.scroll:focus-visible { outline: 2px solid var(--fence); outline-offset: 2px; }

table { border-collapse: collapse; width: 100%; margin: 8px 0 4px; font-size: 15px;
  font-variant-numeric: tabular-nums lining-nums; }
caption { padding: 0 0 8px; text-align: left; color: var(--quiet); font-size: 14px; }
th, td { padding: 5px 0 5px 16px; text-align: right; vertical-align: top; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; text-align: left; }
th.left, td.left { text-align: left; }
thead th { vertical-align: bottom; border-bottom: 1px solid var(--ink); font-size: 13px; line-height: 1.25;
  color: var(--quiet); }
tbody tr + tr > * { border-top: 1px solid var(--faint); }
th.key, td.key { width: 300px; text-align: left; padding-left: 28px; white-space: nowrap; }
thead th.key { color: var(--ink); font-weight: 700; }
td.key .count { display: inline-block; min-width: 58px; text-align: right; font-weight: 700; }
td.key .share { display: inline-block; min-width: 72px; padding-left: 8px; text-align: right; font-size: 13px;
  color: var(--quiet); }
td.bad .count { color: var(--bad); }
td.zero { color: var(--quiet); }
td.key.zero .count { color: var(--ink); }
.bar { display: inline-block; width: 110px; height: 11px; margin-left: 14px; vertical-align: -1px; }
.bar-ground { fill: var(--faint); }
.bar-share { fill: var(--bad); }
tr.reset_guard > * { font-weight: 700; }
tr.reset_guard .how, tr.reset_guard .share { font-weight: 400; }
.variants th[scope=row] { min-width: 250px; max-width: 330px; font-size: 16px; }
.how { display: block; font-size: 13px; line-height: 1.35; color: var(--quiet); }
@media screen and (min-width: 1000px) {
  .scroll.fits { overflow: visible; }
  .subjects thead th { position: sticky; top: 0; border: 0; padding-top: 10px; background: var(--paper);
    box-shadow: 0 1px 0 var(--ink); }
}
.subject { padding-top: 18px; text-align: left; font-weight: 700; border-bottom: 1px solid var(--rule); }
.subjects tbody th[scope=row] { white-space: nowrap; }
.nestings, .examples { font-size: 13px; }
.nestings th[scope=row], .examples th[scope=row] { min-width: 150px; }
.examples td { min-width: 92px; }
details { margin: 20px 0 0; border-top: 1px solid var(--rule); padding-top: 8px; }
details.signs { margin: 4px 0; border: 0; padding: 0; }
details.signs .legend { margin: 6px 0; }
summary { cursor: pointer; font-weight: 700; }

dl { margin: 16px 0; }
dl.key { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: 6px 32px;
  font-size: 14px; }
dl.key dt { float: left; margin-right: 0.5em; font-weight: 700; }
dl.key dt::after { content: ":"; }
dd { margin: 0; }
dl.made > div { display: grid; grid-template-columns: 7em 1fr; gap: 16px; padding: 4px 0;
  border-bottom: 1px solid var(--faint); max-width: 52em; }
dl.made dt { color: var(--quiet); }
dl.words { columns: 2 340px; column-gap: 48px; }
dl.words > div { break-inside: avoid; padding-bottom: 12px; }
dl.words dt { font-weight: 700; }

.legend { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 310px), 1fr)); gap: 8px 28px;
  margin: 20px 0 8px;
  padding: 14px 16px; list-style: none; border: 1px solid var(--rule); font-size: 14px; line-height: 1.35; }
.legend li { display: flex; gap: 12px; align-items: flex-start; }
.symbol { flex: none; width: 36px; height: 24px; margin-top: -3px; }
figure { margin: 44px 0 0; }
figcaption { border-top: 1px solid var(--ink); padding: 10px 0 0; }
figcaption p { max-width: 60em; margin-bottom: 8px; overflow-wrap: anywhere; }

svg.lane { display: block; width: 100%; height: auto; border-top: 1px solid var(--rule); margin-top: 6px;
  padding-top: 2px; }
svg.lane.wide { min-width: 980px; }
.narrow-lanes { display: none; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: 0 32px; }
svg.lane.narrow { max-width: 440px; }
svg text { fill: var(--ink); font-size: 14px; font-variant-numeric: tabular-nums lining-nums; }
svg .name { font-size: 17px; font-weight: 700; }
svg .fact { fill: var(--quiet); font-size: 13px; }
svg .value { font-size: 14px; }
svg.narrow .value { font-size: 13px; }
svg .heavy { font-weight: 700; }
svg .small { font-size: 12.5px; }
svg .quiet { fill: var(--quiet); }
svg .label { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
.tag-bad { fill: var(--bad); stroke: var(--bad); }
.tag-good { fill: none; stroke: var(--ink); }
svg .tag-bad-text, svg .tag-good-text { font-size: 12px; font-weight: 700; letter-spacing: 0.03em; }
svg .tag-bad-text { fill: var(--paper); }
.grid { stroke: var(--rule); stroke-dasharray: 1 3; }
.base { fill: none; stroke: var(--quiet); }
.edge { stroke: var(--rule); }
.stop { stroke: var(--ink); stroke-width: 1.5; }
.leader { stroke: var(--quiet); stroke-width: 0.8; }
.break-line { stroke: var(--quiet); stroke-width: 0.8; stroke-dasharray: 1 3; }
.span { fill: none; stroke: var(--quiet); }
.under-stairs { fill: var(--faint); }
.stairs { fill: none; stroke: var(--ink); stroke-width: 2; stroke-linejoin: miter; }
.open { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 3; }
.blocked { fill: var(--fence); stroke: var(--fence); stroke-width: 1.5; }
.exposed { stroke: var(--bad); stroke-width: 2.5; stroke-dasharray: 6 3; }
.hatch-line { stroke: var(--bad); stroke-width: 2.2; }
svg .on-blocked { fill: var(--paper); font-weight: 700; }
svg .bad { fill: var(--bad); }
.chip { fill: var(--paper); }
.tick { fill: none; stroke: var(--quiet); stroke-width: 1; }
.tick.strong { stroke: var(--ink); stroke-width: 1.6; }
.prepare { fill: var(--ink); stroke: var(--ink); }
.done { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
.reset { fill: var(--ink); stroke: var(--paper); }
.no-reset { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
.fault { fill: var(--bad); stroke: var(--paper); stroke-width: 1; paint-order: stroke; }
.verified { fill: none; stroke: var(--ink); stroke-width: 2.5; }
.failed { fill: none; stroke: var(--bad); stroke-width: 3; }
.remark { fill: var(--ink); }

@media screen and (max-width: 820px) {
  body { padding: 0 10px 48px; }
  h2 { margin-top: 48px; }
  .kicker { margin-top: 20px; }
  .lead { font-size: 16px; }
  figure > .scroll { display: none; }
  .narrow-lanes { display: grid; }
  table { font-size: 13px; }
  th, td { padding-left: 8px; }
  thead th, .how { font-size: 12px; }
  th.key, td.key { width: auto; padding-left: 14px; }
  .bar { width: 80px; margin-left: 8px; }
  .variants th[scope=row] { min-width: 118px; font-size: 14px; }
  .subjects tbody th[scope=row] { white-space: normal; }
}
@media screen and (max-width: 560px) {
  /* Six numbers fit below a name, not beside it. */
  .variants, .variants > *, .subjects, .subjects > * { display: block; }
  .variants tr, .subjects tr { display: grid; grid-template-columns: 1fr 1fr 1.25fr 1.05fr 0.85fr 0.85fr;
    gap: 0 5px; }
  .variants thead th:first-child, .subjects thead th:first-child { display: none; }
  .variants tr > *, .subjects tr > * { padding-left: 0; }
  .variants th[scope=row], .subjects th[scope=row], .subject { grid-column: 1 / -1; max-width: none; }
  .variants th[scope=row], .subjects th[scope=row] { padding-bottom: 0; font-weight: 700; font-size: 14px; }
  .variants td, .subjects td { border-top: 0; padding-top: 2px; font-size: 12.5px; }
  .how { font-weight: 400; }
  th.key, td.key { white-space: normal; }
  td.key .count, td.key .share { display: block; min-width: 0; padding: 0; text-align: right; }
  td.key .share { font-size: 12px; }
  .bar { display: block; margin: 2px 0 0; }
  thead th.key { text-align: right; }
  .bar { width: 100%; height: 8px; }
  .key.zero .share, .key.zero .bar { display: none !important; }
}
@media print {
  @page { size: A4 landscape; margin: 11mm; }
  :root { --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --faint: #eee; --bad: #8d1f08; --fence: #234; }
  body { padding: 0; max-width: none; font-size: 14px; }
  h2 { margin-top: 32px; }
  tr, .variants, .subjects tbody, svg.lane, .legend { break-inside: avoid; }
  thead { display: table-header-group; }
  h2, h3, figcaption { break-after: avoid; }
  .scroll { overflow: visible; }
  svg.lane.wide { min-width: 0; }
}
)";
}

}  // namespace campaign
