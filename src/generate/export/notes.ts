import type { ExportedProject, ExportedService } from './exported-project.ts';
import type { Exporter } from './exporter.ts';
import { TOPICS, type Topic } from './topics.ts';

/** Something that the exported files do not say. */
export interface Note {
  readonly topic: Topic;
  /** Names of the services that are concerned. */
  readonly services: readonly string[];
  /** What stands behind the names: without a full stop. */
  readonly text: string;
}

/** What the system of this exporter cannot say of these services. */
export function notesFor(
  { limits }: Pick<Exporter, 'limits'>,
  services: readonly ExportedService[],
  project: ExportedProject,
): readonly Note[] {
  return TOPICS.flatMap(([topic, concerns]) => {
    const limit = limits[topic];
    const concerned = limit === null ? [] : services.filter((service) => concerns(service, project));
    if (limit === null || concerned.length === 0) return [];
    const text = typeof limit === 'string' ? limit : limit(concerned);
    return [{ topic, services: concerned.map(({ plan }) => plan.name), text }];
  });
}

/** As it is printed, and written into the files. */
export function noteLine({ services, text }: Note): string {
  return `${services.join(', ')}: ${text}`;
}
