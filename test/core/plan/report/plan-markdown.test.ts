import fc from 'fast-check';
import { planMarkdown } from '../../../../lib/core/plan/report';
import { codeBlock, escapeMarkdown } from '../../../../lib/core/plan/report/markdown-text';
import { cut, optionChange, planWith } from '../changes';

const finding = (message: string) => ({
  code: 'BROKER-RESTART',
  level: 'warning' as const,
  path: 'kafka',
  message,
  hint: 'h.',
});

describe('a plan as the comment of a pull request', () => {
  test('has a summary, a table, the dangerous changes with their reasons, the entries to paste, the safe ones folded away', () => {
    expect(
      planMarkdown(planWith([optionChange('a'), optionChange('b'), cut('clicks')], { findings: [finding('m.')] })),
    ).toBe(
      `## Plan for prod

**3 changes: 2 safe, 1 loses data; 1 held back, needs an acknowledgement; 1 finding**

Cluster CZeeAwwIYM1wZT6U5ejiTw (kubernetes), read 2026-11-26T09:30:00.000Z.

| grade | changes | held back |
| --- | ---: | ---: |
| Loses data | 1 | 1 |
| Safe | 2 |  |

### Loses data

- **retention.ms 7d -&gt; 1d** on topic clicks — held back: needs an acknowledgement
  - 7d → 1d, written at topics.clicks.retention.time
  - Records before 2026-11-25 go: 12GiB.

### To let held changes through

Add to the environment, each with its reason:

\`\`\`yaml
acknowledge:
  - { code: TOPIC-RETENTION-CUT, path: topics.clicks.retention.time, from: 7d, to: 1d, reason: '' }
\`\`\`

<details>
<summary>2 safe changes</summary>

**topics**

- retention.ms 7d -&gt; 14d on 2 topics: a, b

</details>

### Noticed

- \`BROKER-RESTART\` kafka: m. h.
`,
    );
  });

  test('is short where nothing is to be done', () => {
    expect(planMarkdown(planWith([]))).toBe(
      '## Plan for prod\n\n**no changes: prod is as declared**\n\nCluster CZeeAwwIYM1wZT6U5ejiTw (kubernetes), read 2026-11-26T09:30:00.000Z.\n',
    );
  });

  test.each([
    [
      '10,000 safe changes that are not alike',
      Array.from({ length: 10_000 }, (_, i) => optionChange(`t${i}`, { summary: `option ${i}` })),
    ],
    [
      '3,000 dangerous ones',
      Array.from({ length: 3_000 }, (_, i) =>
        cut(`a-rather-long-name-of-a-topic-${i}`, { summary: `cut ${i}`, reason: `It loses ${i}. `.repeat(9) }),
      ),
    ],
    [
      'texts without an end',
      Array.from({ length: 50 }, (_, i) => cut(`t${i}`, { reason: 'x'.repeat(9_000), summary: `${i}` })),
    ],
    ['one text beyond all limits', [cut('t', { summary: 'y'.repeat(200_000) })]],
  ])('fits with %s, and says what is left out', (_title, changes) => {
    const text = planMarkdown(
      planWith(changes, { findings: changes.slice(0, 500).map(({ summary }) => finding(summary)) }),
    );
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text).toContain(`**${changes.length.toLocaleString('en-US')} change`);
    expect(text).toMatch(/Left out, since a comment has an end: .*`kdk plan` shows them all\./);
  });

  test('shows names as they are: no markup, no HTML, no mention, no link', () => {
    const text = planMarkdown(
      planWith([cut('x', { summary: '<script>alert(1)</script> **b** [a](http://x.y) @octocat #12 a|b `c` $x$' })]),
    );
    expect(text).not.toContain('<script>');
    expect(text).toContain(
      '&lt;script&gt;alert\\(1\\)&lt;/script&gt; \\*\\*b\\*\\* \\[a\\]\\(http:<!-- -->//x.y\\) @<!-- -->octocat \\#<!-- -->12 a\\|b \\`c\\` \\$x\\$',
    );
  });
});

describe('text in Markdown', () => {
  test('never holds what could begin a tag, a code span, a table cell or a link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const text = escapeMarkdown(name).replaceAll('<!-- -->', '');
        expect(text).not.toMatch(/[<>\n\r]/);
        expect(text.replace(/\\[^\w\s]/g, '')).not.toMatch(/[`|*[\]]/);
      }),
      { seed: 20261126 },
    );
  });

  test('a block of code is not ended by what is in it', () => {
    expect(codeBlock('yaml', ['a: "```"', '````'])).toEqual(['`````yaml', 'a: "```"', '````', '`````']);
  });
});
