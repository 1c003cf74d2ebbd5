export { nextCronTime, parseCron, type CronResult, type CronSchedule } from "./cron.ts";
