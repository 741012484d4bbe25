/** The single-file build of ECharts has no types of its own; it exports what the package's main entry exports. */
declare module "echarts/dist/echarts.esm.min.mjs" {
  export { init } from "echarts";
}
