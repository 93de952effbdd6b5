import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import type { GraphEdge, ServiceGraph } from '../status/take-graph.ts';
import { describeAddress, STATE_COLOURS } from './describe-view.ts';

/** A line a service, below it one for each that it talks to or waits for, and how it knows where that is. */
export function serviceGraph({ views, edges }: ServiceGraph, paint: Paint): readonly string[] {
  const portOf = new Map(views.map(({ status, port }) => [status.service, port ?? status.wantedPort]));
  const lines = lineUp(
    views.map((view) => [
      paint('bold', view.status.service),
      paint(STATE_COLOURS[view.state], view.state),
      view.pid === null ? '-' : describeAddress(view),
    ]),
  );
  return views.flatMap(({ status: { service } }, index) => [
    lines[index] ?? '',
    ...lineUp(
      edges
        .filter(({ from }) => from === service)
        .map((edge, at, all) => {
          const branch = at === all.length - 1 ? '└─' : '├─';
          const port = portOf.get(edge.to);
          const to = `${branch}▶ ${edge.to}${port === null || port === undefined ? '' : ` :${port}`}`;
          return [`  ${to}`, paint('dim', describeEdge(edge))];
        }),
    ),
  ]);
}

function describeEdge(edge: GraphEdge): string {
  switch (edge.kind) {
    case 'calls':
      return edge.through.length === 0 ? 'calls it (in its command)' : `calls it (${edge.through.join(', ')})`;
    case 'admits':
      return `admits it (${edge.through.join(', ')})`;
    case 'waits':
      return 'waits for it';
    case 'proxies':
      return `hands ${edge.route} on to port ${edge.port} (${edge.file}:${edge.line})`;
  }
}
