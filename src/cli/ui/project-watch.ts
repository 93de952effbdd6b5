import { parseJson } from '../../base/parse-shape.ts';
import { ownIdentity } from '../../platform/process-identity.ts';
import { type PathWatch, watchPath } from '../../platform/watch-path.ts';
import { HeldUse } from '../../runtime/client/held-use.ts';
import { LogCursor } from '../../runtime/logs/log-cursor.ts';
import { statLog } from '../../runtime/logs/open-log.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import { reportBug } from '../output/report-bug.ts';
import type { EventStream } from './event-stream.ts';
import type { ProjectNow } from './project-now.ts';
import { projectState } from './project-state.ts';
import { toldEvent } from './told-event.ts';

/** Who is dead, and who stands still, no file tells. */
const LOOK_EVERY_MS = 1000;
/** Several files change at each step of a service. */
const TOGETHER_MS = 25;
/** A flood is looked at no more often. */
const LOGS_EVERY_MS = 250;

/** Tells the viewers what happens in the project, from the files that its supervisor writes; costs it nothing. */
export class ProjectWatch {
  readonly #project: ProjectNow;
  readonly #stream: EventStream;
  readonly #events: LogCursor;
  readonly #use = new HeldUse((names) => ({ name: 'page', identity: ownIdentity(), names }));
  #watches: readonly PathWatch[] = [];
  #timers: readonly NodeJS.Timeout[] = [];
  #soon: NodeJS.Timeout | undefined;
  #logSizes: ReadonlyMap<string, string> = new Map();
  #grown: readonly string[] = [];

  constructor(project: ProjectNow, stream: EventStream) {
    this.#project = project;
    this.#stream = stream;
    const { events } = pathsOf(project.context.checkout.root);
    this.#events = new LogCursor(events, statLog(events)?.size ?? 0);
  }

  begin(): void {
    if (this.#timers.length > 0) return;
    const { statuses, events } = pathsOf(this.#project.context.checkout.root);
    const soon = (): void => {
      this.#soon ??= setTimeout(() => void this.look(), TOGETHER_MS);
    };
    this.#watches = [statuses, events].map((path) => watchPath(path, soon));
    this.#timers = [setInterval(soon, LOOK_EVERY_MS), setInterval(() => this.#lookAtLogs(), LOGS_EVERY_MS)];
  }

  /** Until it begins again. */
  close(): void {
    this.#use.close();
    for (const watch of this.#watches) watch.close();
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#watches = [];
    this.#timers = [];
  }

  /** Tells what is new; never fails, for the next look may be better. */
  async look(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    try {
      await this.#project.look();
      if (this.#timers.length > 0) this.#use.look(this.#project.context.checkout);
      const { screen } = this.#project.context;
      this.#stream.tell('state', 'project', screen.json(projectState(this.#project)));
      this.#tellEvents();
    } catch (cause) {
      reportBug(cause, { ...this.#project.context.screen, answers: 'text' });
    }
  }

  #tellEvents(): void {
    const { screen, words } = this.#project.context;
    const lines = this.#events.sawRotation() ? this.#events.finishRotated() : [];
    for (const line of [...lines, ...this.#events.readOn().lines]) {
      const event = parseJson(line, runtimeEventShape);
      if (event !== undefined) this.#stream.tell('news', 'event', screen.json(toldEvent(event, words)));
    }
  }

  #lookAtLogs(): void {
    const { checkout, screen } = this.#project.context;
    const paths = pathsOf(checkout.root);
    const sizes = new Map(
      checkout.plan.services.map(({ name }) => {
        const found = statLog(paths.log(name));
        return [name, found === undefined ? '' : `${found.ino}/${found.size}`];
      }),
    );
    const grown = [...sizes].filter(([name, size]) => this.#logSizes.get(name) !== size).map(([name]) => name);
    // Once more when it rests: only then a line is shown that has no end.
    const services = [...new Set([...this.#grown, ...grown])];
    this.#logSizes = sizes;
    this.#grown = grown;
    if (services.length > 0) this.#stream.tell('hint', 'written', screen.json({ services }));
  }
}
