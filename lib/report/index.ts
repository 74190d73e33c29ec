/** One self-contained page about an environment, for people. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { page } from './html/page';
import { reportData, type ReportData, type ReportInput } from './report-data';

export type { RunningSection } from './data/running';
export { reportData, type ReportData, type ReportInput } from './report-data';

/** In the order of the page; print comes last, since it takes back. */
const STYLES = ['base', 'head', 'contents', 'warnings', 'tables', 'map', 'flow', 'print'];

/** The page as text: byte for byte the same for the same data. */
export function reportPage(data: ReportData): string {
  const asset = (name: string): string => readFileSync(join(__dirname, 'assets', name), 'utf8');
  return page(data, { style: STYLES.map((name) => asset(`${name}.css`)).join(''), script: asset('page.js') });
}

/** Data and page at once. */
export function renderReport(input: ReportInput): { readonly data: ReportData; readonly page: string } {
  const data = reportData(input);
  return { data, page: reportPage(data) };
}
