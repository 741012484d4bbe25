import { SERIES_COLOURS, themeDeclarations, themes } from "./palette.js";

const LATIN = `ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif`;
const CHINESE = `-apple-system,"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif`;

const swatches = Array.from({ length: SERIES_COLOURS }, (_, i) => `.c${i + 1}{background:var(--s${i + 1})}`).join("\n");

/**
 * The style sheet of a report: one column of headings and one of content, hairlines instead of boxes, one accent. Type in
 * four sizes (40, 22, 16, 13), distances in steps of 8. No address, no import: the page loads nothing.
 */
export const reportStyle = `
:root{color-scheme:light dark;${themeDeclarations(themes.light)}}
@media screen and (prefers-color-scheme:dark){:root{${themeDeclarations(themes.dark)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 ${LATIN};overflow-wrap:anywhere}
:lang(zh){font-family:${CHINESE};line-height:1.7}
body>header,main,body>footer{max-width:1128px;margin:0 auto;padding:0 32px}
h1,h2,h3,p,dl,dd,ul,figure{margin:0;padding:0}
ul{list-style:none}
a{color:inherit}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}

body>header{padding-top:56px}
.mast::before{content:"";display:block;width:40px;height:4px;margin-bottom:24px;background:var(--accent)}
h1{font-size:34px;line-height:1.25;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
h1:lang(zh){letter-spacing:0;font-weight:600}
.sub{max-width:64ch;margin-top:8px;color:var(--soft)}
.asof{margin-top:16px;font-size:13px;color:var(--soft);font-variant-numeric:tabular-nums}
.asof time{color:var(--ink);font-weight:600}
nav{margin-top:32px;border-top:1px solid var(--line);padding-top:12px;font-size:13px}
nav ul{display:flex;flex-wrap:wrap;gap:4px 24px}
nav a{display:inline-block;padding:4px 0;color:var(--soft);text-decoration:none}
nav a:hover{color:var(--accent);text-decoration:underline;text-underline-offset:3px}

main{padding-bottom:32px}
section{margin-top:48px;padding-top:24px;border-top:1px solid var(--line);scroll-margin-top:8px}
section.plain{margin-top:40px;padding-top:0;border-top:0}
.part,figure{display:grid;grid-template-columns:208px minmax(0,1fr);gap:16px 48px}
h2{font-size:19px;line-height:1.35;font-weight:650;text-wrap:balance}
h2:lang(zh){font-weight:600}
.note{margin-top:8px;font-size:13px;color:var(--soft)}
.empty{color:var(--soft)}

.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:32px 24px}
.figures.broad{grid-template-columns:repeat(auto-fit,minmax(208px,1fr))}
.figures>div{border-top:2px solid var(--ink);padding-top:12px}
.figures>div:first-child{border-color:var(--accent)}
.figures dt{font-size:13px;color:var(--soft)}
.figures dd{font-size:40px;line-height:1.2;font-weight:600;letter-spacing:-.02em;font-variant-numeric:lining-nums}
.figures>div:first-child dd{color:var(--accent)}
.figures dd.long{padding:8px 0;font-size:24px;line-height:1.3;letter-spacing:0}
.figures>div dd.remark{margin-top:4px;font-size:13px;line-height:1.5;font-weight:400;letter-spacing:0;color:var(--soft)}

.chart svg{display:block;width:100%;height:auto;overflow:visible}
.chart text{font-size:13px;font-family:inherit;font-variant-numeric:tabular-nums}
.chart .narrow{display:none}
.legend{display:flex;flex-wrap:wrap;gap:4px 24px;margin-bottom:20px;font-size:13px}
.sw{display:inline-block;width:11px;height:11px;margin-right:8px;border-radius:2px;vertical-align:-1px}
.sw.circle{border-radius:50%}
.sw.diamond{clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)}
.sw.triangle{clip-path:polygon(50% 0,100% 100%,0 100%)}
.sw.rest{background:var(--soft)}
${swatches}
.names{columns:2 280px;column-gap:32px;margin:16px 0 0;padding-left:24px;font-size:13px;color:var(--soft)}
.series{margin:24px 0 12px;font-size:13px;font-weight:600}
.series:first-child{margin-top:0}
.pie{display:flex;flex-wrap:wrap;align-items:center;gap:24px 48px}
.pie svg{flex:0 0 auto;width:232px}
.key{flex:1 1 260px;width:auto;max-width:440px}

table{width:100%;border-collapse:collapse;font-size:14px;line-height:1.45}
:lang(zh) table{line-height:1.6}
th,td{padding:8px 20px 8px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:baseline;font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--ink);font-size:13px;color:var(--soft);vertical-align:bottom}
.num,.key td{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums lining-nums}
thead .num{white-space:normal}
.nb,thead .nb{white-space:nowrap}
th,td{overflow-wrap:break-word}
.mk,thead .mk{padding:6px 3px;min-width:20px;text-align:center;white-space:nowrap;font-variant-numeric:tabular-nums}
.nil{color:var(--soft)}
tbody tr:hover>*{background:var(--faint)}
.scroll{position:relative;overflow-x:auto}
.scroll.tall{max-height:640px;overflow-y:auto;border-bottom:1px solid var(--line)}
.count{margin-top:8px;font-size:13px;color:var(--soft)}
.numbers{margin-top:20px;font-size:13px}
.numbers table{font-size:13px;margin-top:8px}
.numbers th,.numbers td{padding-top:5px;padding-bottom:5px}
summary{display:inline-block;padding:4px 0;color:var(--soft);cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"+";display:inline-block;width:16px;color:var(--accent);font-weight:600}
details[open]>summary::before{content:"\\2212"}
summary:hover{color:var(--accent)}

.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(248px,1fr));gap:16px}
.cards.two{grid-template-columns:repeat(auto-fill,minmax(320px,1fr))}
.card{padding:16px 18px 14px;border:1px solid var(--line);border-radius:6px}
h3{font-size:16px;line-height:1.4;font-weight:600}
.card p{margin-top:6px;font-size:14px;color:var(--soft)}
.card dl{margin-top:14px;border-top:1px solid var(--line);padding-top:8px;font-size:13px}
.card dl div{display:flex;justify-content:space-between;gap:16px;padding:3px 0}
.card dt{flex:0 1 auto;color:var(--soft)}
.card dd{flex:0 1 auto;text-align:right;font-variant-numeric:tabular-nums}
.part.whole{grid-template-columns:minmax(0,1fr)}
.part.whole .note{max-width:68ch}
.cards.column{display:block}
.cards.column .card{padding:20px 24px 18px}
.cards.column .card+.card{margin-top:20px}
.top{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 14px}
.column h3{font-size:20px;line-height:1.3}
.tags{display:flex;flex-wrap:wrap;gap:4px 14px;font-size:13px;color:var(--soft)}
.tags li+li::before{content:"·";margin-right:14px}
.column .card dl{display:flex;flex-wrap:wrap;gap:4px 32px;margin-top:10px;border:0;padding:0}
.column .card dl div{justify-content:flex-start;gap:8px;padding:0}
.column .card dd{text-align:left;font-weight:600}
.sects{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:14px 32px;margin-top:16px;border-top:1px solid var(--line);padding-top:14px}
h4{margin:0 0 4px;font-size:13px;line-height:1.4;font-weight:600;color:var(--accent)}
.sect{font-size:14px}
.sect+.sect{margin-top:14px}
.sect li{position:relative;padding-left:14px}
.sect li+li{margin-top:4px}
.sect li::before{content:"";position:absolute;left:1px;top:.62em;width:4px;height:4px;background:currentColor;opacity:.5}
.sect.care{padding:10px 14px 12px;border-left:3px solid var(--care);background:var(--careful)}
.sect.care h4{color:var(--care)}
.choices{display:flex;flex-wrap:wrap;gap:6px 20px;margin-top:16px;border-top:1px solid var(--line);padding-top:12px;font-size:13px}
.choices li{white-space:nowrap}
.choices.list{display:block;margin-top:8px;border:0;padding:0;font-size:14px}
.choices.list li{white-space:normal;padding:3px 0 3px 21px;text-indent:-21px}
.box{display:inline-block;width:12px;height:12px;margin-right:7px;border:1.5px solid var(--soft);border-radius:2px;vertical-align:-1px}
code{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft)}
.prose{max-width:68ch}
.prose p+p{margin-top:12px}
body>footer{padding-bottom:48px}
body>footer p{border-top:1px solid var(--line);padding-top:16px;font-size:13px;color:var(--soft)}

.pick{position:absolute;opacity:0;width:1px;height:1px}
.switch{display:flex;justify-content:flex-end;gap:16px;max-width:1128px;margin:0 auto;padding:16px 32px 0;font-size:13px}
.switch label{padding:4px 2px;color:var(--soft);cursor:pointer;border-bottom:2px solid transparent}
#lang-1:checked~.switch [for=lang-1],#lang-2:checked~.switch [for=lang-2]{color:var(--ink);border-color:var(--accent)}
#lang-1:focus-visible~.switch [for=lang-1],#lang-2:focus-visible~.switch [for=lang-2]{outline:2px solid var(--accent)}
#lang-1:checked~* .l2,#lang-2:checked~* .l1{display:none}
.switch~header{padding-top:16px}

@media (max-width:959px){
.part,figure{grid-template-columns:minmax(0,1fr)}
.note{max-width:64ch}
}
@media screen and (max-width:719px){
body>header,main,body>footer{padding-left:20px;padding-right:20px}
.switch{padding:12px 20px 0}
body>header{padding-top:32px}
h1{font-size:27px}
section{margin-top:40px;padding-top:20px}
.figures,.figures.broad{grid-template-columns:repeat(2,minmax(0,1fr));gap:24px 16px}
.figures dd{font-size:31px}
.figures dd.long{padding:6px 0;font-size:20px}
.chart .wide{display:none}
.chart .narrow{display:block;max-width:480px}
nav ul{flex-wrap:nowrap;overflow-x:auto;gap:20px;padding-bottom:8px}
nav a{white-space:nowrap}
table{font-size:13px}
th,td{padding-right:12px}
th:first-child{min-width:6.5em}
.key th:first-child,.key td{min-width:0}
.scroll thead th:first-child,.scroll tbody th{position:sticky;left:0;background:var(--paper);z-index:1}
.cards,.cards.two{grid-template-columns:minmax(0,1fr)}
.cards.column .card{padding:16px 16px 14px}
.sects{grid-template-columns:minmax(0,1fr)}
.column .card dl{display:block}
.choices{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:6px 12px}
.choices li{white-space:normal}
.choices code{display:block;margin-left:21px}
}
@page{size:A4;margin:16mm 15mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#55605d}}
@media print{
:root{color-scheme:light}
html{font-size:15px}
body{background:#fff;--paper:#fff;font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body>header,main,body>footer,.switch{max-width:none;padding-left:0;padding-right:0}
body>header{padding-top:0}
nav,.switch,.numbers{display:none}
h1{font-size:22pt}
h2{font-size:13pt}
.part,figure{display:block}
.head,figcaption{margin-bottom:12px}
section{margin-top:28px;padding-top:14px}
section.plain{margin-top:24px}
.figures,.figures.broad{grid-template-columns:repeat(auto-fit,minmax(104px,1fr));gap:18px 14px}
.figures.broad{grid-template-columns:repeat(auto-fit,minmax(150px,1fr))}
.figures dd{font-size:22pt}
.figures dd.long{padding:4pt 0;font-size:14pt}
figure,.head,.card,tr,.figures>div,.part:has(.kept){break-inside:avoid}
.figures dt,.figures>div dd.remark{font-size:8.5pt}
h1,h2,h3,.head,figcaption,.legend{break-after:avoid}
.scroll,.scroll.tall{overflow:visible;max-height:none;border:0}
thead{display:table-header-group;break-after:avoid}
tbody tr:first-child{break-after:avoid}
tbody tr:last-child{break-before:avoid}
thead th{position:static}
table{font-size:9.5pt}
.cards,.cards.two{grid-template-columns:repeat(2,minmax(0,1fr))}
.cards.column .card{padding:10pt 12pt}
.cards.column .card+.card{margin-top:10pt}
.column h3{font-size:13pt}
.sect,.choices{font-size:9pt}
code{font-size:8pt}
a{text-decoration:none}
.one-page{--type:7.6pt;page:one-page;font-size:var(--type);line-height:1.3}
.one-page.dense{--type:6.9pt}
.one-page.denser{--type:6.1pt}
.one-page .mast{display:grid;grid-template-columns:auto 1fr auto;gap:0 12px;align-items:baseline}
.one-page .mast::before{display:none}
.one-page h1{font-size:14pt}
.one-page .sub,.one-page .asof{margin:0;font-size:1em;max-width:none}
.one-page main{padding:0}
.one-page section{margin-top:4px;padding-top:4px}
.one-page .part{display:grid;grid-template-columns:64px minmax(0,1fr);gap:0 8px;break-inside:auto}
.one-page .head{margin:0}
.one-page h2{font-size:1em}
.one-page .note{margin-top:2px;font-size:.85em;line-height:1.25}
.one-page table{font-size:1em;line-height:1.28}
.one-page :lang(zh){line-height:1.34}
.one-page th,.one-page td{padding:1px 8px 1px 0}
.one-page thead th{font-size:.88em}
.one-page #part-about thead,.one-page #part-conditions thead,.one-page #part-terms thead,.one-page #part-gates thead,.one-page #part-texts thead{display:none}
.one-page #part-about tbody{display:grid;grid-template-columns:1fr 1fr;gap:0 16px}
.one-page #part-about tr{display:grid;grid-template-columns:84px minmax(0,1fr)}
.one-page #part-gates tbody th{white-space:nowrap;font-size:.88em;color:var(--soft)}
.one-page #part-terms tbody th{width:26%}
.one-page #part-texts tbody th{width:15%}
.one-page #part-signatures td,.one-page #part-signatures tbody th{padding-top:9px}
.one-page>footer p{margin-top:4px;padding:3px 0 0;font-size:6pt;overflow-wrap:anywhere}
.one-page>footer{padding:0}
}
@page one-page{size:A4;margin:7mm 10mm 6mm;@bottom-right{content:none}}
`.trim();
