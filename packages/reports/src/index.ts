export { renderHtml, type RenderHtmlOptions } from "./render-html.js";
