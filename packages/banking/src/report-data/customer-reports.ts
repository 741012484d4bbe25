import { brief } from "./brief/brief.js";
import type { ReportDefinition } from "./customer/report-definition.js";

/** All reports over customers, in the order in which they are listed. */
export const customerReports: readonly ReportDefinition[] = [brief];
