import { classes } from "./bank/classes.js";
import { complaintStatistics } from "./bank/complaint-statistics.js";
import { concentration } from "./bank/concentration.js";
import { neglectMap } from "./bank/neglect-map.js";
import { productsPerCustomer } from "./bank/products-per-customer.js";
import { brief } from "./brief/brief.js";
import type { ReportDefinition } from "./customer/report-definition.js";
import { contactCalendar } from "./lists/contact-calendar.js";
import { customerList } from "./lists/customer-list.js";
import { dayLog } from "./lists/day-log.js";
import { dueSoon } from "./lists/due-soon.js";
import { greetingList } from "./lists/greeting-list.js";
import { insuranceCoverage } from "./lists/insurance-coverage.js";
import { missingFields } from "./lists/missing-fields.js";
import { planProgress } from "./lists/plan-progress.js";
import { workPlan } from "./lists/work-plan.js";
import { assetReview } from "./sheets/asset-review.js";
import { visitBrief } from "./sheets/visit-brief.js";

/** All reports over customers, in the order in which they are listed: a manager's day, month and files; single customers; the bank. */
export const customerReports: readonly ReportDefinition[] = [
  brief, workPlan, dueSoon, dayLog, contactCalendar, greetingList, customerList, insuranceCoverage, missingFields, planProgress,
  assetReview, visitBrief,
  concentration, classes, neglectMap, productsPerCustomer, complaintStatistics,
];
