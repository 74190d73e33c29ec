import { createHash } from 'node:crypto';
import type { ReportData } from '../report-data';
import { Html, markup } from './markup';
import { overview } from './overview';
import { sectionHtml, type Section } from './section';
import { accessPart } from './sections/access';
import { alarmsPart } from './sections/alarms';
import { capacityPart } from './sections/capacity';
import { clusterPart } from './sections/cluster';
import { findingsPart } from './sections/findings';
import { flowPart } from './sections/flow';
import { runningPart } from './sections/running';
import { securityPart } from './sections/security';
import { topicsPart } from './sections/topics';
import { lockPart, versionsPart } from './sections/versions';

const PARTS: readonly ((data: ReportData) => Section | undefined)[] = [
  findingsPart,
  ({ running }) => (running === undefined ? undefined : runningPart(running)),
  clusterPart,
  flowPart,
  topicsPart,
  capacityPart,
  accessPart,
  securityPart,
  alarmsPart,
  versionsPart,
  lockPart,
];

/** What the page looks like and what it does, as text. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/**
 * The whole page, in one file. Its policy lets in this style and this script, known by their hashes, and nothing else: no address is ever
 * asked, and text that came to be markup in spite of the escaping would not run.
 */
export function page(data: ReportData, { style, script }: PageAssets): string {
  const sections = PARTS.flatMap((part) => part(data) ?? []);
  const policy = [
    "default-src 'none'",
    `style-src '${sha256(style)}'`,
    `script-src '${sha256(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${data.environment}: Kafka environment</title>
        <style>${new Html(style)}</style>
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        ${overview(data)}
        <div class="columns">
          <nav class="contents" aria-label="Contents">
            <ul>
              ${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li> `)}
            </ul>
          </nav>
          <main id="content">${sections.map(sectionHtml)}</main>
        </div>
        <footer>
          <p>
            Written by kdk report from the environment file and its lock${data.running === undefined ? ': what is declared, not what runs. The same files give the same page.' : ', and from what was seen of the running cluster.'}
          </p>
        </footer>
        <script>${new Html(script)}</script>
      </body>
    </html>
  `.text;
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
