export { describeAcl, whoCanDoWhat } from './access-words';
export { planLines, type PlanLinesOptions } from './plan-lines';
export { planMarkdown } from './plan-markdown';
export { summaryLine } from './words';
