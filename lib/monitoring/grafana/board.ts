import type { EnvironmentModel } from '../../core/model';
import { panelHeight, panelJson, panelWidth, type Panel } from './panel';
import type { PanelJson, RowJson, VariableJson } from './dashboard-json';

/** Which dashboard of an environment. */
export type BoardId = 'overview' | 'brokers' | 'topics' | 'groups' | 'clients' | 'connect' | 'mirrors' | 'quorum';

/** What a dashboard shows, before it is JSON. */
export interface Board {
  readonly id: BoardId;
  readonly title: string;
  readonly description: string;
  /** Beside those of the data source and the environment. */
  readonly variables: readonly VariableJson[];
  readonly sections: readonly Section[];
}

/** Panels under a question. */
export interface Section {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** What boards are worked out from. */
export interface BoardContext {
  readonly model: EnvironmentModel;
  /** A series of the environment that is chosen above the panels. */
  readonly series: (name: string, matchers?: string) => string;
}

const COLUMNS = 24;

/** Panels from left to right, a row of the grid after the other, under the titles of their sections. */
export function placed(sections: readonly Section[]): (PanelJson | RowJson)[] {
  const panels: (PanelJson | RowJson)[] = [];
  let y = 0;
  for (const { title, panels: own } of sections) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
      panels: [],
    });
    y += 1;
    let [x, tallest] = [0, 0];
    for (const panel of own) {
      const [w, h] = [panelWidth(panel), panelHeight(panel)];
      if (x + w > COLUMNS) {
        y += tallest;
        [x, tallest] = [0, 0];
      }
      panels.push(panelJson(panel, { id: panels.length + 1, gridPos: { x, y, w, h } }));
      x += w;
      tallest = Math.max(tallest, h);
    }
    y += tallest;
  }
  return panels;
}
