import { shortHash, type EnvironmentModel } from '../../core/model';
import { isExporterDeclared } from '../../core/signals';
import { placed, type Board, type BoardContext, type BoardId, type Section } from './board';
import { brokers } from './boards/brokers';
import { clients } from './boards/clients';
import { connect } from './boards/connect';
import { groups } from './boards/groups';
import { mirrors } from './boards/mirrors';
import { overview } from './boards/overview';
import { quorum } from './boards/quorum';
import { topics } from './boards/topics';
import { SCHEMA_VERSION, type DashboardJson } from './dashboard-json';
import { DATA_SOURCE_VARIABLE, environmentVariable } from './variables';

/** What Grafana allows. */
const LONGEST_UID = 40;

/** What an environment has dashboards of: workers where it has workers, mirrors where it has mirrors. */
export function boards(model: EnvironmentModel): Board[] {
  const context: BoardContext = {
    model,
    series: (name, matchers) => `${name}{environment="$environment"${matchers === undefined ? '' : `,${matchers}`}}`,
  };
  const all = [
    overview(context),
    brokers(context),
    topics(context),
    groups(context),
    clients(context),
    ...(model.connect?.metricsPort === undefined ? [] : [connect(context)]),
    ...(model.mirrorMaker?.workers.metricsPort === undefined ? [] : [mirrors(context)]),
    quorum(context),
  ];
  if (isExporterDeclared(model)) return all;
  return all
    .filter(({ id }) => id !== 'groups')
    .map((board) => ({
      ...board,
      sections: board.sections.map(withoutExporter).filter(({ panels }) => panels.length > 0),
    }));
}

function withoutExporter({ title, panels }: Section): Section {
  return { title, panels: panels.filter(({ ofExporter }) => ofExporter !== true) };
}

/** Dashboards of an environment, with thresholds worked out from it, by the names of their files. */
export function dashboards(model: EnvironmentModel): ReadonlyMap<BoardId, DashboardJson> {
  return new Map(boards(model).map((board) => [board.id, dashboardJson(model, board)]));
}

function dashboardJson({ name }: EnvironmentModel, board: Board): DashboardJson {
  const tag = `kafka-${name}`;
  return {
    uid: uid(name, board.id),
    title: `${name}: ${board.title}`,
    description: board.description,
    tags: ['kafka', tag],
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    graphTooltip: 1,
    time: { from: 'now-3h', to: 'now' },
    refresh: '30s',
    timezone: 'browser',
    annotations: { list: [] },
    templating: { list: [DATA_SOURCE_VARIABLE, environmentVariable(name), ...board.variables] },
    links: [
      {
        ...{ type: 'dashboards', title: `Kafka ${name}`, tooltip: '', icon: 'external link', tags: [tag] },
        ...{ asDropdown: false, targetBlank: false, includeVars: false, keepTime: true },
      },
    ],
    panels: placed(board.sections),
  };
}

/** The same for ever, so that links to a dashboard and its place in folders stay when it is rendered again. */
function uid(environment: string, board: BoardId): string {
  const whole = `kafka-${environment}-${board}`;
  if (whole.length <= LONGEST_UID) return whole;
  return `${whole.slice(0, LONGEST_UID - 9 - board.length - 1)}-${shortHash(environment, 8)}-${board}`;
}
