export { renderHtml, type RenderHtmlOptions } from "./render-html.js";
export { renderXlsx, type RenderXlsxOptions } from "./xlsx/render-xlsx.js";
export { readWorkbook, WorkbookUnreadable, type ReadCell, type ReadSheet } from "./xlsx/read-workbook.js";
export type { SheetCell, SheetColumn, SheetData, SheetLimit, WorkbookData } from "./xlsx/workbook.js";
export { columnName, writeWorkbook } from "./xlsx/write-workbook.js";
