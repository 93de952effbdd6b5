import { useAnswer } from '../data/ask.ts';
import type { EdgeDocument, MetricsDocument } from '../data/documents.ts';
import { live } from '../data/live.ts';
import { useStore } from '../data/store.ts';
import { countText } from '../parts/amounts.ts';
import { confirmed } from '../parts/confirm.tsx';
import { ScreenHead } from '../parts/screen-head.tsx';
import { useNow } from '../parts/use-now.ts';
import { GraphPicture } from './graph-picture.tsx';
import { perform } from './perform.ts';
import { ServiceRow } from './service-row.tsx';

const METRICS_EVERY_MS = 10_000;

/** What runs, where, and how well; and what can be done about it. */
export function ServicesScreen() {
  const project = useStore(live, (now) => now.project);
  const metrics = useAnswer<{ readonly services: readonly MetricsDocument[] }>(
    'ask/metrics?since=1h',
    METRICS_EVERY_MS,
  );
  const graph = useAnswer<{ readonly edges: readonly EdgeDocument[] }>('ask/graph');
  const now = useNow();
  if (project === null) return <p class="empty">Looking at the services.</p>;
  const { services } = project;
  const ready = services.filter(({ state }) => state === 'ready').length;
  const measured = new Map(metrics.document?.services.map((each) => [each.service, each]));
  return (
    <>
      <ScreenHead title="Services" sum={`${ready} of ${countText(services.length, 'service')} ready`}>
        <button type="button" onClick={() => void perform('start', [])}>
          Start all
        </button>
        <button type="button" onClick={() => void stopAll()}>
          Stop all
        </button>
      </ScreenHead>
      {services.length === 0 ? (
        <p class="empty">The configuration names no service yet.</p>
      ) : (
        <div class="services">
          {services.map((service) => (
            <ServiceRow key={service.service} service={service} measured={measured.get(service.service)} now={now} />
          ))}
        </div>
      )}
      <GraphPicture services={services} edges={graph.document?.edges ?? []} />
      {project.commands.map(({ kind, name }) => (
        <p class="running" key={`${kind} ${name}`}>{`${kind} ${name} runs`}</p>
      ))}
    </>
  );
}

async function stopAll(): Promise<void> {
  const text = 'Every service of this project is stopped, with everything that it has started.';
  if (await confirmed({ title: 'Stop all services?', text, doIt: 'Stop all' })) await perform('stop', []);
}
