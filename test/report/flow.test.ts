import { bundled, type Item } from '../../lib/report/flow/bundle';
import { BOX, layout } from '../../lib/report/flow/layout';
import { reportData, type ReportData } from '../../lib/report';
import { modelOfFile, modelOfText } from '../support/environments';
import { largeEnvironment } from '../support/large-environment';

const of = (model: ReturnType<typeof modelOfFile>): ReportData =>
  reportData({ model, name: model.name, issues: [], kit: '0' });
const item = (name: string, joined: readonly string[] = [], weight = 1): Item => ({
  ...{ id: name, kind: 'topic', name, weight, joined },
});

describe('boxes of the drawing', () => {
  test('are one for each while there are few', () => {
    expect(bundled([item('orders'), item('clicks')], 2).map(({ label }) => label)).toEqual(['orders', 'clicks']);
  });

  test('are shared by what is joined to the same, then by what begins with the same word', () => {
    const same = ['shop.a', 'shop.b', 'pay.a'].map((name) => item(name, [name === 'pay.a' ? 'x' : 'y']));
    expect(bundled(same, 2).map(({ label }) => label)).toEqual(['shop.*', 'pay.a']);
    const words = ['shop.a', 'shop.b', 'pay.a'].map((name) => item(name, [name]));
    expect(bundled(words, 2).map(({ label }) => label)).toEqual(['shop.*', 'pay.a']);
  });

  test('hold the lightest together where nothing else is alike', () => {
    const all = [1, 9, 2, 8, 3].map((weight, index) => item(`${'abcde'[index]}`, [`${index}`], weight));
    expect(bundled(all, 3).map(({ label, items }) => [label, items.length])).toEqual([
      ['b', 1],
      ['d', 1],
      ['3 others', 3],
    ]);
  });
});

describe('the drawing of who writes and who reads', () => {
  test('joins principals by their rights, by name and by prefix, and tells of topics that nobody has rights on', () => {
    const { flow } = of(modelOfFile('prod'));
    expect(flow.edges).toEqual([
      { from: 'writers principal checkout', to: 'topics orders' },
      { from: 'writers principal shop-cdc', to: 'topics shop.public.orders' },
      { from: 'topics orders', to: 'readers principal billing' },
      { from: 'topics public.prices', to: 'readers principal acme' },
    ]);
    expect(flow.untouched).toEqual(['clicks', 'profiles']);
    expect(flow.nodes.find(({ id }) => id === 'writers principal shop-cdc')?.caption).toBe(
      'internal, connector orders-db',
    );
  });

  test('shows topics of the cluster that another file declares, and names that nobody declares', () => {
    const { flow } = of(modelOfFile('checkout-team'));
    expect(flow.nodes.find(({ id }) => id === 'topics orders')).toMatchObject({
      kind: 'undeclared',
      caption: 'declared by staging',
    });
  });

  test('shows what is copied in, and applications and connectors that are nobody in particular', () => {
    const model = modelOfText(`
name: mini
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 3 } }
listeners: { internal: { authentication: none } }
topics: { orders: {} }
`);
    const spec = {
      ...model.spec,
      mirrors: { eu: { source: { environment: 'prod' }, topics: ['orders'] } },
      connect: { connectors: { sink: { class: 'x.Sink', config: { topics: 'orders, clicks' } } } },
    } as typeof model.spec;
    const { flow, clients } = of({ ...model, spec });
    expect(flow.edges).toEqual([
      { from: 'writers mirror eu', to: 'topics prod.orders' },
      { from: 'topics orders', to: 'readers connector sink' },
      { from: 'topics clicks', to: 'readers connector sink' },
    ]);
    expect(clients.map(({ groups }) => groups)).toEqual([['connect-sink'], []]);
  });

  const large = of(modelOfText(largeEnvironment({ brokers: 60, topics: 2000, principals: 150 })));

  test('stays small enough to be followed with 60 brokers, 2,000 topics and 150 principals', () => {
    const { flow } = large;
    expect(flow.edges.length).toBeLessThanOrEqual(72);
    for (const column of ['writers', 'topics', 'readers']) {
      const boxes = flow.nodes.filter((node) => node.column === column);
      expect(boxes.length).toBeGreaterThan(5);
      expect(boxes.length).toBeLessThanOrEqual(18);
    }
    const drawn = flow.nodes.filter(({ column }) => column === 'topics').flatMap(({ members }) => members);
    expect(new Set(drawn).size).toBe(2000);
    expect(flow.collapsed).toBe(true);
  });

  test('puts no box on another, and lines between their sides', () => {
    for (const { flow } of [of(modelOfFile('prod')), large]) {
      const { nodes, edges, width, height } = layout(flow);
      for (const [index, one] of nodes.entries()) {
        expect(one.x).toBeGreaterThanOrEqual(0);
        expect(one.x + BOX.width).toBeLessThan(width);
        expect(one.y + BOX.height).toBeLessThan(height);
        for (const other of nodes.slice(index + 1)) {
          expect(one.column !== other.column || Math.abs(one.y - other.y) > BOX.height).toBe(true);
        }
      }
      expect(edges).toHaveLength(flow.edges.length);
    }
  });

  test('has an order in which lines cross less than in that of the file', () => {
    const topics = ['a', 'b', 'c', 'd'];
    const model = modelOfText(`
name: mini
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 3 } }
listeners: { internal: { authentication: none } }
topics: { ${topics.map((name) => `${name}: {}`).join(', ')} }
principals:
${[...topics]
  .reverse()
  .map((name) => `  p-${name}: { listener: internal, produce: { topics: [${name}] } }`)
  .join('\n')}
`);
    const { nodes } = layout(of(model).flow);
    const y = (id: string): number => nodes.find((node) => node.id === id)!.y;
    for (const name of topics) expect(y(`writers principal p-${name}`)).toBe(y(`topics ${name}`));
  });
});
