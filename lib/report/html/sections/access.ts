import type { AccessRow } from '../../data/access';
import type { ReportData } from '../../report-data';
import { markup, type Html } from '../markup';
import type { Section } from '../section';
import { names, table } from '../table';
import { counted } from '../words';

/** Who may do what. */
export function accessPart({ access, posture }: ReportData): Section {
  const free = posture.some(({ title, state }) => title === 'What clients may do' && state !== 'good');
  return {
    id: 'access',
    title: 'Access',
    lead:
      access.length === 0
        ? 'No principal is declared.'
        : `${counted(access.length, 'principal')}${free ? '. Nothing holds them to this: see Security.' : ', and what each may do. Nobody else may do anything.'}`,
    body: access.length === 0 ? undefined : accessTable(access),
  };
}

function accessTable(rows: readonly AccessRow[]): Html {
  const any = (list: (row: AccessRow) => readonly string[]): boolean => rows.some((row) => list(row).length > 0);
  return table<AccessRow>({
    id: 'access-table',
    caption: 'Principals',
    rows,
    columns: [
      {
        label: 'Principal',
        value: ({ principal }) => principal,
        cell: ({ principal, actsAs }) => [
          markup`<code>${principal}</code>`,
          actsAs.length === 0 ? undefined : markup`<span class="fine block">${actsAs.join(', ')}</span>`,
        ],
      },
      {
        label: 'Comes in by',
        value: ({ listener }) => listener,
        cell: ({ listener, identity }) => [
          markup`<code>${listener}</code>`,
          markup`<span class="fine block">${identity}</span>`,
        ],
      },
      { label: 'Writes', cell: ({ writes }) => names(writes), value: ({ writes }) => writes.length },
      { label: 'Reads', cell: ({ reads }) => names(reads), value: ({ reads }) => reads.length },
      { label: 'In groups', cell: ({ groups }) => names(groups), value: ({ groups }) => groups.length },
      ...(any(({ transactionalIds }) => transactionalIds)
        ? [
            {
              label: 'Transactional ids',
              cell: ({ transactionalIds }: AccessRow) => names(transactionalIds),
              value: ({ transactionalIds }: AccessRow) => transactionalIds.length,
            },
          ]
        : []),
      ...(any(({ more }) => more)
        ? [
            {
              label: 'Also',
              cell: ({ more }: AccessRow) => more.map((text) => markup`<span class="block">${text}</span>`),
              value: ({ more }: AccessRow) => more.length,
            },
          ]
        : []),
    ],
  });
}
