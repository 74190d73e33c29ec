import { createHash } from 'node:crypto';
import { renderReport, reportData, reportPage } from '../../lib/report';
import { markup } from '../../lib/report/html/markup';
import { expectGolden } from '../support/golden';
import { modelOfFile, openText } from '../support/environments';

const pageOf = (name: string): string => {
  const model = modelOfFile(name);
  return renderReport({ model, name: model.owner, issues: [], kit: '0.0.0' }).page;
};
const NAMES = ['prod', 'prod-ec2', 'dc1', 'staging', 'local', 'checkout-team'];

describe('a template of the page', () => {
  test('escapes what is not markup already, in text and in attributes', () => {
    const evil = `<b a="1" b='2'>&amp;`;
    expect(markup`<p title="${evil}">${[evil, undefined, 3]}</p>`.text).toBe(
      '<p title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;">&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;3</p>',
    );
    expect(markup`<p>${markup`<b>${'<'}</b>`}</p>`.text).toBe('<p><b>&lt;</b></p>');
  });
});

describe('the page of a report', () => {
  test.each(NAMES)('is the same for the same environment: %s', (name) => {
    expect(pageOf(name)).toBe(pageOf(name));
  });

  test.each(NAMES)('asks for nothing and lets nothing in but its own style and script: %s', (name) => {
    const page = pageOf(name);
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/
      .exec(page)![1]!
      .replaceAll('&#39;', "'");
    const hashOf = (element: string): string => {
      const text = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)![1]!;
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy).toBe(
      `default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|\bsrc=|@import|url\((?!#)| style="| on\w+="/);
    // Links are followed by people, and lead to runbooks only.
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
    expect(links.filter((href) => !/^#[a-z]+$|\/docs\/runbooks\/[a-z-]+\.md$/.test(href))).toEqual([]);
  });

  test.each(NAMES)(
    'has one heading of the first order, sections with headings of the second, and no id twice: %s',
    (name) => {
      const page = pageOf(name);
      const orders = [...page.matchAll(/<h(\d)/g)].map(([, order]) => Number(order));
      expect(orders.filter((order) => order === 1)).toHaveLength(1);
      expect(orders.every((order, index) => index === 0 || order - orders[index - 1]! <= 1)).toBe(true);
      const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, anchor] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(anchor);
    },
  );

  test('shows text of the environment as text, wherever it stands', () => {
    const EVIL = '<img src=x onerror=alert(1)></style></script><script>alert(2)</script>';
    const { model, issues } = openText(`
name: mini
description: "${EVIL}"
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 3 } }
listeners: { internal: { authentication: none } }
topics:
  orders: { description: "${EVIL}" }
  old: { deleted: { reason: "${EVIL}" } }
principals:
  app: { listener: internal, produce: { topics: [orders] }, consume: { topics: ["<i>*"], groups: ["<u>&'"] } }
monitoring: { notify: { critical: "${EVIL}" }, lag: { "<u>&'": { maxTimeLag: 5m } } }
acknowledge: [{ code: X-Y, path: topics.orders, from: "<s>", to: "</s>", reason: "${EVIL}" }]
`);
    const { page } = renderReport({ model: model!, name: 'mini', issues, kit: '<kit>' });
    const body = page.slice(page.indexOf('<body>'), page.lastIndexOf('<script>'));
    expect(body).not.toMatch(/<(img|script|i|u|s|b|kit)\b|<\/style|<\/script/);
    expect(body.split('&lt;img src=x onerror=alert(1)&gt;')).toHaveLength(6);
    expect(body).toContain('&lt;u&gt;&amp;&#39;');
  });

  test('says on one small environment what stands in its snapshot', () => {
    const page = pageOf('local');
    const body = page.slice(page.indexOf('<body>'), page.lastIndexOf('<script>'));
    expectGolden('test/snapshots/report/local.html', body);
  });

  test('is written from plain data, which is the document of --json', () => {
    const model = modelOfFile('prod');
    const data = reportData({ model, name: 'prod', issues: [], kit: '0.0.0' });
    expect(reportPage(JSON.parse(JSON.stringify(data)) as typeof data)).toBe(reportPage(data));
  });
});
